"""How far a batch is: cells and notebooks done by client, and the time left."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Future

    from lodestar.run.pool import Executor
    from lodestar.run.work import OnCell, OnDone, Outcome, Task

__all__ = ["Board", "ClientState", "Watched"]

Remembered = Callable[[str], Mapping[str, float]]
"""Returns the seconds that each notebook of a client took when it last ran."""

_SLOWEST, _FASTEST = 4.0, 0.25
"""Bounds of how much slower than remembered a machine is taken to be today."""


@dataclass
class _Notebook:
    stem: str
    cells: int
    remembered: float | None
    begun: int = 0
    seconds: float | None = None


@dataclass
class ClientState:
    """How far one client is.

    Parameters
    ----------
    client : str
        Folder in the data root.
    notebooks : dict
        Those to execute, by stem; empty until the client's material is loaded.
    outcomes : list of tuple
        Each task that ended, and what came of it.
    ended : bool
        Whether nothing more is to come.
    """

    client: str
    notebooks: dict[str, _Notebook] = field(default_factory=dict)
    outcomes: list[tuple[Task, Outcome]] = field(default_factory=list)
    ended: bool = False

    @property
    def cells(self) -> tuple[int, int]:
        """Return cells done or at work, and cells in all."""
        books = self.notebooks.values()
        return sum(b.begun for b in books), sum(b.cells for b in books)

    @property
    def at_work(self) -> list[str]:
        """Return the notebooks that have begun and not ended."""
        return [b.stem for b in self.notebooks.values() if b.begun and b.seconds is None]


class Board:
    """What is known of a batch while it runs; any thread may write and read.

    Parameters
    ----------
    clients : iterable of str
        All of the batch, in order.
    jobs : int
        Notebooks at work at the same time.
    remembered : callable, optional
        Returns the seconds of each notebook of a client from an earlier run.
    """

    def __init__(
        self, clients: Iterable[str], jobs: int, remembered: Remembered | None = None
    ) -> None:
        self.states = {client: ClientState(client) for client in clients}
        self._jobs, self._remembered = max(1, jobs), cache(remembered or _nothing)
        self._lock = threading.Lock()
        self._began = time.monotonic()

    def queued(self, tasks: Iterable[Task]) -> None:
        """Note the notebooks of a client that are to be executed."""
        from lodestar.run.notebook import code_cells

        for task in tasks:
            known = self._remembered(task.client).get(task.stem)
            book = _Notebook(task.stem, code_cells(task.path), known)
            with self._lock:
                self.states[task.client].notebooks[task.stem] = book

    def cell(self, task: Task) -> None:
        """Note that one more cell of a notebook begins."""
        with self._lock:
            book = self.states[task.client].notebooks[task.stem]
            book.begun = min(book.begun + 1, book.cells)

    def done(self, task: Task, outcome: Outcome) -> None:
        """Note that a notebook ended."""
        with self._lock:
            state = self.states[task.client]
            book = state.notebooks[task.stem]
            book.begun, book.seconds = book.cells, outcome.seconds
            state.outcomes.append((task, outcome))

    def ended(self, client: str) -> None:
        """Note that nothing more of a client is to come."""
        with self._lock:
            self.states[client].ended = True

    def time_left(self) -> float | None:
        """Return the seconds the rest will take; None while there is no ground to say.

        Notes
        -----
        A notebook takes as long as it last did, times how much slower those done today were than
        they last were; one never seen takes as long a cell as those done. A client not yet begun
        takes as long as the others on average. The rest is shared among the jobs.
        """
        with self._lock:
            states = list(self.states.values())
            books = [book for state in states for book in state.notebooks.values()]
            pace, a_cell = _pace(books), _seconds_a_cell(books)
            left = [_left(book, pace, a_cell) for book in books if book.seconds is None]
            waiting = sum(not state.ended and not state.notebooks for state in states)
            begun = len(states) - waiting
        if any(each is None for each in left) or (waiting and not (begun and a_cell)):
            return None
        more = waiting / begun * sum(book.cells for book in books) * (a_cell or 0) if waiting else 0
        return (sum(each or 0 for each in left) + more) / self._jobs


class Watched:
    """An executor that tells a board what happens.

    Parameters
    ----------
    executor : Executor
        Does the work.
    board : Board
        Is told.
    """

    def __init__(self, executor: Executor, board: Board) -> None:
        self._executor, self._board = executor, board
        self.local = executor.local

    @property
    def note(self) -> str:
        """Return what people should know of how notebooks are executed."""
        return self._executor.note

    def prepare(self) -> None:
        """Say that tasks will come."""
        self._executor.prepare()

    def start(
        self, tasks: Iterable[Task], on_done: OnDone, on_cell: OnCell
    ) -> list[Future[Outcome]]:
        """Put tasks at the end of the queue and return what will come of each."""
        listed = list(tasks)
        self._board.queued(listed)

        def done(task: Task, outcome: Outcome) -> None:
            self._board.done(task, outcome)
            on_done(task, outcome)

        def cell(task: Task) -> None:
            self._board.cell(task)
            on_cell(task)

        return self._executor.start(listed, done, cell)

    def stop(self) -> None:
        """End whatever is at work, at once."""
        self._executor.stop()


def _left(book: _Notebook, pace: float, a_cell: float | None) -> float | None:
    """Return the seconds a notebook has still to go."""
    rest = 1 - book.begun / book.cells
    if book.remembered is not None:
        return rest * book.remembered * pace
    return None if a_cell is None else rest * book.cells * a_cell


def _pace(books: list[_Notebook]) -> float:
    """Return how many times longer notebooks take today than they last did."""
    known = [(b.seconds, b.remembered) for b in books if b.seconds and b.remembered]
    before = sum(then for _, then in known)
    today = sum(now for now, _ in known)
    return min(_SLOWEST, max(_FASTEST, today / before)) if before else 1.0


def _seconds_a_cell(books: list[_Notebook]) -> float | None:
    done = [book for book in books if book.seconds is not None]
    cells = sum(book.cells for book in done)
    return sum(book.seconds or 0 for book in done) / cells if cells else None


def _nothing(client: str) -> Mapping[str, float]:
    return {}
