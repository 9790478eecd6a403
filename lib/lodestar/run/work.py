"""One notebook as a piece of work: what it needs, what came of it, and doing it."""

from __future__ import annotations

import itertools
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lodestar.kernels import Kernels
from lodestar.run.notebook import CELL_TIMEOUT, WorkbookError, execute_workbook
from lodestar.run.report import Failure
from lodestar.run.watch import OverdueError, Watch, within
from lodestar.workbook.sections import READS, SHARED

__all__ = ["NOTEBOOK_DEADLINE", "OnCell", "OnDone", "Outcome", "Task", "perform"]

NOTEBOOK_DEADLINE = 900
"""Seconds a whole notebook may take, starting and ending its kernel included."""

_ATTEMPTS = 2
_numbers = itertools.count()


@dataclass(frozen=True)
class Task:
    """One notebook to execute for one client.

    Parameters
    ----------
    client, period, stem : str
        Whose notebook it is, and which.
    path : Path
        The workbook, outputs stripped.
    parameters : mapping
        Injected after the cell tagged ``parameters``.
    data_root : Path
        Folder of the clients.
    shared : Path
        Folder in which the notebooks of one client's run share the sections they compute.
    timeout, deadline : int
        Seconds a cell, and the whole notebook, may take.
    """

    client: str
    period: str
    stem: str
    path: Path
    parameters: Mapping[str, Any]
    data_root: Path
    shared: Path
    timeout: int = CELL_TIMEOUT
    deadline: int = NOTEBOOK_DEADLINE


@dataclass(frozen=True)
class Outcome:
    """What came of a task.

    Parameters
    ----------
    stem : str
        The task's notebook.
    content : bytes, optional
        The executed notebook; None when it failed.
    failure : Failure, optional
        Why it failed; None when it did not.
    reads : tuple of str
        Names of what the notebook read, in the order of first use.
    log : str
        What happened, a line each, and the full text of an error.
    seconds : float
        How long it took.
    """

    stem: str
    content: bytes | None
    failure: Failure | None = None
    reads: tuple[str, ...] = ()
    log: str = ""
    seconds: float = field(default=0.0, compare=False)


OnDone = Callable[[Task, Outcome], None]
"""Called with a task and what came of it, from any thread; what it raises ends the task."""

OnCell = Callable[[Task], None]
"""Called with a task before each of its code cells, from any thread."""


def perform(task: Task, kernels: Kernels, on_cell: OnCell) -> Outcome:
    """Execute a task's notebook; once more when a kernel died or a time limit passed.

    Parameters
    ----------
    task : Task
        What to do.
    kernels : Kernels
        Where the notebook's kernel starts.
    on_cell : callable
        Called with the task before each code cell, from any thread.

    Returns
    -------
    Outcome
        Never raises for what a notebook does: a failure is an outcome.
    """
    began, log = time.monotonic(), []
    for attempt in range(1, _ATTEMPTS + 1):
        name = f"n{next(_numbers)}"
        reads = kernels.folder / f"{name}.reads"
        try:
            content = _attempt(task, kernels, on_cell, name, reads)
        except WorkbookError as error:
            failure, passing = error.failure, error.passing
            log += [f"attempt {attempt}: {failure}", _text(error)]
            if not passing:
                break
        else:
            log.append(f"attempt {attempt}: done")
            return Outcome(
                task.stem, content, None, _lines(reads), "\n".join(log), time.monotonic() - began
            )
    return Outcome(task.stem, None, failure, (), "\n".join(log), time.monotonic() - began)


def _attempt(task: Task, kernels: Kernels, on_cell: OnCell, name: str, reads: Path) -> bytes:
    """Execute the notebook once, within its time."""
    watch = Watch()

    def work() -> bytes:
        return execute_workbook(
            task.path,
            task.parameters,
            task.data_root,
            kernels,
            lambda: on_cell(task),
            task.timeout,
            name=name,
            environment={SHARED: str(task.shared), READS: str(reads)},
            watch=watch,
        )

    try:
        return within(task.deadline, work, watch)
    except WorkbookError as error:
        if not watch.overdue:
            raise
        raise _overdue(task, error.failure) from error
    except OverdueError as error:
        raise _overdue(task, Failure(task.stem, "", "")) from error


def _overdue(task: Task, at: Failure) -> WorkbookError:
    cause = f"the notebook took longer than {task.deadline} s in all and was stopped"
    return WorkbookError(Failure(task.stem, at.cell, cause, at.number), passing=True)


def _text(error: BaseException) -> str:
    return "".join(traceback.format_exception(error.__cause__ or error)).rstrip()


def _lines(path: Path) -> tuple[str, ...]:
    """Return the lines of a file, each once; none when it is not there."""
    try:
        return tuple(dict.fromkeys(path.read_text(encoding="utf-8").splitlines()))
    except FileNotFoundError:
        return ()
