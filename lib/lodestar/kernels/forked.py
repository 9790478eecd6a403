"""A kernel as the fork server knows it, and the owner it was given to."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lodestar.kernels.child import CHANNELS
from lodestar.kernels.messages import Inbox, Message, receive, send

__all__ = ["Forked", "Owner"]


class Forked:
    """One forked kernel and the files that go when it does.

    Parameters
    ----------
    pid : int
        Its process, which leads a session of its own.
    home : str
        Start of the paths of its sockets.
    channel : socket
        Takes one request; says when it is ready for that, and when it has taken it over.
    """

    def __init__(self, pid: int, home: str, channel: socket.socket) -> None:
        self.pid, self.home, self.channel = pid, home, channel
        self.pidfd = os.pidfd_open(pid)
        self.owner: Owner | None = None
        self._links: list[Path] = []
        self._made: Path | None = None

    def is_ready(self) -> bool:
        """Tell whether what is heard of it is a word, and not its end."""
        try:
            return receive(self.channel) is not None
        except OSError:
            return False

    def link(self, connection: dict[str, Any]) -> None:
        """Let its sockets be found where the owner looks for them.

        Raises
        ------
        OSError
            A link cannot be made there.
        """
        folder = Path(connection["ip"]).parent
        if not folder.exists():
            folder.mkdir(mode=0o700)
            self._made = folder
        for name, number in CHANNELS.items():
            link = Path(f"{connection['ip']}-{connection[name]}")
            link.unlink(missing_ok=True)
            link.symlink_to(f"{self.home}-{number}")
            self._links.append(link)

    def signal(self, number: int) -> None:
        """Send a signal to it and to the processes it started."""
        with contextlib.suppress(OSError):
            os.killpg(self.pid, number)

    def kill(self) -> None:
        """End it, whatever it is doing."""
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
        self.signal(signal.SIGKILL)

    def bury(self) -> None:
        """Note its end: no process of its group and no file stays, and its owner is told."""
        self.signal(signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        self.forget()
        for number in CHANNELS.values():
            Path(f"{self.home}-{number}").unlink(missing_ok=True)
        Path(f"{self.home}.json").unlink(missing_ok=True)
        self._unlink()
        if self.owner:
            self.owner.tell({"died": os.waitstatus_to_exitcode(status)})

    def forget(self) -> None:
        """Close what this process holds of it."""
        self.channel.close()
        os.close(self.pidfd)

    def _unlink(self) -> None:
        """Remove its links, except those that by now lead to the kernel that came after it."""
        for link in self._links:
            with contextlib.suppress(OSError):
                if str(link.readlink()).startswith(f"{self.home}-"):
                    link.unlink()
        if self._made:
            with contextlib.suppress(OSError):
                self._made.rmdir()


class Owner:
    """Whoever asked for a kernel; it lives while this connection does.

    Parameters
    ----------
    connection : socket
        The other end is the owner's.
    """

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.request: Message = {}
        self._kernel: Forked | None = None
        self._inbox = Inbox()

    def read(self) -> Iterator[Message]:
        """Yield what it says.

        Raises
        ------
        OSError
            It has closed the connection.
        ValueError
            It does not speak the protocol.
        """
        more = self.connection.recv(1 << 16)
        if not more:
            raise ConnectionResetError
        yield from self._inbox.messages(more)

    def take(self, kernel: Forked) -> bool:
        """Give it a kernel; tell whether the kernel was alive to be given."""
        try:
            send(kernel.channel, self.request)
        except OSError:
            kernel.kill()
            return False
        self.have(kernel)
        return True

    def have(self, process: Forked) -> None:
        """Let a process end with this connection."""
        self._kernel, process.owner = process, self

    def use(self, kernel: Forked) -> None:
        """Let it speak to its kernel, which by now signs with the key of the request.

        A kernel greets whoever connects; before, it would have signed that with a key of its own.
        """
        try:
            kernel.link(self.request["connection"])
        except OSError:
            kernel.kill()
        else:
            self.tell({"pid": kernel.pid})

    def signal(self, number: int) -> None:
        """Pass a signal on to its kernel."""
        if self._kernel:
            self._kernel.signal(number)

    def tell(self, message: Message) -> None:
        """Say something, if it still listens."""
        with contextlib.suppress(OSError):
            send(self.connection, message)

    def close(self) -> None:
        """Let it go, and end its kernel."""
        if self._kernel:
            self._kernel.kill()
        self.connection.close()
