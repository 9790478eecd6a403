"""The warm process that live processes are forked from: libraries loaded, no client's data."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import sys
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from lodestar.kernels.messages import Message, receive, send
from lodestar.kernels.system import rename_process, run_child, threads
from lodestar.serve.live.confine import can_be_apart

__all__ = ["Nursery", "main"]

LIBRARIES = (
    "voila.app",
    "voila.exporter",
    "voila.notebook_renderer",
    "nbconvert.filters.markdown_mistune",
    "jupyter_server.services.kernels.websocket",
    "lodestar.serve.live.process",
    "lodestar.serve.live.voila",
)

_LOOK = 1.0
"""Seconds after which a nursery without news looks whether its parent still lives."""

_PATIENCE = 5.0
"""Seconds in which the front must have said what it wants."""


class Nursery:
    """Forks a live process for each connection, and ends it when the connection closes.

    Parameters
    ----------
    leash : socket
        Its other end is held by the front, which hands connections over by it, one a live process
        and for that process's life; when it closes, all ends.
    apart : bool
        The system lets live processes see only what they need.

    Notes
    -----
    It listens nowhere: a kernel of the same user, which could connect to it, could have it start
    whatever it likes.
    """

    def __init__(self, leash: socket.socket, apart: bool) -> None:
        self.leash, self.apart = leash, apart
        self.parent = os.getppid()
        self.selector = selectors.PollSelector()
        self.children: dict[int, socket.socket] = {}
        self._watch(leash, self._accept)

    def serve(self) -> None:
        """Serve until the front is gone; then nothing of this process stays."""
        try:
            while os.getppid() == self.parent:
                # One at a time: what it changes may concern what else was heard.
                for key, _ in self.selector.select(_LOOK)[:1]:
                    key.data()
        except _EndedError:
            pass
        finally:
            for pid in self.children:
                os.kill(pid, signal.SIGKILL)

    def _watch(self, file: Any, heard: Callable[[], None]) -> None:
        self.selector.register(file, selectors.EVENT_READ, heard)

    def _accept(self) -> None:
        """Take a connection that is handed over; none means that the front let go."""
        word, files, _, _ = socket.recv_fds(self.leash, 1, 1)
        if not word:
            raise _EndedError
        connection = socket.socket(fileno=files[0])
        connection.settimeout(_PATIENCE)
        request = None
        with contextlib.suppress(OSError, ValueError):
            send(connection, {"apart": self.apart})
            request = receive(connection)
        connection.settimeout(None)
        if request is None:
            connection.close()
        elif threads() > 1:
            send(connection, {"refused": "the warm process runs more than one thread"})
            connection.close()
        else:
            self._bear(connection, request)

    def _bear(self, connection: socket.socket, request: Message) -> None:
        nursery = os.getpid()
        pid = os.fork()
        if pid == 0:
            run_child(lambda: self._become(connection, request), nursery, "lodestar-live")
        pidfd = os.pidfd_open(pid)
        self.children[pid] = connection
        self._watch(connection, lambda: self._let_go(pid))
        self._watch(pidfd, lambda: self._died(pid, pidfd))

    def _become(self, connection: socket.socket, request: Message) -> None:
        """Be a live process, and hold nothing of the nursery's: what is held stays open."""
        from lodestar.serve.live.process import live

        self.selector.close()
        others = (each for each in self.children.values() if each is not connection)
        for file in (self.leash, *others):
            file.close()
        live(connection, request, self.apart)

    def _let_go(self, pid: int) -> None:
        """End a live process that the front wants no more."""
        self.selector.unregister(self.children[pid])
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def _died(self, pid: int, pidfd: int) -> None:
        self.selector.unregister(pidfd)
        os.close(pidfd)
        _, status = os.waitpid(pid, 0)
        connection = self.children.pop(pid)
        with contextlib.suppress(KeyError):
            self.selector.unregister(connection)
        with contextlib.suppress(OSError):
            send(connection, {"died": os.waitstatus_to_exitcode(status)})
        connection.close()


class _EndedError(Exception):
    """The front let go of the leash."""


def main(leash: str) -> None:
    """Warm up and serve.

    Parameters
    ----------
    leash : str
        Open socket, by its number.
    """
    from lodestar.kernels.warming import warm_up
    from lodestar.serve.live.templates import compile_ahead

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Kernels would take a port for what processes they start print; without one it goes nowhere.
    warnings.filterwarnings("ignore", message="Couldn't bind IOPub Pipe")
    nursery = Nursery(socket.socket(fileno=int(leash)), can_be_apart(Path.cwd()))
    for name in LIBRARIES:
        import_module(name)
    compile_ahead()
    warm_up()
    rename_process("lodestar-nursery")
    nursery.serve()


if __name__ == "__main__":
    # The folder that `python -m` puts first is on nobody's path.
    del sys.path[0]
    main(*sys.argv[1:])
