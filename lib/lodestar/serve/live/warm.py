"""A live process's own warm kernels: their fork server is forked, not started anew."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
import time
from multiprocessing.connection import Client
from pathlib import Path
from typing import Any, ClassVar

import ipykernel.ipkernel

from lodestar.charts.converter import CONVERTER
from lodestar.kernels.server import Server, adopt
from lodestar.kernels.system import run_child

__all__ = ["warm_kernels"]

_PAUSE = 0.01
_ANY_CHART = {"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a"}}}


def warm_kernels(connection: socket.socket) -> None:
    """Give this process a fork server that has the same libraries loaded, and nothing more.

    Parameters
    ----------
    connection : socket
        This process's own, which no kernel may hold.
    """
    adopt(_Forked(connection))


class _Forked(Server):
    """A fork server forked from this process while it is warm and has one thread."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        super().__init__()

    def _start(self, *sockets: socket.socket) -> Any:
        leash, parent = self._leash, os.getpid()
        pid = os.fork()
        if pid == 0:
            run_child(lambda: self._serve(leash, *sockets), parent, "lodestar-warm")
        return _Process(pid)

    def _serve(self, held: socket.socket, listener: socket.socket, leash: socket.socket) -> None:
        from lodestar.kernels.converters import converters
        from lodestar.kernels.zygote import ForkServer

        held.close()
        self._connection.close()
        os.environ.update(self.environment)
        _list_no_libraries()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        server = ForkServer(Path(self.folder), listener, leash, self._lock)
        with converters(server.folder, server.let_go):
            _wake_converter()
            server.serve()

    def is_current(self) -> bool:
        """Tell whether it runs; its code is that of the front, whatever lies on disk by now."""
        return self.process.poll() is None


class _Unlisted:
    """What a kernel knows of the interpreter, as if nothing had been imported."""

    modules: ClassVar[dict[str, Any]] = {}

    def __getattr__(self, name: str) -> Any:
        """Return everything else as it is."""
        return getattr(sys, name)


def _list_no_libraries() -> None:
    """Let kernels start without a list of all library files, which is for a debugger.

    No kernel of a page is debugged; and to make the list is to count one user more of every module
    and of its file's name, which copies the 10 MB of memory that these lie in into each kernel.
    """
    ipykernel.ipkernel.sys = _Unlisted()


def _wake_converter() -> None:
    """Have the process that draws charts start its engine now; nobody waits for this picture."""
    with contextlib.suppress(OSError), Client(os.environ[CONVERTER], "AF_UNIX") as connection:
        connection.send_bytes(json.dumps(["vegalite_to_svg", _ANY_CHART]).encode())


class _Process:
    """A forked child, asked as ``subprocess.Popen`` is."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the status it ended with; None while it lives."""
        if self.returncode is None:
            with contextlib.suppress(ChildProcessError):
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                if pid:
                    self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float = 5.0) -> int | None:
        """Wait for its end."""
        end = time.monotonic() + timeout
        while self.poll() is None and time.monotonic() < end:
            time.sleep(_PAUSE)
        return self.returncode

    def kill(self) -> None:
        """End it."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
