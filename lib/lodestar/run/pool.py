"""Notebooks executed at once on this machine, of however many clients."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from lodestar.errors import FaultError
from lodestar.provenance import PrivateFolder

if TYPE_CHECKING:
    from lodestar.kernels import Kernels
    from lodestar.run.work import OnCell, OnDone, Outcome, Task

__all__ = ["Executor", "LocalExecutor", "default_jobs", "outcomes"]

MEMORY_PER_JOB = 500_000_000
"""Bytes of memory that one more notebook at work may take, its kernel included."""

_GROUP = Path("/sys/fs/cgroup")


class Executor(Protocol):
    """Where the notebooks of a batch are executed."""

    local: bool
    """Whether it works on this machine alone, where any private folder is shared."""

    @property
    def note(self) -> str:
        """Return what people should know of how notebooks are executed, once the first is."""

    def prepare(self) -> None:
        """Say that tasks will come: what they need can begin beside what is done before."""

    def start(
        self, tasks: Iterable[Task], on_done: OnDone, on_cell: OnCell
    ) -> list[Future[Outcome]]:
        """Put tasks at the end of the queue and return what will come of each."""

    def stop(self) -> None:
        """End whatever is at work, at once."""


class LocalExecutor:
    """One queue of notebooks for all clients of a batch, and kernels they share.

    Parameters
    ----------
    jobs : int
        Notebooks at work at the same time, at least 1.
    warm : bool, optional
        Force warm or ordinary kernels; by default the system decides.

    Notes
    -----
    Threads do: a notebook's work is done by its kernel, a process of its own. Nothing heavy is
    imported and no kernel is prepared before a task is to come.
    """

    local = True
    note = ""

    def __init__(self, jobs: int, warm: bool | None = None) -> None:
        self.jobs, self._warm = max(1, jobs), warm
        self._lock = threading.Lock()
        self._private: PrivateFolder | None = None
        self._kernels: Kernels | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._futures: list[Future[Outcome]] = []
        self._stopped = False

    def prepare(self) -> None:
        """Let the process that kernels are forked from warm up while a client's material loads."""
        with self._lock:
            if not self._stopped:
                self._open()

    def start(
        self, tasks: Iterable[Task], on_done: OnDone, on_cell: OnCell
    ) -> list[Future[Outcome]]:
        """Put tasks at the end of the queue and return what will come of each.

        Parameters
        ----------
        tasks : iterable of Task
            Of one client, in the order in which they are to begin.
        on_done : callable
            Called with each task and its outcome, from any thread; what it raises is the future's.
        on_cell : callable
            Called with the task before each of its code cells, from any thread.

        Raises
        ------
        FaultError
            The executor was stopped.
        """
        with self._lock:
            if self._stopped:
                raise FaultError("The run was stopped.")
            pool, kernels = self._open()
            futures = [pool.submit(_one, task, kernels, on_done, on_cell) for task in tasks]
            self._futures += futures
        return futures

    def stop(self) -> None:
        """End every kernel and empty the queue, at once; nothing can be started afterwards."""
        with self._lock:
            self._stopped, futures, self._futures = True, self._futures, []
        if self._kernels is not None:
            self._kernels.stop(futures)

    def __enter__(self) -> LocalExecutor:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.stop()
        if self._pool is not None:
            self._pool.shutdown()
        if self._kernels is not None:
            self._kernels.stop([])
        if self._private is not None:
            self._private.close()

    def _open(self) -> tuple[ThreadPoolExecutor, Kernels]:
        """Make the threads and the folder of the kernels, once."""
        if self._pool is None or self._kernels is None:
            from lodestar.kernels import Kernels

            self._private = PrivateFolder()
            self._kernels = Kernels(self._private.path, self._warm)
            self.note = self._kernels.note
            self._pool = ThreadPoolExecutor(self.jobs, thread_name_prefix="lodestar-job")
        return self._pool, self._kernels


def _one(task: Task, kernels: Kernels, on_done: OnDone, on_cell: OnCell) -> Outcome:
    from lodestar.run.work import perform

    outcome = perform(task, kernels, on_cell)
    on_done(task, outcome)
    return outcome


def outcomes(futures: Sequence[Future[Outcome]]) -> list[Outcome]:
    """Wait for every outcome.

    Raises
    ------
    FaultError
        The executor was stopped meanwhile.
    """
    try:
        return [future.result() for future in futures]
    except CancelledError:
        raise FaultError("The run was stopped.") from None


def default_jobs() -> int:
    """Return how many notebooks to execute at once: one a core, as far as memory allows."""
    free = _free_memory()
    by_memory = free // MEMORY_PER_JOB if free is not None else _cores()
    return max(1, min(_cores(), by_memory))


def _cores() -> int:
    """Return the cores this process may use, by its affinity and its group's share of time."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    quota = _text(_GROUP / "cpu.max").split()
    if len(quota) == 2 and quota[0].isdigit():
        cores = min(cores or 1, max(1, round(int(quota[0]) / int(quota[1]))))
    return cores or 1


def _free_memory() -> int | None:
    """Return the bytes that are free on this machine and in its group; None when unknown."""
    known = []
    for line in _text(Path("/proc/meminfo")).splitlines():
        if line.startswith("MemAvailable:"):
            known.append(int(line.split()[1]) * 1024)
    limit, used = _text(_GROUP / "memory.max"), _text(_GROUP / "memory.current")
    if limit.isdigit() and used.isdigit():
        known.append(int(limit) - int(used))
    return min(known) if known else None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError:
        return ""
