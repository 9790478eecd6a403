"""Results that another workbook of the run has already computed."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lodestar.assess.results import Results
from lodestar.engagement.model import Engagement

__all__ = ["READS", "REVIEWED", "SHARED", "SharedResults", "results_of"]

READS = "LODESTAR_READS"
"""Environment variable: file that takes the name of everything a workbook reads, one a line."""

SHARED = "LODESTAR_SECTIONS"
"""Environment variable: private folder in which the kernels of one run leave their sections."""

REVIEWED = "LODESTAR_RESULTS"
"""Environment variable: results.json of the reviewed run that a live what-if stands beside; what
the run carries for it lies in the folder ``whatif`` next to it."""


def results_of(engagement: Engagement) -> Mapping[str, Any]:
    """Return the results of an engagement, computed at most once where others need them too.

    Parameters
    ----------
    engagement : Engagement
        The client's material.

    Returns
    -------
    mapping
        Sections shared with the other workbooks during ``lodestar run``; else sections computed on
        demand.
    """
    shared = os.environ.get(SHARED)
    return SharedResults(engagement, Path(shared)) if shared else Results(engagement)


class SharedResults(Results):
    """Sections computed once by whichever process needs them first, and read by the others.

    Parameters
    ----------
    engagement : Engagement
        The client's material; the same in every process that uses the folder.
    folder : Path
        Private to one run: what lies in it was written by its own processes.
    """

    def __init__(self, engagement: Engagement, folder: Path) -> None:
        super().__init__(engagement)
        self._folder = folder

    def _made(self, name: str) -> tuple[Any, set[str]]:
        path = self._folder / f"{name}.section"
        with _alone(self._folder / f"{name}.lock"):
            if path.exists():
                known: tuple[Any, set[str]] = pickle.loads(path.read_bytes())
                return known
            made = super()._made(name)
            part = path.with_suffix(".part")
            part.write_bytes(pickle.dumps(made))
            part.replace(path)
            return made


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock between processes; without one (Windows) both compute the same, no harm done.

    A section asks only for earlier ones, so no two processes can wait for each other.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
