"""One notebook as a piece of work. Oracle: the planted fault, seen in the outcome and in /proc."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from lodestar.kernels import Kernels
from lodestar.run.watch import OverdueError, Watch, within
from lodestar.run.work import Outcome, Task, perform
from tests.support.clients import NOTEBOOKS


def a_task(name: str, folder: Path, timeout: int = 60, deadline: int = 60) -> Task:
    """Return the task to execute one of the tiny notebooks."""
    path, parameters = NOTEBOOKS / f"{name}.ipynb", {"client": "small", "period": "2026-Q4"}
    return Task("small", "2026-Q4", name, path, parameters, folder, folder, timeout, deadline)


@pytest.fixture
def kernels(tmp_path: Path) -> Kernels:
    folder = tmp_path / "k"
    folder.mkdir()
    return Kernels(folder)


def _perform(task: Task, kernels: Kernels) -> tuple[Outcome, int]:
    begun: list[Task] = []
    return perform(task, kernels, begun.append), len(begun)


def test_a_good_notebook_has_content_and_a_log(kernels: Kernels, tmp_path: Path) -> None:
    outcome, cells = _perform(a_task("good", tmp_path), kernels)
    assert outcome.content is not None
    assert (outcome.failure, outcome.log) == (None, "attempt 1: done")
    assert cells == 6
    assert outcome.seconds > 0


@pytest.mark.parametrize(
    ("limits", "cell", "cause"),
    [
        ((1, 60), "sleep", "it took longer than 1 s and was stopped"),
        ((60, 4), "sleep", "the notebook took longer than 4 s in all and was stopped"),
    ],
)
def test_what_hangs_is_tried_twice_then_named(
    kernels: Kernels, tmp_path: Path, limits: tuple[int, int], cell: str, cause: str
) -> None:
    began = time.monotonic()
    outcome, _ = _perform(a_task("slow", tmp_path, *limits), kernels)
    assert outcome.failure is not None
    assert (outcome.failure.cell, outcome.failure.cause) == (cell, cause)
    assert outcome.failure.number == 2
    assert [line[:10] for line in outcome.log.splitlines() if line.startswith("attempt")] == [
        "attempt 1:",
        "attempt 2:",
    ]
    assert time.monotonic() - began < 55


def test_a_kernel_killed_once_is_replaced(
    kernels: Kernels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LODESTAR_MARK", str(tmp_path / "mark"))
    outcome, _ = _perform(a_task("killed", tmp_path), kernels)
    assert outcome.content is not None
    first, second = [line for line in outcome.log.splitlines() if line.startswith("attempt")]
    assert "its kernel was killed: most often memory ran out" in first
    assert second == "attempt 2: done"


def test_an_error_of_the_notebook_is_not_tried_again(kernels: Kernels, tmp_path: Path) -> None:
    outcome, _ = _perform(a_task("failing", tmp_path), kernels)
    assert str(outcome.failure).startswith("failing, cell ")
    assert outcome.log.count("attempt") == 1
    assert "ZeroDivisionError" in outcome.log


def test_names_that_a_kernel_leaves_are_its_reads(kernels: Kernels, tmp_path: Path) -> None:
    outcome, _ = _perform(a_task("reading", tmp_path), kernels)
    assert outcome.reads == ("2026-Q4/outcomes", "notes")


def test_work_that_does_not_even_notice_its_end_is_left_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A lost reply never hangs the run, whatever waits for it."""
    monkeypatch.setattr("lodestar.run.watch.GRACE", 0.1)
    never = threading.Event()
    watch = Watch()
    with pytest.raises(OverdueError):
        within(0.1, never.wait, watch)
    assert watch.overdue
    never.set()
