"""Old runs and kept inputs go when nothing names them and nobody can still be reading them."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lodestar.engagement.places import client_folder
from lodestar.provenance import KEPT, MANIFEST, file_hash, forget
from lodestar.provenance.published import RUN_NAME
from lodestar.provenance.reviews import REVIEWS
from lodestar.run.faults import in_words
from lodestar.run.store import Store

__all__ = ["GRACE", "KEEP", "Pruned", "prune", "prune_client"]

KEEP = 10
"""Runs of each period that stay, the standing one counted."""

GRACE = 24 * 3600.0
"""Seconds for which a run stays after another took its place: longer than a session lasts."""


@dataclass(frozen=True)
class Pruned:
    """What was removed.

    Parameters
    ----------
    runs : tuple of str
        Content hashes of the runs.
    inputs : tuple of str
        Hashes of kept inputs that no remaining run was made from.
    """

    runs: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Run:
    folder: Path
    period: str
    inputs: frozenset[str]
    framework: str
    published: float


def prune(folder: Path, keep: int = KEEP, grace: float = GRACE) -> Pruned:
    """Remove a client's old runs, and kept inputs that only they were made from.

    Parameters
    ----------
    folder : Path
        The client's folder; the caller holds the lock of its runs.
    keep : int
        Runs of each period to keep, newest first, at least 1.
    grace : float
        Seconds for which a run stays after a newer one took its place.

    Returns
    -------
    Pruned
        What was removed.

    Notes
    -----
    Never removed: what a period's link leads to, what a review names, and a folder whose manifest
    cannot be read (it is not known what it is). A run is moved out of sight before it is removed:
    a crash leaves no half of one.
    """
    runs = sorted(_runs(folder), key=lambda run: (run.published, run.folder.name), reverse=True)
    safe = {*_linked(folder), *_signed(folder)}
    gone = [run for run in _surplus(runs, max(1, keep), grace) if run.folder.name not in safe]
    for run in gone:
        away = run.folder.with_name(f".building-old-{run.folder.name}")
        run.folder.rename(away)
        shutil.rmtree(away)
    left = [run for run in runs if run not in gone]
    return Pruned(
        tuple(sorted(run.folder.name for run in gone)),
        tuple(forget(folder, {name for run in left for name in (*run.inputs, run.framework)})),
    )


def _surplus(runs: list[_Run], keep: int, grace: float) -> Iterator[_Run]:
    """Yield the runs beyond those to keep that were replaced long enough ago."""
    now = time.time()
    for period in sorted({run.period for run in runs}):
        mine = [run for run in runs if run.period == period]
        for newer, run in zip(mine[keep - 1 :], mine[keep:], strict=False):
            if now - newer.published >= grace:
                yield run


def _runs(folder: Path) -> Iterator[_Run]:
    for path in (folder / "runs" / ".store").glob("*"):
        if RUN_NAME.fullmatch(path.name):
            try:
                manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
                inputs, framework = manifest["inputs"].values(), manifest["framework"]["sha256"]
                period = str(manifest["period"])
            except (OSError, ValueError, KeyError):
                continue
            yield _Run(path, period, frozenset(inputs), framework, path.stat().st_mtime)


def _linked(folder: Path) -> set[str]:
    return {path.resolve().name for path in (folder / "runs").glob("*") if path.is_symlink()}


def _signed(folder: Path) -> set[str]:
    """Return every run that a review names, whatever the review's state."""
    files = (folder / REVIEWS).glob("*.jsonl")
    return {name for path in files for name in RUN_NAME.findall(path.read_text("utf-8", "replace"))}


def prune_client(
    client: str,
    keep: int = KEEP,
    forget_inputs: bool = False,
    data_root: str | Path | None = None,
) -> Pruned:
    """Remove a client's old runs at once; on demand also every copy of earlier inputs.

    Parameters
    ----------
    client : str
        Folder in the data root.
    keep : int
        Runs of each period to keep; those that a review names stay in any case.
    forget_inputs : bool
        Remove each kept input that is not a file of the client now, whatever run was made from it:
        what somebody said and wants deleted is then gone. Such a run stays; it can no longer be
        made again.
    data_root : str or Path, optional
        Folder of clients.

    Raises
    ------
    FaultError
        A run of this client is under way.
    """
    folder = client_folder(client, data_root)
    with in_words(folder, None), Store(folder / "runs").lock():
        pruned = prune(folder, keep, grace=0.0)
        if not forget_inputs:
            return pruned
        files = (path for path in folder.rglob("*") if path.is_file())
        now = {file_hash(path) for path in files if not _stored(path, folder)}
        now |= {run.framework for run in _runs(folder)}
        return Pruned(pruned.runs, tuple(sorted({*pruned.inputs, *forget(folder, now)})))


def _stored(path: Path, folder: Path) -> bool:
    return path.is_relative_to(folder / KEPT) or path.is_relative_to(folder / "runs")
