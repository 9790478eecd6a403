"""Runs that others of their period replaced: somebody may have seen both."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lodestar.access import FOLDER, HOST, Access
from lodestar.audit.cells import people_cells
from lodestar.audit.model import Cell
from lodestar.audit.people import People
from lodestar.engagement import load
from lodestar.errors import LodestarError
from lodestar.provenance import MANIFEST, RESULTS, PublishedRun, material
from lodestar.provenance.reviews import read_chain

__all__ = ["MOST", "Replaced", "replaced_cells", "replaced_runs"]

MOST = 5
"""Replaced runs of a period that are compared beside those seen, the newest first."""

HASH = 12


@dataclass(frozen=True)
class Replaced:
    """What replaced runs add: cells shown in them, the runs read, and those that cannot be."""

    cells: tuple[Cell, ...] = ()
    read: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def replaced_runs(client: Path, folders: Mapping[str, Path], seen_only: bool) -> list[Path]:
    """Return the folders of runs that others replaced and that somebody may have seen.

    Parameters
    ----------
    client : Path
        The client's folder.
    folders : mapping of str to Path
        Folder of the run of each period that stands or is about to.
    seen_only : bool
        Whether to take only those that a signature stands for or that somebody of the client
        looked at; else those still kept too.

    Returns
    -------
    list of Path
        By period, those seen and then the newest; of runs that publish the same one is enough,
        and of those nobody is known to have seen at most `MOST` a period.
    """
    out, looked = [], _looked_at(client)
    for period, folder in sorted(folders.items()):
        seen = looked | {review.run for review in read_chain(client, period).signatures()}
        known = {_published(folder)}
        left = 0 if seen_only else MOST
        for run in _by_age(client, period, seen):
            if run.resolve() == folder.resolve() or (told := _published(run)) in known:
                continue
            if run.name in seen or left > 0:
                known.add(told)
                left -= run.name not in seen
                out.append(run)
    return out


def _looked_at(client: Path) -> set[str]:
    """Return the runs that somebody who is no consultant or reviewer was shown."""
    folder = client.parent / FOLDER
    if not folder.is_dir():
        return set()
    access = Access(folder)
    try:
        people = access.people()
        inside = {HOST, *(person.name for person in people if person.role != "client")}
        return {look.run for look in access.looks(client.name) if look.person not in inside}
    finally:
        access.close()


def replaced_cells(
    runs: Sequence[Path], standing: Sequence[Cell], numbers: dict[str, int]
) -> Replaced:
    """Return what replaced runs show of other persons or answers than the standing ones do.

    Parameters
    ----------
    runs : sequence of Path
        As :func:`replaced_runs` returns them.
    standing : sequence of Cell
        Cells of the runs that stand.
    numbers : dict of str to int
        A number for each respondent of any run; grows.
    """
    known = {_rows(cell) for cell in standing}
    found: list[Cell] = []
    read, lost = [], []
    for run in runs:
        try:
            cells = list(_cells(run, numbers))
        except LodestarError:
            lost.append(run.name[:HASH])
            continue
        read.append(run.name[:HASH])
        fresh = {_rows(cell): cell for cell in cells if cell.shown and not cell.secret}
        found += [cell for rows, cell in fresh.items() if rows not in known]
        known |= fresh.keys()
    return Replaced(tuple(found), tuple(read), tuple(lost))


def _cells(run: Path, numbers: dict[str, int]) -> Iterator[Cell]:
    """Yield the cells of a run, with the persons as they were when it was made."""
    manifest, results = _json(run / MANIFEST), _json(run / RESULTS)
    published = PublishedRun(str(manifest["client"]), str(manifest["period"]), run)
    with material(published) as copy:
        own = load(copy.name, published.period, copy.parent)
    minimum = results.get("threshold", own.settings.confidentiality.minimum)
    for cell in people_cells(results, People(own, int(minimum), numbers)):
        yield replace(cell, place=replace(cell.place, run=run.name[:HASH]))


def _by_age(client: Path, period: str, seen: set[str]) -> list[Path]:
    """Return the kept runs of a period, those seen first, then the newest."""
    mine = [
        path.parent
        for path in (client / "runs" / ".store").glob(f"[!.]*/{MANIFEST}")
        if _json(path).get("period") == period and (path.parent / RESULTS).is_file()
    ]
    return sorted(mine, key=lambda run: (run.name not in seen, -run.stat().st_mtime_ns, run.name))


def _published(run: Path) -> bytes:
    """Return what a run publishes of persons, so that the same figures are compared once."""
    path = run / RESULTS
    return path.read_bytes() if path.is_file() else b""


def _rows(cell: Cell) -> tuple[str, bytes, bytes]:
    return cell.measure, cell.persons.tobytes(), cell.values.tobytes()


def _json(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found
