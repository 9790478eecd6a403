"""The front's side of the nursery: start it, ask it for live processes, end it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lodestar.kernels.lease import Lease
from lodestar.kernels.messages import Message, receive, send
from lodestar.provenance import PINNED

__all__ = ["NoProcessError", "Nurse"]

PATIENCE = 60.0
"""Seconds to wait for a live process; the first one waits for the nursery to warm up."""

_KEPT = ("PATH", "LD_LIBRARY_PATH", "TMPDIR")
_QUIET = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}
_SPARING = {"MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072"}
"""The C library gives long texts back when they have been read; else it learns to keep them."""


class NoProcessError(Exception):
    """The nursery gives no live process; the text is a clause that says why."""


class Nurse:
    """Keeps one nursery: started ahead, started again should it ever end.

    Parameters
    ----------
    folder : Path
        Private folder, in which the nursery works.

    Notes
    -----
    The nursery ends with the front, also when that is killed: it reads from a socket whose other
    end the front holds. Its environment is made anew, so that no secret of the front's is in it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._guard = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._leash: socket.socket | None = None

    def warm(self) -> None:
        """Have a nursery running; it warms up beside what is done meanwhile."""
        with self._guard:
            if self._process is None or self._process.poll() is not None:
                self._start()

    def process(self, asked: Callable[[bool], Message]) -> tuple[Lease, Message]:
        """Return a live process that listens, and what it says of itself.

        Parameters
        ----------
        asked : callable
            Returns the request, as ``lodestar.serve.live.process.live`` takes it, once it is known
            whether the system lets live processes see only what they need. Nothing secret may be
            in it.

        Raises
        ------
        NoProcessError
            There is none to be had.
        """
        self.warm()
        connection, theirs = socket.socketpair()
        connection.settimeout(PATIENCE)
        try:
            self._hand_over(theirs)
            greeting = receive(connection)
            if greeting is not None:
                send(connection, asked(bool(greeting["apart"])))
            answer: Any = receive(connection)
        except OSError as error:
            connection.close()
            raise NoProcessError(f"the warm process does not answer ({error})") from None
        if answer is None or "pid" not in answer:
            connection.close()
            raise NoProcessError((answer or {}).get("refused", "it ended while it started"))
        return Lease(connection, answer["pid"]), answer

    def end(self) -> None:
        """End the nursery, and with it every live process."""
        with self._guard:
            if self._leash:
                self._leash.close()
            if self._process:
                try:
                    self._process.wait(5)
                except subprocess.TimeoutExpired:
                    self._process.kill()
                    self._process.wait()
            self._process = None

    def _hand_over(self, connection: socket.socket) -> None:
        """Give the nursery one end of a connection; it listens nowhere."""
        with self._guard, connection:
            if self._leash:
                socket.send_fds(self._leash, [b"+"], [connection.fileno()])

    def _start(self) -> None:
        if self._leash:
            self._leash.close()
        self._leash, theirs = socket.socketpair()
        number = theirs.fileno()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "lodestar.serve.live.nursery", str(number)],
            pass_fds=[number],
            stdin=subprocess.DEVNULL,
            cwd=self.folder,
            env=_environment(),
            start_new_session=True,
        )
        theirs.close()


def _environment() -> dict[str, str]:
    """Return the environment of the nursery and of all that is forked from it."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    python = {name: text for name, text in os.environ.items() if name.startswith("PYTHON")}
    nobody = {"HOME": "/nonexistent", "USER": "live"}
    return {**kept, **python, **PINNED, **_QUIET, **_SPARING, **nobody}
