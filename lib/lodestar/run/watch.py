"""One kernel under watch: how it ended, and an end to it when its time is up."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["OverdueError", "Watch", "death", "within"]

GRACE = 20.0
"""Seconds in which an execution must have noticed that its kernel was killed."""

_T = TypeVar("_T")


class OverdueError(Exception):
    """A notebook took longer than it may."""


class Watch:
    """Sees the kernels that one execution starts, and can kill them from another thread."""

    def __init__(self) -> None:
        self._managers: list[Any] = []
        self.status: int | None = None
        self.overdue = False

    def over(self, manager_class: type) -> type:
        """Return a kernel manager like this one that tells the watch what becomes of its kernel.

        Parameters
        ----------
        manager_class : type
            An asynchronous jupyter_client kernel manager.
        """
        watch = self

        class WatchedKernelManager(manager_class):  # type: ignore[misc]
            def __init__(self, **kwargs: Any) -> None:
                super().__init__(**kwargs)
                watch._managers.append(self)

            async def is_alive(self) -> bool:
                if self.has_kernel:
                    status = await self.provisioner.poll()
                    watch.status = status if status is not None else watch.status
                return bool(await super().is_alive())

        return WatchedKernelManager

    def kill(self) -> None:
        """End every kernel that was started, at once."""
        self.overdue = True
        for manager in self._managers:
            provisioner = getattr(manager, "provisioner", None)
            if provisioner is not None and provisioner.has_process:
                asyncio.run(provisioner.kill())


def within(seconds: float, work: Callable[[], _T], watch: Watch) -> _T:
    """Return what the work returns; when its time is up, kill its kernel.

    Parameters
    ----------
    seconds : float
        Time the whole work may take.
    work : callable
        Executes a notebook on kernels under the watch.
    watch : Watch
        Those kernels.

    Raises
    ------
    OverdueError
        The time is up and the work has not even noticed that its kernel is gone: its thread is
        left behind, so that nothing ever waits for it.
    """
    ended: list[_T] = []
    failed: list[BaseException] = []

    def worker() -> None:
        try:
            ended.append(work())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=worker, name="lodestar-notebook", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        watch.kill()
        thread.join(GRACE)
    if failed:
        raise failed[0]
    if not ended:
        raise OverdueError
    return ended[0]


def death(status: int | None, what: str = "kernel") -> str:
    """Return in words how a process died.

    Parameters
    ----------
    status : int, optional
        Its exit status; negative: the signal that ended it.
    what : str
        What it was.

    Examples
    --------
    >>> death(-9)
    'its kernel was killed: most often memory ran out; give --jobs a lower number'
    >>> death(1)
    'its kernel ended by itself (exit status 1)'
    """
    if status == -signal.SIGTERM:
        return f"its {what} was told to end by another program"
    if status is not None and os.name != "nt" and -status == signal.SIGKILL:
        return f"its {what} was killed: most often memory ran out; give --jobs a lower number"
    if status is not None and status < 0:
        return f"its {what} crashed ({signal.Signals(-status).name})"
    if status is not None:
        return f"its {what} ended by itself (exit status {status})"
    return f"its {what} died (out of memory, or killed)"
