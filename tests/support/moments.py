"""Runs that are stopped at a counted moment: before the n-th time they change something on disk."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from pathlib import Path

from lodestar.run import RunReport, run_client
from lodestar.run.work import OnCell, OnDone, Outcome, Task

__all__ = ["Moments", "Pretended", "die", "forked", "pretended_run"]

_CHANGES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.symlink", "os.chmod", "os.utime")
_WRITES = os.O_WRONLY | os.O_RDWR


class Pretended:
    """An executor whose notebooks are done at once: what matters here is what is written."""

    local = True
    note = ""

    def prepare(self) -> None:
        """Nothing has to be ready."""

    def start(
        self, tasks: Iterable[Task], on_done: OnDone, on_cell: OnCell
    ) -> list[Future[Outcome]]:
        """Do each task at once: its content is made of its name and of one input."""
        return [self._done(task, on_done, on_cell) for task in tasks]

    def stop(self) -> None:
        """Nothing is ever under way."""

    def _done(self, task: Task, on_done: OnDone, on_cell: OnCell) -> Future[Outcome]:
        source = task.data_root / task.client / "inputs" / task.period / "outcomes.csv"
        reads = ("settings", f"{task.period}/outcomes") if task.stem != "01_b" else ("settings",)
        text = source.read_text() if task.stem != "01_b" else ""
        outcome = Outcome(task.stem, _notebook(f"{task.stem} {text}" * 50), None, reads)
        future: Future[Outcome] = Future()
        on_cell(task)
        try:
            on_done(task, outcome)
            future.set_result(outcome)
        except BaseException as error:
            future.set_exception(error)
        return future


def _notebook(text: str) -> bytes:
    """Return a notebook of one cell that says this: what is published is read by the audit."""
    cell = {"cell_type": "markdown", "id": "said", "metadata": {}, "source": text}
    book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book).encode()


class Moments:
    """Counts changes below a folder, and does something before the one that is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = str(folder), 0
        self._at, self._then = -1, _nothing
        sys.addaudithook(self._hook)

    def count(self, work: Callable[[], object]) -> int:
        """Return how many changes some work makes."""
        self._count, self._at = 0, -1
        work()
        return self._count

    def at(self, moment: int, then: Callable[[], None]) -> None:
        """Do something before the change of this number, the first being 0."""
        self._count, self._at, self._then = 0, moment, then

    def _hook(self, event: str, args: tuple[object, ...]) -> None:
        if not (event in _CHANGES or (event == "open" and _writes(args))):
            return
        if str(args[1 if event == "os.symlink" else 0]).startswith(self._folder):
            self._count += 1
            if self._count == self._at + 1:
                self._then()


def _writes(args: tuple[object, ...]) -> bool:
    return isinstance(args[2], int) and bool(args[2] & _WRITES)


def _nothing() -> None:
    """Let the change happen."""


def pretended_run(root: Path, workbooks: Path, **options: bool) -> RunReport:
    """Run the small client's workbooks without kernels."""
    return run_client("small", "", root, workbooks=workbooks, executor=Pretended(), **options)


def forked(work: Callable[[], object]) -> int:
    """Do something in a process of its own, in a group of its own; return how it ended."""
    child = os.fork()
    if child == 0:
        try:
            os.setpgid(0, 0)
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die() -> None:
    """End this process group as a loss of power would."""
    os.killpg(0, signal.SIGKILL)
