"""How many connections one address may hold: one visitor cannot take the server from the others."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from datetime import timedelta
from html import escape
from http import HTTPStatus
from typing import Any

from tornado.gen import TimeoutError as TooLateError
from tornado.gen import with_timeout
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream, StreamClosedError

from lodestar.serve.address import Network
from lodestar.serve.arrival import within
from lodestar.serve.headers import policy, safety
from lodestar.serve.limits import network
from lodestar.serve.refusals import REFUSALS

__all__ = ["MOST_CONNECTIONS", "MOST_REQUESTS", "CountingServer", "Crowd"]

MOST_CONNECTIONS = 320
"""Connections held from one address: fifty browsers of one office at six each."""

MOST_REQUESTS = 128
"""Requests under way from one address seen through a proxy, whose connections are its own."""

REFUSING, HEARD = 64, timedelta(seconds=1)
"""How many are told so at a time, and the time that each gets to ask and to hear it."""


class Crowd:
    """So many at a time from one network.

    Parameters
    ----------
    most : int
        How many.

    Examples
    --------
    >>> few = Crowd(1)
    >>> few.enter("192.0.2.7"), few.enter("192.0.2.7"), few.full("192.0.2.8")
    (True, False, False)
    >>> few.leave("192.0.2.7")
    >>> few.enter("192.0.2.7")
    True
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._there: Counter[str] = Counter()

    def full(self, address: str) -> bool:
        """Tell whether nobody more from there may come."""
        return self._there[network(address)] >= self.most

    def enter(self, address: str) -> bool:
        """Count one more; False, and not counted, when there are enough."""
        if self.full(address):
            return False
        self._there[network(address)] += 1
        return True

    def leave(self, address: str) -> None:
        """Count one less."""
        place = network(address)
        self._there[place] -= 1
        if self._there[place] <= 0:
            del self._there[place]


class CountingServer(HTTPServer):
    """A server that takes so many connections from one address, and tells the others to wait.

    Notes
    -----
    A trusted proxy's own are not counted here: whoever it forwards is, by the front. A socket
    counts until it opens; from then on its session answers for it.
    """

    def initialize(  # type: ignore[override]
        self,
        application: Any,
        trusted: tuple[Network, ...] = (),
        most: int = MOST_CONNECTIONS,
        **options: Any,
    ) -> None:
        """Take an application, the networks of trusted proxies, and tornado's own options."""
        super().initialize(application, **options)
        self.trusted, self.crowd = trusted, Crowd(most)
        self._refusing: set[asyncio.Task[None]] = set()
        self._secure = bool(options.get("ssl_options"))

    def handle_stream(self, stream: IOStream, address: Any) -> None:
        """Take a connection, or tell it to come later."""
        came = str(address[0]) if address else ""
        if within(came, self.trusted) or self.crowd.enter(came):
            super().handle_stream(stream, address)
        elif len(self._refusing) < REFUSING:
            task = asyncio.ensure_future(_refuse(stream, self._secure))
            self._refusing.add(task)
            task.add_done_callback(self._refusing.discard)
        else:
            stream.close()

    def on_close(self, server_conn: Any) -> None:
        """Count a connection no more."""
        super().on_close(server_conn)
        came = server_conn.context.remote_ip
        if not within(came, self.trusted):
            self.crowd.leave(came)


async def _refuse(stream: IOStream, secure: bool) -> None:
    """Hear what is asked, as a browser would not listen otherwise, and answer with a plain page."""
    with contextlib.suppress(StreamClosedError, TooLateError):
        asked = stream.read_bytes(65536, partial=True)
        await with_timeout(HEARD, asked, quiet_exceptions=StreamClosedError)
        told = stream.write(_answer(secure))
        await with_timeout(HEARD, told, quiet_exceptions=StreamClosedError)
    stream.close()


def _answer(secure: bool) -> bytes:
    """Return the refusal whole: no template, for it may be asked for very often."""
    why = REFUSALS["crowd"]
    lines = "".join(f"<p>{escape(line)}</p>" for line in why.lines)
    title = escape(why.heading)
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f'<main data-reason="crowd"><h1>{title}</h1>{lines}</main></html>'
    ).encode()
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": len(page),
        "Retry-After": why.wait,
        "Connection": "close",
        "Cache-Control": "no-store",
        "Content-Security-Policy": policy(),
        **safety(secure),
    }
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    first = f"HTTP/1.1 {why.status} {HTTPStatus(why.status).phrase}\r\n"
    return f"{first}{told}\r\n".encode() + page
