"""The socket between a page and its kernel, through the front: both ways, at the slower's pace."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.iostream import StreamClosedError
from tornado.websocket import (
    WebSocketClientConnection,
    WebSocketClosedError,
    WebSocketHandler,
    websocket_connect,
)

from lodestar.serve.live.exchange import Door
from lodestar.serve.live.names import LOST
from lodestar.serve.live.proxy import LiveProxy

__all__ = ["Channels"]

FROM_BROWSER, FROM_KERNEL = 4 << 20, 64 << 20
"""Longest message in bytes: a control's state is a few kB, a page of charts a few hundred."""

_OWN_CODES = range(3000, 5000)


class Channels(WebSocketHandler, LiveProxy):
    """A page's connection to the kernel of its own copy."""

    upstream: WebSocketClientConnection | None = None

    async def get(self, *args: str, **kwargs: str) -> None:
        """Connect to the live process first, then take the browser's connection."""
        client, kernel = self.path_args
        live, self.copy = self.own(client, kernel)
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        session = self.request.query[:200]
        target = f"ws://live{live.base}api/kernels/{kernel}/channels?{session}"
        try:
            self.upstream = await websocket_connect(
                HTTPRequest(target, headers=live.token, request_timeout=30),
                subprotocols=[name.strip() for name in offered.split(",") if name.strip()],
                max_message_size=FROM_KERNEL,
                resolver=Door(path=live.door),
            )
        except (OSError, HTTPClientError, StreamClosedError):
            self.upstreams.end(self.copy)
            raise self.lost() from None
        await super().get(*args, **kwargs)
        if self.ws_connection is None:
            self.upstream.close()

    def lost(self) -> Exception:
        """Return the refusal of a page whose live process has gone."""
        from lodestar.serve.refusals import RefusedError

        return RefusedError("lost")

    @property
    def max_message_size(self) -> int:
        """Return the longest message that a browser may send."""
        return FROM_BROWSER

    def get_compression_options(self) -> dict[str, Any]:
        """Compress: pictures of charts are text."""
        return {"compression_level": 1}

    def check_origin(self, origin: str) -> bool:
        """Take only our own pages; the gate has looked at it as well."""
        host = self.visit.arrival.host if hasattr(self.request, "visit") else self.request.host
        return urlsplit(origin).netloc.lower() == host

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        """Speak what the live process chose of what the browser offered."""
        return self.upstream.selected_subprotocol if self.upstream else None

    def open(self, *args: str, **kwargs: str) -> None:
        """Begin to pass on what the kernel says."""
        self.upstreams.connected(self.copy, self)
        self._pump = asyncio.ensure_future(self._hear())

    async def on_message(self, message: str | bytes) -> None:
        """Pass a message on; the browser's next is read when the live process has taken it."""
        self.copy.touched = self.upstreams.admission.clock()
        try:
            await self.upstream.write_message(message, isinstance(message, bytes))  # type: ignore[union-attr]
        except WebSocketClosedError:
            self.close(LOST, "the kernel ended")

    async def _hear(self) -> None:
        upstream = self.upstream
        assert upstream is not None
        while (message := await upstream.read_message()) is not None:
            try:
                await self.write_message(message, isinstance(message, bytes))
            except (WebSocketClosedError, StreamClosedError):
                break
        code = upstream.close_code
        own = code is not None and (code in _OWN_CODES or code == 1000)
        self.close(code if own else LOST, upstream.close_reason if own else "the kernel ended")

    def on_close(self) -> None:
        """Close the other side with the same words; the copy ends unless the page comes back."""
        if self.upstream:
            own = self.close_code in _OWN_CODES or self.close_code == 1000
            self.upstream.close(self.close_code if own else 1000, self.close_reason)
        if hasattr(self, "copy"):
            self.upstreams.disconnected(self.copy, self)

    def on_connection_close(self) -> None:
        """Hear of the end of the connection as a socket does, not as a page."""
        WebSocketHandler.on_connection_close(self)
