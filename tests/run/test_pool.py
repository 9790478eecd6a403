"""The queue of one machine, its default size, and the time left. Oracle: counts by hand."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from lodestar.errors import FaultError
from lodestar.run import pool
from lodestar.run.pool import LocalExecutor, default_jobs, outcomes
from lodestar.run.progress import Board, Watched
from lodestar.run.work import OnCell, OnDone, Outcome, Task
from tests.run.test_work import a_task


@pytest.fixture
def performed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Return client and how many were at work, for each task; nothing is executed."""
    seen: list[tuple[str, int]] = []
    busy, lock = [0], threading.Lock()

    def perform(task: Task, kernels: Any, on_cell: OnCell) -> Outcome:
        with lock:
            busy[0] += 1
            seen.append((task.client, busy[0]))
        on_cell(task)
        time.sleep(0.02)
        with lock:
            busy[0] -= 1
        return Outcome(task.stem, b"{}", seconds=2.0)

    monkeypatch.setattr("lodestar.run.work.perform", perform)
    return seen


def _tasks(client: str, count: int, folder: Path) -> list[Task]:
    made = [a_task("good", folder) for _ in range(count)]
    return [
        Task(client, t.period, f"{n:02}", t.path, {}, folder, folder) for n, t in enumerate(made)
    ]


def _ignore(*_: Any) -> None:
    pass


def test_notebooks_of_all_clients_share_one_queue(
    performed: list[tuple[str, int]], tmp_path: Path
) -> None:
    with LocalExecutor(3, warm=False) as executor:
        futures = executor.start(_tasks("a", 4, tmp_path), _ignore, _ignore)
        futures += executor.start(_tasks("b", 4, tmp_path), _ignore, _ignore)
        done = outcomes(futures)
    assert [outcome.stem for outcome in done] == ["00", "01", "02", "03"] * 2
    assert [client for client, _ in performed][:4] == ["a"] * 4
    assert max(busy for _, busy in performed) == 3


def test_what_a_callback_raises_is_the_tasks_end(
    performed: list[tuple[str, int]], tmp_path: Path
) -> None:
    def full(task: Task, outcome: Outcome) -> None:
        raise OSError(28, "No space left on device")

    with (
        LocalExecutor(1, warm=False) as executor,
        pytest.raises(OSError, match="No space left"),
    ):
        outcomes(executor.start(_tasks("a", 1, tmp_path), full, _ignore))


def test_a_stopped_queue_takes_nothing(tmp_path: Path) -> None:
    with LocalExecutor(1) as executor:
        executor.stop()
        with pytest.raises(FaultError, match="stopped"):
            executor.start(_tasks("a", 1, tmp_path), _ignore, _ignore)


@pytest.mark.parametrize(
    ("cores", "free", "jobs"),
    [(8, 64_000_000_000, 8), (8, 1_600_000_000, 3), (2, 1_000, 1), (4, None, 4)],
)
def test_as_many_jobs_as_cores_and_memory_allow(
    monkeypatch: pytest.MonkeyPatch, cores: int, free: int | None, jobs: int
) -> None:
    monkeypatch.setattr(pool, "_cores", lambda: cores)
    monkeypatch.setattr(pool, "_free_memory", lambda: free)
    assert default_jobs() == jobs


def test_this_machine_has_cores_and_memory() -> None:
    assert default_jobs() >= 1


class _Nowhere:
    """An executor that executes nothing."""

    local = True

    def prepare(self) -> None:
        pass

    def start(
        self, tasks: Iterable[Task], on_done: OnDone, on_cell: OnCell
    ) -> list[Future[Outcome]]:
        self.done, self.cell = on_done, on_cell
        return []

    def stop(self) -> None:
        pass


def test_time_left_by_what_notebooks_took_and_todays_pace(tmp_path: Path) -> None:
    """Six code cells each; remembered 10 s each; the first took 20 s: all take twice as long."""
    board = Board(["a", "b"], jobs=2, remembered=lambda client: {"00": 10.0, "01": 10.0})
    there = _Nowhere()
    tasks = _tasks("a", 2, tmp_path)
    Watched(there, board).start(tasks, _ignore, _ignore)
    assert board.time_left() is None, "nothing is known of b yet"
    board.ended("b")
    assert board.time_left() == pytest.approx(20 / 2)
    there.done(tasks[0], Outcome("00", b"{}", seconds=20.0))
    assert board.time_left() == pytest.approx(20 / 2)
    for _ in range(3):
        there.cell(tasks[1])
    assert board.states["a"].at_work == ["01"]
    assert board.states["a"].cells == (9, 12)
    assert board.time_left() == pytest.approx(10 / 2)
    there.done(tasks[1], Outcome("01", b"{}", seconds=20.0))
    assert board.time_left() == 0


def test_time_left_by_seconds_a_cell_where_nothing_is_remembered(tmp_path: Path) -> None:
    """12 s for six cells; six cells to go, and another client like this one."""
    board = Board(["a", "b"], jobs=1)
    there, tasks = _Nowhere(), _tasks("a", 2, tmp_path)
    Watched(there, board).start(tasks, _ignore, _ignore)
    assert board.time_left() is None
    there.done(tasks[0], Outcome("00", b"{}", seconds=12.0))
    assert board.time_left() == pytest.approx(12 + 24)
