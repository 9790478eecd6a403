"""Notebooks executed on a Dask cluster, one task a notebook: these cores, or many machines."""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from lodestar.errors import FaultError
from lodestar.provenance import PrivateFolder
from lodestar.run import remote
from lodestar.run.remote import Fingerprint, end_tasks, fingerprint, perform_there
from lodestar.run.report import Failure
from lodestar.run.work import OnCell, OnDone, Outcome, Task

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["LOCAL", "ClusterExecutor", "differences"]

LOCAL = "local"
"""Stands for a cluster of this machine's own, made for one batch."""

_PATIENCE = 30
"""Seconds to wait for the scheduler and for a first worker."""

_SETTINGS: dict[str, Any] = {
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.nanny.pre-spawn-environ": {},
}
"""No pages are served, and workers start with the environment as it is."""


class ClusterExecutor:
    """Executes notebooks on a Dask cluster.

    Parameters
    ----------
    address : str
        Of the scheduler, e.g. ``tcp://10.0.0.4:8786``; or ``local``.
    jobs : int
        Workers of a local cluster; a cluster with an address has its own.

    Raises
    ------
    FaultError
        Dask is not installed, nobody answers, no worker is there, or a worker's Lodestar, Python
        or packages differ from the caller's: each says how to mend it.

    Notes
    -----
    Workers read the client's folder and share sections in it: all must see it at the same path.
    When a worker dies, Dask gives its notebook to another, so that a notebook may run twice; the
    caller alone writes, and each notebook once. Whoever can reach a scheduler can have code
    executed by its workers: name one with ``tls://`` and certificates on a network. A local
    cluster listens on this machine alone, and takes its own caller only where the package
    ``cryptography`` is installed.
    """

    local = False
    note = ""

    def __init__(self, address: str, jobs: int = 1) -> None:
        self._address, self._jobs = address, jobs
        self._token = uuid.uuid4().hex
        self._stack = ExitStack()
        self._lock = threading.Lock()
        self._client: Client | None = None
        self._tasks: dict[str, tuple[Task, OnCell]] = {}
        self._futures: list[tuple[Any, Future[Outcome]]] = []
        self._stopped = False

    def prepare(self) -> None:
        """Do nothing: workers are started when the first task comes."""

    def start(
        self, tasks: Iterable[Task], on_done: OnDone, on_cell: OnCell
    ) -> list[Future[Outcome]]:
        """Put tasks at the end of the queue and return what will come of each.

        Parameters
        ----------
        tasks, on_done, on_cell
            As for ``LocalExecutor.start``; cells are told some time after they began.
        """
        with self._lock:
            if self._stopped:
                raise FaultError("The run was stopped.")
            client = self._client or self._connect()
            return [self._submit(client, task, on_done, on_cell) for task in tasks]

    def stop(self) -> None:
        """Take back what waits, and end what is at work on every worker."""
        with self._lock:
            self._stopped, futures = True, [*self._futures]
        if self._client is None:
            return
        with contextlib.suppress(Exception):
            self._client.cancel([theirs for theirs, _ in futures], force=True)
            self._client.run(end_tasks, self._token)
        for _, ours in futures:
            if not ours.done():
                ours.cancel()

    def __enter__(self) -> ClusterExecutor:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.stop()
        if self._client is not None:
            with contextlib.suppress(Exception):
                self._client.run(end_tasks, self._token)
        self._stack.close()

    def _connect(self) -> Client:
        """Reach the cluster when the first task comes, and see that its workers fit."""
        try:
            import dask
            from distributed import Client
        except ImportError:
            raise FaultError(
                "A scheduler was named, but Dask is not installed. "
                "Install it with `pip install 'lodestar-workbook[dask]'`, or leave --scheduler out."
            ) from None
        self._stack.enter_context(dask.config.set(_SETTINGS))
        address = self._own_cluster() if self._address == LOCAL else self._address
        try:
            client = self._stack.enter_context(
                Client(address, timeout=_PATIENCE, set_as_default=False)
            )
            client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, TimeoutError, ValueError) as error:
            self._stack.close()
            raise FaultError(_unreachable(self._address, error)) from None
        self._refuse_others(client)
        client.subscribe_topic(self._token, self._hear)
        self._client = client
        return client

    def _own_cluster(self) -> Any:
        """Start workers of this machine's own that listen on its loopback address only."""
        from distributed import LocalCluster

        folder = self._stack.enter_context(PrivateFolder())
        return self._stack.enter_context(
            LocalCluster(
                n_workers=self._jobs,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                worker_dashboard_address="127.0.0.1:0",
                scheduler_kwargs={"dashboard": False},
                security=_security(),
                silence_logs=50,
                local_directory=str(folder),
            )
        )

    def _refuse_others(self, client: Client) -> None:
        """Raise when a worker would not give the caller's bytes."""
        try:
            theirs = client.run(remote.fingerprint, on_error="return")
        except Exception as error:
            theirs = {self._address: error}
        wrong = differences(fingerprint(), theirs)
        if wrong:
            self._stack.close()
            raise FaultError("\n  ".join(["These workers cannot give the same bytes:", *wrong]))

    def _submit(
        self, client: Client, task: Task, on_done: OnDone, on_cell: OnCell
    ) -> Future[Outcome]:
        name = uuid.uuid4().hex
        self._tasks[name] = (task, on_cell)
        ours: Future[Outcome] = Future()
        theirs = client.submit(
            perform_there, task, name, self._token, fingerprint(), key=name, pure=False
        )
        self._futures.append((theirs, ours))
        theirs.add_done_callback(lambda future: _settle(ours, task, future, on_done))
        return ours

    def _hear(self, event: tuple[float, Any]) -> None:
        """Pass on that a cell begins somewhere."""
        _, message = event
        task, on_cell = self._tasks.get(message.get("task", ""), (None, None))
        if task is not None and on_cell is not None:
            on_cell(task)


def differences(ours: Fingerprint, theirs: Mapping[str, Any]) -> list[str]:
    """Return in words how workers differ from the caller, one line each.

    Parameters
    ----------
    ours : mapping
        The caller's versions, by what they are of.
    theirs : mapping
        Each worker's, by its address; or the error it answered with.

    Examples
    --------
    >>> differences({"pandas": "3.1.1"}, {"tcp://a:1": {"pandas": "3.1.0"}})
    ['tcp://a:1 has pandas 3.1.0, here is 3.1.1; install the same requirements.lock']
    """
    lines = []
    for address, known in sorted(theirs.items()):
        if not isinstance(known, Mapping):
            lines.append(f"{address} lacks Lodestar or cannot load it ({known}); install it there")
            continue
        wrong = [name for name in ours if known.get(name) != ours[name]]
        said = [f"{name} {known.get(name, 'none')}, here is {ours[name]}" for name in wrong[:3]]
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        if wrong:
            listed = "; ".join(said)
            lines.append(f"{address} has {listed}{more}; install the same requirements.lock")
    return lines


def _settle(ours: Future[Outcome], task: Task, theirs: Any, on_done: OnDone) -> None:
    """Hand on what came of a task; a task lost with its workers is a failed notebook."""
    if ours.done():
        return
    try:
        try:
            outcome = theirs.result()
        except Exception as error:
            if theirs.cancelled():
                ours.cancel()
                return
            failure = Failure(task.stem, "", _lost(error))
            outcome = Outcome(task.stem, None, failure, log=f"{type(error).__name__}: {error}")
        on_done(task, outcome)
        ours.set_result(outcome)
    except Exception as error:
        ours.set_exception(error)


def _lost(error: Exception) -> str:
    if type(error).__name__ == "KilledWorker":
        return "every worker that tried it died, most often because memory ran out"
    return f"the cluster lost it ({type(error).__name__}: {error})"


def _unreachable(address: str, error: Exception) -> str:
    return (
        f"No Dask cluster with a worker answers at '{address}' ({error}). "
        "Start `dask scheduler` and `dask worker` there, or leave --scheduler out."
    )


def _security() -> Any:
    """Return keys for this cluster alone, where they can be made: no other user may then join."""
    from distributed import Security

    try:
        return Security.temporary()
    except ImportError:
        return None
