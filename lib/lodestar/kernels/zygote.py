"""The fork server: one warm process with one thread, and the kernels that it forks."""

from __future__ import annotations

import contextlib
import os
import selectors
import shutil
import signal
import socket
import sys
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from lodestar.kernels.calls import answer_call
from lodestar.kernels.child import become_kernel
from lodestar.kernels.converters import converters
from lodestar.kernels.forked import Forked, Owner
from lodestar.kernels.messages import Message, receive
from lodestar.kernels.system import peer, rename_process, run_child, threads

__all__ = ["AHEAD", "ForkServer", "main"]

AHEAD = 2
"""Kernels kept ready, or on their way to it; one at a time is forked."""

_LOOK = 1.0
"""Seconds after which a server without news looks whether its parent still lives."""

_TRIES = 3
"""Kernels that may fail one after the other before owners are told."""


class ForkServer:
    """Serves kernels to its parent, and ends each when its connection closes.

    Parameters
    ----------
    folder : Path
        Private; the kernels' sockets lie in it. The server removes it at the end.
    listener : socket
        Where the parent connects; one connection a kernel, for the kernel's life.
    leash : socket
        Its other end is held by the parent; when that closes, all ends.
    lock : int
        Open file whose lock says that the folder is in use.
    """

    def __init__(
        self, folder: Path, listener: socket.socket, leash: socket.socket, lock: int
    ) -> None:
        self.environment = dict(os.environ)
        self.folder, self.listener, self.leash, self.lock = folder, listener, leash, lock
        self.parent = os.getppid()
        self.selector = selectors.PollSelector()
        self.idle: deque[Forked] = deque()
        self.waiting: deque[Owner] = deque()
        self.owners: set[Owner] = set()
        self.kernels: set[Forked] = set()
        self.starting: Forked | None = None
        self.count = self.failed = 0
        self._watch(listener, self._accept)
        self._watch(leash, self._end)

    def hear(self, seconds: float = 0.0) -> bool:
        """Take one thing that somebody says, within this time; tell whether there was one.

        One at a time: what it changes may concern what else was heard.
        """
        heard = self.selector.select(seconds)[:1]
        for key, _ in heard:
            key.data()
        return bool(heard)

    def prepare(self, work: Callable[[Callable[[], None]], None]) -> None:
        """Do what comes before kernels are forked; a call need not wait for all of it.

        Parameters
        ----------
        work : callable
            Given what it is to call whenever a process may be forked.
        """

        def between() -> None:
            while self.hear():
                continue

        try:
            work(between)
        except _EndedError:
            self._clear()
            raise SystemExit from None

    def serve(self) -> None:
        """Serve until the parent is gone."""
        try:
            while os.getppid() == self.parent:
                self._fork_ahead()
                self.hear(_LOOK)
        except _EndedError:
            pass
        finally:
            self._clear()

    def _clear(self) -> None:
        """Leave no process and no file."""
        for kernel in self.kernels:
            kernel.kill()
        for kernel in self.kernels:
            kernel.bury()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _watch(self, file: Any, heard: Callable[[], None]) -> None:
        self.selector.register(file, selectors.EVENT_READ, heard)

    def _end(self) -> None:
        raise _EndedError

    def _accept(self) -> None:
        connection, _ = self.listener.accept()
        # Of the same user may also be a kernel of another client, which found this socket.
        if peer(connection) != self.parent:
            connection.close()
            return
        owner = Owner(connection)
        self.owners.add(owner)
        self._watch(connection, lambda: self._heard(owner))

    def _heard(self, owner: Owner) -> None:
        """Take an owner's request or signal; a closed connection ends its kernel."""
        try:
            for message in owner.read():
                if "signal" in message:
                    owner.signal(int(message["signal"]))
                elif "call" in message:
                    self._call(owner, message)
                else:
                    owner.request = message
                    self.waiting.append(owner)
        except (OSError, ValueError, KeyError):
            self._drop(owner)
        self._hand_out()

    def _drop(self, owner: Owner) -> None:
        self.selector.unregister(owner.connection)
        self.owners.discard(owner)
        if owner in self.waiting:
            self.waiting.remove(owner)
        owner.close()

    def _hand_out(self) -> None:
        """Give ready kernels to those who wait, and tell all who wait in vain why."""
        while self.waiting and self.idle:
            owner, kernel = self.waiting.popleft(), self.idle.popleft()
            if owner.take(kernel):
                self._watch(kernel.channel, partial(self._took_over, kernel))
            else:
                self.waiting.appendleft(owner)
        reason = self._refusal() if self.waiting and not self.starting else ""
        while reason and self.waiting:
            self.waiting.popleft().tell({"refused": reason})

    def _refusal(self) -> str:
        """Return why nothing may be forked now; empty when it may."""
        if self.failed >= _TRIES:
            return "kernels that were forked did not come up"
        if threads() > 1:
            return "the process to fork them from runs more than one thread"
        return ""

    def _fork_ahead(self) -> None:
        wanted = max(AHEAD, len(self.waiting))
        if self.starting is None and len(self.idle) < wanted and not self._refusal():
            self._fork()
        self._hand_out()

    def _fork(self) -> None:
        """Fork a kernel ahead."""
        kernel = self._forked("lodestar-kernel", partial(become_kernel, first=self.environment))
        self.starting = kernel
        self._watch(kernel.channel, lambda: self._came_up(kernel))

    def _call(self, owner: Owner, request: Message) -> None:
        """Have a function called for an owner, in a process that ends with its connection."""
        if threads() > 1:
            owner.tell({"refused": self._refusal()})
            return
        process = self._forked("lodestar-call", lambda home, channel: answer_call(request, channel))
        owner.have(process)
        self._watch(process.channel, lambda: self._answered(process))
        self.selector.modify(process.pidfd, selectors.EVENT_READ, lambda: self._ended(process))

    def _ended(self, process: Forked) -> None:
        """Note the end of a call's process; its answer may have come at the same moment."""
        if process.channel in [key.fileobj for key, _ in self.selector.select(0)]:
            self._answered(process)
        self._died(process)

    def _answered(self, process: Forked) -> None:
        """Pass on what a function returned; of a process that failed the owner hears as dead."""
        self.selector.unregister(process.channel)
        with contextlib.suppress(OSError):
            answer = receive(process.channel)
            if answer is not None and process.owner:
                process.owner.tell(answer)

    def _forked(self, name: str, work: Callable[[str, socket.socket], None]) -> Forked:
        """Return a process that does this work, given the start of its paths and a channel."""
        self.count += 1
        home, server = f"{self.folder}/k{self.count}", os.getpid()
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            run_child(lambda: self._become(partial(work, home, theirs), ours), server, name)
        theirs.close()
        process = Forked(pid, home, ours)
        self.kernels.add(process)
        self._watch(process.pidfd, lambda: self._died(process))
        return process

    def _came_up(self, kernel: Forked) -> None:
        """Note that a kernel is ready; one that failed says nothing and is heard of as dead."""
        self.selector.unregister(kernel.channel)
        if kernel.is_ready():
            self.starting, self.failed = None, 0
            self.idle.append(kernel)
            self._hand_out()

    def _took_over(self, kernel: Forked) -> None:
        """Tell the owner that its kernel is at work; of one that failed it hears as dead."""
        self.selector.unregister(kernel.channel)
        if kernel.owner and kernel.is_ready():
            kernel.owner.use(kernel)

    def _died(self, kernel: Forked) -> None:
        self.selector.unregister(kernel.pidfd)
        with contextlib.suppress(KeyError):
            self.selector.unregister(kernel.channel)
        self.kernels.discard(kernel)
        if kernel is self.starting:
            self.starting, self.failed = None, self.failed + 1
        if kernel in self.idle:
            self.idle.remove(kernel)
        kernel.bury()

    def let_go(self) -> None:
        """In a forked process: hold nothing of the server's; a connection held stays open."""
        self.selector.close()
        for file in (self.listener, self.leash, *(each.connection for each in self.owners)):
            file.close()
        for kernel in self.kernels:
            kernel.forget()
        os.close(self.lock)

    def _become(self, work: Callable[[], None], ours: socket.socket) -> None:
        """In a forked process: do its work."""
        self.let_go()
        ours.close()
        work()


class _EndedError(Exception):
    """The parent let go of the leash."""


def main(folder: str, listener: str, leash: str, lock: str) -> None:
    """Warm up and serve.

    Parameters
    ----------
    folder : str
        Path of the private folder.
    listener, leash, lock : str
        Open sockets and the open lock, by their numbers.
    """
    from lodestar.kernels.warming import warm_up

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    rename_process("lodestar-warm")
    door, held = (socket.socket(fileno=int(number)) for number in (listener, leash))
    server = ForkServer(Path(folder), door, held, int(lock))
    server.prepare(warm_up)
    with converters(server.folder, server.let_go):
        server.serve()


if __name__ == "__main__":
    # The folder that `python -m` puts first is not on a kernel's path.
    del sys.path[0]
    main(*sys.argv[1:])
