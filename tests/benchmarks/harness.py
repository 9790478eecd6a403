"""Time and memory of a call, and rows that print as tables."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[2]
Row = dict[str, str]


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """Return the wall time of one call, the median of several."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def megabytes(work: Callable[[], object]) -> float:
    """Return how far a call raises the peak memory of a fresh process that only runs it (Linux).

    `work` must be importable: a module's function, or a ``functools.partial`` of one.
    """
    fresh = multiprocessing.get_context("spawn")
    with fresh.Pool(1) as pool:
        return pool.apply(_peak, (work,))


def share(pid: int) -> float:
    """Return a process's memory in MB, what it shares divided among those who share it (Linux)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def compared(what: str, taken: float, peer: str, peer_taken: float) -> Row:
    """Return the row of a time beside its peer's."""
    return {
        "what": what,
        "time": f"{taken:.2f} s",
        "peer in the same run": f"{peer}, {peer_taken:.2f} s",
        "ratio": f"{peer_taken / taken:.3g}",
    }


def call(*command: str, **environment: str) -> None:
    """Run a command quietly; a failure raises."""
    subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True
    )


def markdown(rows: Iterable[Row]) -> str:
    """Return rows as tables, a new one wherever the columns change."""
    tables = []
    for columns, lines in groupby(rows, key=tuple):
        cells = [columns, ("---",) * len(columns), *(tuple(line.values()) for line in lines)]
        tables.append("\n".join(f"| {' | '.join(line)} |" for line in cells))
    return "\n\n".join(tables)


def _peak(work: Callable[[], object]) -> float:
    before = _highest()
    work()
    return _highest() - before


def _highest() -> float:
    """Return this process's own peak memory; `getrusage` would count its parent's as well."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
