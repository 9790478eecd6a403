"""The audit of a run, and of all that a client has published."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lodestar.audit.artefacts import Text, texts
from lodestar.audit.cells import people_cells
from lodestar.audit.derived import derived_leaks
from lodestar.audit.model import Audit, Bound, Cell, Leak, Place
from lodestar.audit.people import People
from lodestar.audit.raw import Secrets
from lodestar.audit.replaced import replaced_cells, replaced_runs
from lodestar.audit.shown import Hidden
from lodestar.audit.system import System
from lodestar.engagement import load
from lodestar.engagement.model import Engagement
from lodestar.provenance import RESULTS, published_periods, required_run

__all__ = ["audit", "audit_folder", "audit_runs"]

SHOWN_BOUNDS = 10


@dataclass(frozen=True)
class _Run:
    """One period's run: its folder, what it publishes, and who answered."""

    folder: Path
    results: Mapping[str, Any]
    people: People
    cells: Sequence[Cell]

    @property
    def period(self) -> str:
        return self.people.period


def audit(client: str, data_root: str | Path | None = None) -> Audit:
    """Audit everything that a client has published, all periods together.

    Parameters
    ----------
    client : str
        Folder in the data root.
    data_root : str or Path, optional
        Folder of clients; else ``$LODESTAR_DATA``, else ``client_data``.

    Returns
    -------
    Audit
        Leaks (none when clean), the narrowest bounds of hidden means, and what was looked at.

    Raises
    ------
    InputError
        Nothing is published yet: run the client first.
    """
    latest = required_run(client, "", data_root).period
    folders, engagement = _published(client, data_root), load(client, latest, data_root)
    earlier = _replaced(engagement, folders, seen_only=False)
    return audit_runs(engagement, folders, list(folders), earlier)


def audit_folder(building: Path, engagement: Engagement) -> list[Leak]:
    """Return what a run about to be published would give away, alone or beside what is published.

    Parameters
    ----------
    building : Path
        The run's folder: executed notebooks, results and tables.
    engagement : Engagement
        The client's material as of the run's period, loaded from its folder.

    Notes
    -----
    Strings of other periods were looked at when those were published; their figures are added,
    and those of runs that this one would replace and somebody signed or, at the client's, looked
    at: a draft is corrected before it is shown.
    """
    client, own = engagement.settings.client, engagement.period.id
    folders = {own: building}
    whole = engagement
    if engagement.folder is not None:
        root = engagement.folder.parent
        folders = {**_published(client, root), own: building}
        if (latest := max(folders)) > own:
            whole = load(client, latest, root)
    earlier = _replaced(engagement, {own: building}, seen_only=True)
    return list(audit_runs(whole, folders, [own], earlier).leaks)


def _replaced(engagement: Engagement, folders: Mapping[str, Path], seen_only: bool) -> list[Path]:
    """Return runs of these periods that somebody may have seen beside those that stand."""
    known = engagement.folder
    return [] if known is None else replaced_runs(known, folders, seen_only)


def _published(client: str, data_root: str | Path | None) -> dict[str, Path]:
    """Return the folder of each published run by its period."""
    periods = published_periods(client, data_root)
    return {period: required_run(client, period, data_root).folder for period in periods}


def audit_runs(
    engagement: Engagement,
    folders: Mapping[str, Path],
    read: Sequence[str],
    earlier: Sequence[Path] = (),
) -> Audit:
    """Audit the runs of several periods together.

    Parameters
    ----------
    engagement : Engagement
        The client's material up to the latest of the periods.
    folders : mapping of str to Path
        Folder of the run of each period.
    read : sequence of str
        Periods whose every string is read; of the others, the figures in their results.
    earlier : sequence of Path
        Replaced runs of these periods; what they showed is added to what is known.
    """
    numbers: dict[str, int] = {}
    runs = _runs(engagement, folders, numbers)
    cells = [cell for run in runs for cell in run.cells]
    before = replaced_cells(earlier, cells, numbers)
    follows, bounds = _system([*cells, *before.cells])
    secrets = Secrets([run.people for run in runs])
    leaks = list(follows)
    unexplained: list[Place] = []
    files = 0
    for run in runs:
        if run.period not in read:
            continue
        leaks += derived_leaks(run.results, run.people)
        found = list(texts(run.folder, run.period))
        files += len({text.place.file for text in found})
        leaks += secrets.leaks(found)
        figures, odd = Hidden(run.cells, run.results).look(_shown(found))
        leaks, unexplained = leaks + figures, unexplained + odd
    return Audit(
        client=engagement.settings.client,
        periods=tuple(run.period for run in runs),
        files=files,
        figures=sum(cell.shown for cell in cells),
        hidden=sum(cell.size > 0 and not cell.shown for cell in cells),
        leaks=tuple(sorted(set(leaks))),
        narrowest=tuple(sorted(bounds)[:SHOWN_BOUNDS]),
        unexplained=tuple(sorted(set(unexplained))),
        replaced=before.read,
        lost=before.lost,
    )


def _runs(
    engagement: Engagement, folders: Mapping[str, Path], numbers: dict[str, int]
) -> list[_Run]:
    """Return the runs with their people, oldest first."""
    out = []
    for position, wave in enumerate(engagement.waves):
        folder = folders.get(wave.period.id)
        if folder is None or not (folder / RESULTS).is_file():
            continue
        results = json.loads((folder / RESULTS).read_bytes())
        own = engagement.at(position)
        minimum = results.get("threshold", own.settings.confidentiality.minimum)
        people = People(own, int(minimum), numbers)
        out.append(_Run(folder, results, people, people_cells(results, people)))
    return out


def _system(cells: Sequence[Cell]) -> tuple[list[Leak], list[Bound]]:
    """Return what follows from all figures together, and the bounds of hidden means."""
    measures: dict[str, list[Cell]] = {}
    for cell in cells:
        measures.setdefault(cell.measure, []).append(cell)
    leaks: list[Leak] = []
    bounds: list[Bound] = []
    for name, own in measures.items():
        system = System(name, own)
        follows, found = system.leaks(), system.bounds()
        # What follows exactly is bounded to nothing as well.
        leaks += follows or system.narrow(found)
        bounds += found
    return leaks, bounds


def _shown(found: Sequence[Text]) -> list[Text]:
    """Return the strings that a reader sees; results hold their figures by name already."""
    return [text for text in found if text.place.file != RESULTS]
