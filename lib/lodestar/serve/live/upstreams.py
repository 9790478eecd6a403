"""Live processes of all clients: started on demand, shared by a client's sessions, ended."""

from __future__ import annotations

import asyncio
import uuid
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from lodestar.provenance import PublishedRun
from lodestar.serve.brand import brand_style
from lodestar.serve.live.admission import Admission, Copy, Page
from lodestar.serve.live.limits import Limits
from lodestar.serve.live.names import ASLEEP, LOST, SIGNED_OUT
from lodestar.serve.live.upstream import Starter, Upstream
from lodestar.serve.site import Site

__all__ = ["Upstreams"]

_LOOK = 1.0
"""Seconds between looks at what must end."""


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
        self._site, self.limits = site, limits or Limits()
        self.admission = Admission(self.limits)
        self._starter = Starter(site, data_root, base, self.limits, tell or (lambda line: None))
        self.front_end, self.folder = self._starter.front_end, self._starter.folder
        self._running: dict[str, Upstream] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._watch: asyncio.Task[None] | None = None
        self._ending: set[asyncio.Future[None]] = set()

    def warm(self) -> None:
        """Load libraries in a process that live ones are forked from; compress the front end."""
        self._starter.nurse.warm()
        Thread(target=getattr, args=(self.front_end, "script"), daemon=True).start()

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
            The run carries nothing for it.
        NoProcessError
            No live process can be started.
        """
        known = self._running.get(run.client)
        copy = Copy(str(uuid.uuid4()), run.client, session, self.admission.clock())
        ticket = f"{session}/{run.client}/{run.period}/{stem}"
        self.admission.enter(copy, ticket, known.weight.bytes if known else 0)
        try:
            upstream = await self.upstream(run, session)
            await asyncio.to_thread(self._hold, upstream, run, stem)
        except BaseException:
            self.admission.leave(copy.kernel)
            raise
        return upstream, copy

    def _hold(self, upstream: Upstream, run: PublishedRun, stem: str) -> None:
        style = brand_style(self._site.firm(), self._site.brand(run.client))
        upstream.folder.hold(run, stem, style)

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
            started = await asyncio.to_thread(self._starter.start, run.client)
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

    def asked(self, copy: Copy) -> None:
        """Note that a page that is not connected, yet or for the moment, asked after its copy."""
        if copy.left is not None:
            copy.left = self.admission.clock()

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
            page.close(code, reason)
        upstream = self._running.get(copy.client)
        if upstream:
            task = asyncio.ensure_future(upstream.end_kernel(copy.kernel))
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    async def stop(self) -> None:
        """End everything and leave nothing behind."""
        if self._watch:
            self._watch.cancel()
        for upstream in list(self._running.values()):
            self._gone(upstream)
        await asyncio.to_thread(self._starter.end)

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
                await asyncio.to_thread(upstream.weight.look)

    def _check(self, upstream: Upstream) -> None:
        now = self.admission.clock()
        used = any(c.client == upstream.client for c in self.admission.copies.values())
        upstream.empty_since = None if used else (upstream.empty_since or now)
        unused = not used and now - (upstream.empty_since or now) >= self.limits.empty
        greedy = upstream.weight.bytes > 2 * self.limits.client_bytes
        if unused or greedy or not upstream.is_alive():
            self._gone(upstream)
