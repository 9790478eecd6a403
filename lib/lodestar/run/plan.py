"""Which workbooks a run must execute, and which stand as they are because nothing they read moved.

Every published notebook comes with the names of what it read and a key over their content. When the
key can be made again from today's material, the notebook would come out the same byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lodestar.engagement.model import Engagement
from lodestar.engagement.reads import EVERYTHING, OPENED
from lodestar.provenance import (
    MANIFEST,
    RESULTS,
    content_hash,
    content_hashes,
    digest,
    ground_hash,
    harmed_files,
    write,
)

__all__ = ["Ground", "Plan", "make_plan", "reads_of", "told", "write_reads"]

_READS = ".reads"


class Ground:
    """What a run rests on today, as keys of its parts.

    Parameters
    ----------
    engagement : Engagement
        The client's material.
    sources : mapping
        As ``lodestar.provenance.sources`` gives them.
    """

    def __init__(self, engagement: Engagement, sources: Mapping[str, Any]) -> None:
        self._engagement, self._workbooks = engagement, sources["workbooks"]
        shared = {key: sources[key] for key in ("client", "period", "code", "packages")}
        self._common = digest([shared, ground_hash(engagement)])
        self._known: dict[str, str] = {}

    def hashes(self, names: Iterable[str]) -> dict[str, str]:
        """Return the hash of each thing read."""
        for name in names:
            if name not in self._known:
                self._known[name] = content_hash(self._engagement, name)
        return {name: self._known[name] for name in sorted(set(names))}

    def key(self, stem: str, names: Iterable[str]) -> str:
        """Return what decides over a notebook that reads these: equal keys, equal bytes."""
        return digest([self._common, self._workbooks[stem], self.hashes(names)])

    @property
    def results_key(self) -> str:
        """Return what decides over results.json: every table of every period."""
        waves = self._engagement.waves
        names = [f"{wave.period.id}/{table}" for wave in waves for table in wave.tables]
        return digest([self._common, content_hashes(self._engagement, names)])


@dataclass(frozen=True)
class Plan:
    """What a run has to do; everything else already lies in the folder it builds in.

    Parameters
    ----------
    due : tuple of Path
        Workbooks to execute, in the order of the walk.
    resumed, taken : tuple of str
        Stems kept from an interrupted run of the same material, and from the standing run.
    results : bool
        Whether the results are to be computed.
    """

    due: tuple[Path, ...]
    resumed: tuple[str, ...]
    taken: tuple[str, ...]
    results: bool


def make_plan(files: Iterable[Path], ground: Ground, building: Path, standing: Path | None) -> Plan:
    """Return what must be done, after taking over from the standing run what need not.

    Parameters
    ----------
    files : iterable of Path
        The workbooks, in the order of the walk.
    ground : Ground
        What the run rests on.
    building : Path
        Folder to build in, with what an interrupted run of the same material finished.
    standing : Path, optional
        The period's published run; None to take nothing from it.
    """
    harmed = harmed_files(standing) if standing else ()
    recorded = _manifest(standing) if standing and MANIFEST not in harmed else {}
    due, resumed, taken = [], [], []
    for path in files:
        names = recorded.get("reads", {}).get(path.stem, {})
        stands = recorded.get("keys", {}).get(path.stem) == ground.key(path.stem, names)
        if (building / path.name).is_file() and (building / f"{path.stem}{_READS}").is_file():
            resumed.append(path.stem)
        elif standing and stands and path.name not in harmed:
            write_reads(building, path.stem, names)
            write(building / path.name, (standing / path.name).read_bytes())
            taken.append(path.stem)
        else:
            due.append(path)
    stands = not harmed and recorded.get("results_key") == ground.results_key
    if standing and stands:
        for name in (RESULTS, *recorded["tables"], *recorded["what_ifs"]):
            write(building / name, (standing / name).read_bytes())
    return Plan(tuple(due), tuple(resumed), tuple(taken), not stands)


def told(reads: Iterable[str]) -> tuple[str, ...]:
    """Return what a notebook read; one that did not open an engagement may have read anything."""
    names = sorted(set(reads))
    return tuple(names) if OPENED in names else (EVERYTHING,)


def write_reads(building: Path, stem: str, names: Iterable[str]) -> None:
    """Note beside a notebook to be what it read; write this before the notebook itself."""
    write(building / f"{stem}{_READS}", "".join(f"{name}\n" for name in names).encode())


def reads_of(building: Path) -> dict[str, list[str]]:
    """Return what each notebook of a folder read, and remove the notes: they are not published."""
    notes = sorted(building.glob(f"*{_READS}"))
    found = {path.stem: path.read_text(encoding="utf-8").splitlines() for path in notes}
    for path in notes:
        path.unlink()
    return found


def _manifest(folder: Path) -> dict[str, Any]:
    """Return a run's manifest."""
    document: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return document
