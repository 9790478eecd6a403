"""Live processes of all clients: started on demand, shared by a client's sessions, ended."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import secrets
import shutil
import uuid
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from lodestar.kernels.server import private_folder
from lodestar.provenance import PublishedRun
from lodestar.provenance.disk import try_lock
from lodestar.serve.live.admission import Admission, Copy
from lodestar.serve.live.exchange import Door
from lodestar.serve.live.folder import LiveFolder
from lodestar.serve.live.limits import Limits, memory_of
from lodestar.serve.live.names import ASLEEP, DOOR, LOST, SIGNED_OUT, TOKEN, TOKEN_HEADER
from lodestar.serve.live.nurse import Nurse
from lodestar.serve.live.statics import FrontEnd
from lodestar.serve.site import Site

__all__ = ["Upstream", "Upstreams"]

_LOOK = 1.0
"""Seconds between looks at what must end."""

_BYTES = 32
_PATIENCE = 10.0
"""Seconds in which a live process must have ended a kernel."""


class Page(Protocol):
    """A page's connection to its kernel."""

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Close it."""


class Upstream:
    """One client's live process, as the front sees it.

    Parameters
    ----------
    client : str
        Whose.
    base : str
        Address below which it answers, e.g. ``/c/demo/live/``.
    folder : LiveFolder
        Its folder.
    lease : Lease
        Its process; closing it ends the process.
    token : str
        What it asks for.
    """

    def __init__(self, client: str, base: str, folder: LiveFolder, lease: Any, token: str) -> None:
        self.client, self.base, self.folder, self.lease = client, base, folder, lease
        self.token = {TOKEN_HEADER: token}
        self.door = folder.path / DOOR
        self.bytes = 0
        self.empty_since: float | None = None

    def is_alive(self) -> bool:
        """Tell whether its process runs."""
        return self.lease.poll() is None

    def end(self) -> None:
        """End its process and remove what it left."""
        self.lease.close()
        self.folder.remove()


class Upstreams:
    """The live processes of a front.

    Parameters
    ----------
    site : Site
        The pages, whose looks the live ones share.
    data_root : Path
        Folder of clients.
    base : str
        The front's own base address, with a slash at both ends.
    limits : Limits, optional
        What is allowed.
    tell : callable, optional
        Gets each line for the person who runs the server.
    """

    def __init__(
        self,
        site: Site,
        data_root: Path,
        base: str = "/",
        limits: Limits | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.admission = Admission(self.limits)
        self.front_end = FrontEnd(site.template / "front_end.txt")
        self._assets = site.assets.url("")
        self._data_root, self._base, self._tell = data_root, base, tell or (lambda line: None)
        self._running: dict[str, Upstream] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._count = itertools.count()
        self.folder = private_folder()
        self._lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try_lock(self._lock)
        self._nurse = Nurse(self.folder)
        self._watch: asyncio.Task[None] | None = None
        self._ending: set[asyncio.Future[None]] = set()

    def warm(self) -> None:
        """Load the libraries ahead, in a process that live ones are forked from."""
        self._nurse.warm()

    async def open(self, run: PublishedRun, stem: str, session: str) -> tuple[Upstream, Copy]:
        """Return a new live copy of a workbook and the process that it lives in.

        Parameters
        ----------
        run : PublishedRun
            What it starts from.
        stem : str
            The workbook.
        session : str
            Key of the session that asks: the copy is its own.

        Raises
        ------
        Busy
            There is no room now.
        OutdatedError
            It would not start from what the reviewed figures were made from.
        NoProcessError
            No live process can be started.
        """
        known = self._running.get(run.client)
        copy = Copy(str(uuid.uuid4()), run.client, session, self.admission.clock())
        ticket = f"{session}/{run.client}/{run.period}/{stem}"
        self.admission.enter(copy, ticket, known.bytes if known else 0)
        try:
            upstream = await self.upstream(run, session)
            await asyncio.to_thread(upstream.folder.hold, run, stem)
        except BaseException:
            self.admission.leave(copy.kernel)
            raise
        return upstream, copy

    async def upstream(self, run: PublishedRun, session: str) -> Upstream:
        """Return the live process of a run's client, started when there is none.

        Raises
        ------
        NoProcessError
            None can be started.
        """
        if self._watch is None:
            self._watch = asyncio.create_task(self._look())
        async with self._locks[run.client]:
            known = self._running.get(run.client)
            if known and known.is_alive():
                known.empty_since = None
                return known
            if known:
                self._gone(known)
            started = await asyncio.to_thread(self._start, run.client)
            self._running[run.client] = started
            return started

    def find(self, client: str, kernel: str, session: str) -> tuple[Upstream, Copy] | None:
        """Return a session's own live copy; None where it has none of this name."""
        copy, upstream = self.admission.copies.get(kernel), self._running.get(client)
        if copy is None or upstream is None or (copy.client, copy.session) != (client, session):
            return None
        return upstream, copy

    def connected(self, copy: Copy, page: Page) -> None:
        """Note that a page is connected to a copy."""
        copy.sockets.add(page)
        copy.left, copy.touched = None, self.admission.clock()

    def disconnected(self, copy: Copy, page: Page | None = None) -> None:
        """Note that a page is no longer connected; the copy ends soon unless it comes back."""
        copy.sockets.discard(page)
        if not copy.sockets:
            copy.left = self.admission.clock()

    def close_session(self, session: str) -> None:
        """End all live copies of a session that signed out or ended."""
        for copy in [c for c in self.admission.copies.values() if c.session == session]:
            self.end(copy, SIGNED_OUT, "signed out")

    def end(self, copy: Copy, code: int = LOST, reason: str = "the kernel ended") -> None:
        """End a copy: its pages are told why, its kernel goes."""
        if self.admission.leave(copy.kernel) is None:
            return
        for page in list(copy.sockets):
            page.close(code, reason)  # type: ignore[attr-defined]
        upstream = self._running.get(copy.client)
        if upstream:
            task = asyncio.ensure_future(_end_kernel(upstream, copy.kernel))
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    async def stop(self) -> None:
        """End everything and leave nothing behind."""
        if self._watch:
            self._watch.cancel()
        for upstream in list(self._running.values()):
            self._gone(upstream)
        await asyncio.to_thread(self._nurse.end)
        os.close(self._lock)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self, client: str) -> Upstream:
        number, token = next(self._count), secrets.token_urlsafe(_BYTES)
        user = self._user(number)
        folder = LiveFolder(self.folder / str(number), user, self._data_root)
        base = f"{self._base}c/{client}/live/"
        try:
            folder.write(TOKEN, token)
            request = {
                "root": str(folder.path),
                "base": base,
                "user": user,
                "hidden": [str(self._data_root)],
                "resources": {
                    "lodestar_assets": self._assets,
                    "lodestar_front_end": base + self.front_end.path,
                },
            }
            lease, self.without = self._nurse.process(request)
        except BaseException:
            folder.remove()
            raise
        return Upstream(client, base, folder, lease, token)

    def _user(self, number: int) -> int | None:
        return None

    def _gone(self, upstream: Upstream) -> None:
        """Forget a live process; pages that were connected to it are told."""
        self._running.pop(upstream.client, None)
        for copy in [c for c in self.admission.copies.values() if c.client == upstream.client]:
            self.end(copy)
        upstream.end()

    async def _look(self) -> None:
        """End what must end, again and again."""
        while True:
            await asyncio.sleep(_LOOK)
            for upstream in list(self._running.values()):
                self._check(upstream)
            for copy, asleep in self.admission.due():
                self.end(copy, *((ASLEEP, "not touched for long") if asleep else ()))
            for upstream in list(self._running.values()):
                upstream.bytes = await asyncio.to_thread(memory_of, upstream.lease.pid)

    def _check(self, upstream: Upstream) -> None:
        now = self.admission.clock()
        used = any(c.client == upstream.client for c in self.admission.copies.values())
        upstream.empty_since = None if used else (upstream.empty_since or now)
        unused = not used and now - (upstream.empty_since or now) >= self.limits.empty
        greedy = upstream.bytes > 2 * self.limits.client_bytes
        if unused or greedy or not upstream.is_alive():
            self._gone(upstream)


async def _end_kernel(upstream: Upstream, kernel: str) -> None:
    """Have a live process end a kernel; one that does not answer is about to be noticed."""
    request = HTTPRequest(
        f"http://live{upstream.base}api/kernels/{kernel}",
        method="DELETE",
        headers=upstream.token,
        request_timeout=_PATIENCE,
    )
    client = SimpleAsyncHTTPClient(force_instance=True, resolver=Door(path=upstream.door))
    with contextlib.suppress(OSError, HTTPClientError):
        await client.fetch(request)
    client.close()
