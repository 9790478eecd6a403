"""What a worker of a cluster does: see that it fits, and execute notebooks on its own kernels."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import replace
from functools import cache
from typing import Any

from lodestar import __version__
from lodestar.kernels import Kernels
from lodestar.provenance import PrivateFolder, code_hash, package_versions
from lodestar.run.report import Failure
from lodestar.run.work import Outcome, Task, perform

__all__ = ["Fingerprint", "end_tasks", "fingerprint", "perform_there"]

Fingerprint = Mapping[str, str]


@cache
def fingerprint() -> Fingerprint:
    """Return what decides over bytes and comes with an installation: versions by name."""
    return {"Lodestar": f"{__version__} ({code_hash()[:12]})", **package_versions()}


class _Place:
    """The kernels of one batch on this worker."""

    def __init__(self) -> None:
        self.folder = PrivateFolder()
        self.kernels = Kernels(self.folder.path)
        self.running: set[Future[Any]] = set()

    def end(self) -> None:
        """End what is at work, and leave nothing behind."""
        self.kernels.stop([*self.running])
        self.folder.close()


_places: dict[str, _Place] = {}
_ended: set[str] = set()
_lock = threading.Lock()


def perform_there(task: Task, name: str, batch: str, expected: Fingerprint) -> Outcome:
    """Execute a task on the worker that this is called on.

    Parameters
    ----------
    task : Task
        What to do.
    name, batch : str
        Of the task, and of all tasks of its caller, by which cells are told and work is ended.
    expected : mapping
        The caller's ``fingerprint``: a worker that joined late may differ.
    """
    from distributed import get_worker

    worker = get_worker()
    reason = _unfit(task, expected)
    if reason:
        failure = Failure(task.stem, "", f"the worker {worker.address} {reason}")
        return Outcome(task.stem, None, failure, log=str(failure))
    running: Future[None] = Future()
    running.set_running_or_notify_cancel()
    with _lock:
        if batch in _ended:
            return Outcome(task.stem, None, Failure(task.stem, "", "the run was stopped"))
        if batch not in _places:
            _places[batch] = _Place()
        place = _places[batch]
        place.running.add(running)
    try:
        outcome = perform(task, place.kernels, lambda _: worker.log_event(batch, {"task": name}))
    finally:
        running.set_result(None)
        place.running.discard(running)
    return replace(outcome, log=f"on {worker.address}\n{outcome.log}")


def end_tasks(batch: str) -> None:
    """End what a batch does on this worker; it starts nothing here any more."""
    with _lock:
        _ended.add(batch)
        place = _places.pop(batch, None)
    if place is not None:
        threading.Thread(target=place.end, name="lodestar-end").start()


def _unfit(task: Task, expected: Fingerprint) -> str:
    """Return why a task cannot be done here; empty when it can."""
    own = fingerprint()
    wrong = [name for name in expected if own.get(name) != expected[name]]
    if wrong:
        return f"has another {', '.join(wrong)}; install the same requirements.lock there"
    missing = [p for p in (task.path, task.data_root / task.client, task.shared) if not p.exists()]
    if missing:
        return f"does not see '{missing[0]}'; workers and caller must share these folders"
    return ""
