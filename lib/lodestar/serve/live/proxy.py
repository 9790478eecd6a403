"""What a browser reaches of a live process: its own copies' pages and kernels, nothing else."""

from __future__ import annotations

from typing import Any

from tornado.web import stream_request_body

from lodestar.serve.handling import Guarded
from lodestar.serve.headers import policy
from lodestar.serve.live.admission import RETRY, Busy, Copy
from lodestar.serve.live.exchange import Exchange, NoAnswerError
from lodestar.serve.live.folder import OutdatedError
from lodestar.serve.live.nurse import NoProcessError
from lodestar.serve.live.upstream import Upstream
from lodestar.serve.live.upstreams import Upstreams
from lodestar.serve.refusals import RefusedError, in_words
from lodestar.serve.site import Site

__all__ = ["KernelProxy", "LiveProxy", "ShutdownProxy", "WhatIfHandler"]

MOST_BODY = 1 << 16
"""Bytes that a browser may send; the beacon of a page that closes has a few dozen."""

MOST_QUERY = 512


class LiveProxy(Guarded):
    """A handler that speaks with a live process for a browser."""

    def initialize(self, site: Site, upstreams: Upstreams) -> None:
        """Keep the pages and the live processes."""
        self.site, self.upstreams = site, upstreams
        self.exchange: Exchange | None = None

    def check_xsrf_cookie(self) -> None:
        """Leave it to the gate, which holds whatever acts to this server's own pages."""

    @property
    def owner(self) -> str:
        """Return the name of the session, to which copies belong."""
        return self.session.id if self.session else ""

    def own(self, client: str, kernel: str) -> tuple[Upstream, Copy]:
        """Return the session's own copy.

        Raises
        ------
        RefusedError
            It has none of this name, whoever else may have.
        """
        found = self.upstreams.find(client, kernel, self.owner)
        if found is None:
            raise RefusedError("no-page")
        return found

    async def pass_on(self, upstream: Upstream, target: str) -> Exchange:
        """Begin a request to the live process; its answer is for this browser."""
        try:
            self.exchange = await Exchange.begin(upstream.door, target, self, upstream.token)
        except NoAnswerError:
            raise RefusedError("lost") from None
        return self.exchange

    async def pass_back(self) -> None:
        """Give the browser the answer."""
        try:
            await self.exchange.answer()  # type: ignore[union-attr]
        except NoAnswerError:
            raise RefusedError("lost") from None

    def on_connection_close(self) -> None:
        """Stop asking for somebody who has gone."""
        if self.exchange:
            self.exchange.close()


class WhatIfHandler(LiveProxy):
    """The live control of a workbook, on a copy of its own."""

    copy: Copy | None = None

    def set_default_headers(self) -> None:
        """Let our own page frame this one, and Voila's front end run in it."""
        super().set_default_headers()
        self.set_header("X-Frame-Options", "SAMEORIGIN")
        self.set_header("Content-Security-Policy", LIVE_POLICY)

    async def get(self, client: str, period: str, stem: str) -> None:
        """Open a live copy and show it; a page that waits and asks again when there is no room."""
        run = self.site.run(client, period)
        if run is None or run.notebook(stem) is None or len(self.request.query) > MOST_QUERY:
            raise RefusedError("no-page")
        try:
            upstream, self.copy = await self.upstreams.open(run, stem, self.owner)
        except Busy as busy:
            self._wait(client, busy)
            return
        except OutdatedError:
            raise RefusedError("earlier") from None
        except NoProcessError:
            raise RefusedError("lost") from None
        self.application.tried(self.visit, run, stem)
        place = f"{upstream.base}open/{self.copy.kernel}/{run.hash}/{stem}"
        await self.pass_on(upstream, f"{place}?{self.request.query}")
        await self.pass_back()
        self.set_header("Cache-Control", "no-store")
        self.upstreams.disconnected(self.copy)

    def on_connection_close(self) -> None:
        """End the copy of somebody who has gone."""
        super().on_connection_close()
        if self.copy:
            self.upstreams.end(self.copy)

    def write_error(self, status_code: int, **options: Any) -> None:
        """End a copy that could not be shown, and say why."""
        if self.copy:
            self.upstreams.end(self.copy)
        super().write_error(status_code, **options)

    def _wait(self, client: str, busy: Busy) -> None:
        """Say where in the line this page stands, and ask again by itself."""
        self.set_status(503)
        self.set_header("Retry-After", str(RETRY))
        self.set_header("Cache-Control", "no-store")
        longest = in_words(busy.wait_seconds)
        words = {"place": busy.place, "own": busy.own, "longest": longest, "retry": RETRY}
        self.finish(self.site.render("wait.html", client, **words))


class KernelProxy(LiveProxy):
    """Whether a copy's kernel is still there, for pages that lost it out of sight."""

    async def get(self, client: str, kernel: str) -> None:
        """Ask the live process; a page that asks is still there, though not connected."""
        upstream, copy = self.own(client, kernel)
        self.upstreams.asked(copy)
        await self.pass_on(upstream, f"{upstream.base}api/kernels/{kernel}")
        await self.pass_back()


@stream_request_body
class ShutdownProxy(LiveProxy):
    """The last word of a page that closes; its copy ends."""

    async def prepare(self) -> None:
        """Begin to pass the request on while its body still comes."""
        if self.request.method != "POST":
            raise RefusedError("method")
        self.request.connection.set_max_body_size(MOST_BODY)  # type: ignore[union-attr]
        client, kernel = self.path_args
        upstream, _ = self.own(client, kernel)
        await self.pass_on(upstream, f"{upstream.base}voila/api/shutdown/{kernel}")

    async def data_received(self, chunk: bytes) -> None:
        """Pass a piece on; the next is read when the live process has taken this one."""
        await self.exchange.send(chunk)  # type: ignore[union-attr]

    async def post(self, client: str, kernel: str) -> None:
        """End the copy."""
        self.upstreams.admission.leave(kernel)
        await self.pass_back()

    def on_connection_close(self) -> None:
        """Let the kernel end all the same: pages say this as they go."""


LIVE_POLICY = policy(
    script_src="'self'",
    style_src="'self' 'unsafe-inline'",
    font_src="'self' data:",
    frame_ancestors="'self'",
)
