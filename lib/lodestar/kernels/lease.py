"""A forked kernel in its owner's hands, to be used like a process of one's own."""

from __future__ import annotations

import contextlib
import select
import signal
import socket
import threading

from lodestar.kernels.messages import receive, send

__all__ = ["Lease"]


class Lease:
    """A kernel that ends when this is closed; it answers as ``subprocess.Popen`` does.

    Parameters
    ----------
    connection : socket
        To the fork server, which ends the kernel when this closes and tells when it died.
    pid : int
        The kernel's process.
    """

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket, pid: int) -> None:
        connection.settimeout(None)
        self._connection = connection
        self.pid = pid
        self.returncode: int | None = None
        self._lock = threading.Lock()

    def poll(self) -> int | None:
        """Return the status the kernel ended with; None while it lives."""
        with self._lock:
            if self.returncode is None and select.select([self._connection], [], [], 0)[0]:
                self.returncode = self._status()
            return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the kernel's end and return its status; None when it outlives the wait."""
        if self.returncode is None:
            select.select([self._connection], [], [], timeout)
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and to the processes it started."""
        if number == signal.SIGKILL:
            self.kill()
            return
        with contextlib.suppress(OSError):
            send(self._connection, {"signal": int(number)})

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel, whatever it is doing; any thread may."""
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End the kernel and let go of it."""
        self.kill()
        with self._lock:
            if self.returncode is None:
                self.returncode = -int(signal.SIGKILL)
            self._connection.close()

    def _status(self) -> int:
        """Return what the fork server says; without a word from it, it died and took the kernel."""
        with contextlib.suppress(OSError):
            message = receive(self._connection)
            if message and "died" in message:
                return int(message["died"])
        return -int(signal.SIGKILL)
