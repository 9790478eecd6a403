"""Many clients in one batch: one queue of notebooks, each client published by itself."""

from __future__ import annotations

import ctypes
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lodestar.engagement.places import client_folder
from lodestar.errors import InputError, LodestarError, Problem
from lodestar.provenance import published_periods
from lodestar.run.attempted import keep_outcome
from lodestar.run.client import run_client
from lodestar.run.log import write_log
from lodestar.run.pool import Executor
from lodestar.run.progress import Board, Watched
from lodestar.run.report import Failure, RunFailedError, RunReport

__all__ = ["ClientOutcome", "run_clients"]

STOPPED = 130
"""Exit status of a command that was interrupted."""

_TICK = 0.2
_AFTER_STOP = 30.0


@dataclass(frozen=True)
class ClientOutcome:
    """What came of one client of a batch.

    Parameters
    ----------
    client : str
        Folder in the data root.
    status : str
        ``published``, ``unchanged``, ``refused`` (the input's problems), ``failed`` or ``stopped``.
    exit_code : int
        What it adds to the command's status, which is the worst of all.
    report : RunReport, optional
        Of a run that was published or is unchanged.
    problems, failures : tuple
        What is wrong with the input, and which workbooks stopped.
    cause : str
        Why nothing was published, when neither problems nor workbooks say it.
    stands : tuple of str
        Periods of which an earlier run stands as it was.
    log : Path, optional
        Where it is written what happened to each notebook.
    """

    client: str
    status: str
    exit_code: int = 0
    report: RunReport | None = None
    problems: tuple[Problem, ...] = ()
    failures: tuple[Failure, ...] = ()
    cause: str = ""
    stands: tuple[str, ...] = ()
    log: Path | None = field(default=None)

    def as_dict(self) -> dict[str, Any]:
        """Return the outcome as ``run --json`` prints it."""
        known = self.report.as_dict() if self.report else {"client": self.client}
        return {
            **known,
            "status": self.status,
            "cause": self.cause,
            "failures": [vars(failure) for failure in self.failures],
            "problems": [problem.as_dict() for problem in self.problems],
            "stands": list(self.stands),
            "log": str(self.log) if self.log else None,
        }


def run_clients(
    clients: Sequence[str],
    executor: Executor,
    board: Board,
    period: str = "",
    data_root: Path | None = None,
    force: bool = False,
    workbooks: Path | None = None,
    at_once: int = 3,
    tick: Callable[[], None] | None = None,
) -> list[ClientOutcome]:
    """Run each client and return what came of it, in the order asked for.

    Parameters
    ----------
    clients : sequence of str
        Folders in the data root; each once.
    executor : Executor
        Where all their notebooks are executed: while the last ones of a client are at work, those
        of the next are already waiting.
    board : Board
        Is told how far they are.
    period, data_root, force, workbooks
        As for ``run_client``.
    at_once : int
        Clients whose material is loaded or published at the same time.
    tick : callable, optional
        Called several times a second by the thread that called this.

    Notes
    -----
    A client that fails keeps no other from its run. Interrupted (Ctrl-C), everything that is at
    work ends at once; what was published stands, and the rest is told as ``stopped``.
    """
    batch = _Batch(list(dict.fromkeys(clients)), Watched(executor, board), board)
    batch.options = {"force": force, "workbooks": workbooks}
    batch.where = (period, data_root)
    threads = [
        threading.Thread(target=batch.work, name=f"lodestar-client-{number}", daemon=True)
        for number in range(min(at_once, len(clients)))
    ]
    try:
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            _join_one(threads)
            if tick:
                tick()
    except KeyboardInterrupt:
        batch.stop(threads)
    return [batch.outcome(client) for client in batch.clients]


class _Batch:
    """The clients of a batch, and what came of those that ended."""

    def __init__(self, clients: list[str], executor: Executor, board: Board) -> None:
        self.clients, self.executor, self.board = clients, executor, board
        self.options: dict[str, Any] = {}
        self.where: tuple[str, Path | None] = ("", None)
        self._found: dict[str, ClientOutcome] = {}
        self._waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._stopped = False
        for client in clients:
            self._waiting.put(client)

    def work(self) -> None:
        """Run one client after the other until none waits."""
        while not self._stopped:
            try:
                client = self._waiting.get_nowait()
            except queue.Empty:
                return
            begun = time.time()
            outcome = self._run(client)
            if outcome is not None:
                self._found[client] = outcome
                keep_outcome(outcome, begun, self.where[1])
            self.board.ended(client)

    def stop(self, threads: Sequence[threading.Thread]) -> None:
        """End what is at work: kernels by the executor, computing threads by an interrupt."""
        self._stopped = True
        self.executor.stop()
        for thread in threads:
            _interrupt(thread)
        for thread in threads:
            thread.join(_AFTER_STOP)

    def outcome(self, client: str) -> ClientOutcome:
        """Return what came of a client; one that did not end was stopped."""
        found = self._found.get(client)
        if found is None:
            found = ClientOutcome(client, "stopped", STOPPED, stands=self._stands(client))
            keep_outcome(found, time.time(), self.where[1])
        return found

    def _run(self, client: str) -> ClientOutcome | None:
        try:
            report = run_client(client, *self.where, executor=self.executor, **self.options)
        except KeyboardInterrupt:
            return None
        except InputError as error:
            return self._nothing(client, "refused", error.exit_code, problems=error.problems)
        except RunFailedError as error:
            if self._stopped:
                return None
            return self._nothing(client, "failed", error.exit_code, failures=error.failures)
        except Exception as error:
            if self._stopped:
                return None
            known = isinstance(error, LodestarError)
            cause = str(error) if known else f"{type(error).__name__}: {error}"
            return self._nothing(client, "failed", getattr(error, "exit_code", 1), cause=cause)
        return ClientOutcome(client, report.status, report=report, log=self._log(client))

    def _nothing(self, client: str, status: str, code: int, **why: Any) -> ClientOutcome:
        """Return the outcome of a client of which nothing was published."""
        stands, log = self._stands(client), self._log(client)
        return ClientOutcome(client, status, code, stands=stands, log=log, **why)

    def _log(self, client: str) -> Path | None:
        outcomes = self.board.states[client].outcomes
        return write_log(client_folder(client, self.where[1]), outcomes) if outcomes else None

    def _stands(self, client: str) -> tuple[str, ...]:
        """Return the periods asked for of which a published run stands."""
        try:
            known = published_periods(client, self.where[1])
        except LodestarError:
            return ()
        asked = self.where[0]
        return tuple(period for period in known if asked in ("", period))


def _join_one(threads: Sequence[threading.Thread]) -> None:
    """Wait a moment for any thread that is still at work."""
    for thread in threads:
        if thread.is_alive():
            thread.join(_TICK)
            return


def _interrupt(thread: threading.Thread) -> None:
    """Raise KeyboardInterrupt in a thread, as soon as it executes Python again."""
    if thread.ident is not None:
        raised = ctypes.py_object(KeyboardInterrupt)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), raised)
