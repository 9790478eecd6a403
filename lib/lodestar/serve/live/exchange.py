"""One request to a live process and its answer, both in pieces and neither faster than taken."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

from tornado.http1connection import HTTP1Connection, HTTP1ConnectionParameters
from tornado.httputil import (
    HTTPHeaders,
    HTTPMessageDelegate,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.iostream import IOStream, StreamClosedError
from tornado.netutil import Resolver
from tornado.web import RequestHandler

__all__ = ["Door", "Exchange", "NoAnswerError"]

PIECE = 1 << 16
"""Bytes of a body that are held at a time."""

LONGEST_ANSWER = 64 << 20
PATIENCE = 90.0
"""Seconds until the first word of an answer; a kernel starts in that time."""

SENT_ON = ("Accept", "Accept-Language", "Content-Type", "Content-Length", "If-None-Match")
"""What of a browser's headers reaches a live process: no cookie, no address, no token."""

SENT_BACK = ("Content-Type", "Content-Length", "Content-Encoding", "Cache-Control", "Etag", "Vary")
"""What of an answer's headers reaches a browser: no cookie, no other address, nothing by hop."""


class NoAnswerError(Exception):
    """The live process gave no answer, or none that may be passed on."""


class Door(Resolver):
    """Finds the private socket of a live process under any name.

    Parameters
    ----------
    path : Path
        The socket.
    """

    def initialize(self, path: Path) -> None:  # type: ignore[override]
        """Keep the path."""
        self.path = path

    async def resolve(self, host: str, port: int, family: Any = 0) -> list[tuple[int, Any]]:
        """Return the socket's address."""
        return [(int(socket.AF_UNIX), str(self.path))]


class Exchange(HTTPMessageDelegate):
    """A request that is passed on and an answer that is passed back.

    Parameters
    ----------
    connection : HTTP1Connection
        To the live process.
    handler : RequestHandler
        Whose browser gets the answer.
    """

    def __init__(self, connection: HTTP1Connection, handler: RequestHandler) -> None:
        self._connection, self._handler = connection, handler
        self._answered = self._whole = False

    @classmethod
    async def begin(
        cls, door: Path, target: str, handler: RequestHandler, token: dict[str, str]
    ) -> Exchange:
        """Connect and send a request's head.

        Parameters
        ----------
        door : Path
            The live process's socket.
        target : str
            Path and query.
        handler : RequestHandler
            Whose request it is.
        token : dict
            Header that the live process asks for.

        Raises
        ------
        NoAnswerError
            Nobody listens.
        """
        stream = IOStream(socket.socket(socket.AF_UNIX), read_chunk_size=PIECE)
        try:
            await stream.connect(str(door))  # type: ignore[arg-type]
        except OSError as error:
            raise NoAnswerError(str(error)) from None
        limits = HTTP1ConnectionParameters(
            chunk_size=PIECE, header_timeout=PATIENCE, max_body_size=LONGEST_ANSWER
        )
        connection = HTTP1Connection(stream, is_client=True, params=limits)
        asked = handler.request.headers
        headers = {name: asked[name] for name in SENT_ON if name in asked}
        head = HTTPHeaders({**headers, **token, "Host": "live", "Connection": "close"})
        method = str(handler.request.method)
        await connection.write_headers(RequestStartLine(method, target, ""), head)
        return cls(connection, handler)

    async def send(self, piece: bytes) -> None:
        """Pass a piece of the request's body on, as soon as the one before was taken."""
        await self._connection.write(piece)

    async def answer(self) -> None:
        """Pass the answer back.

        Raises
        ------
        NoAnswerError
            None came, or none that may be passed on, and the browser has heard nothing yet.
        """
        self._connection.finish()
        # That the browser has gone meanwhile ends the exchange; nobody is there to be told.
        with contextlib.suppress(StreamClosedError):
            await self._connection.read_response(self)
        if not self._answered:
            raise NoAnswerError("no answer came")
        if not self._whole and not self._handler._finished:
            # Half an answer must not pass for a whole one.
            self._handler.request.connection.close()  # type: ignore[union-attr]

    def close(self) -> None:
        """End the exchange; whoever answers is told by that."""
        self._connection.close()

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        """Begin the answer; an answer that leads elsewhere is none."""
        status = int(start_line.code)  # type: ignore[union-attr]
        if status in (301, 302, 303, 307, 308) or status == 101 or status >= 500:
            self._connection.close()
            return None
        self._answered = True
        self._handler.set_status(status)
        for name in SENT_BACK:
            if name in headers:
                self._handler.set_header(name, headers[name])
        return None

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        """Pass a piece back; the next is read when the browser has taken this one."""
        return self._pass_back(chunk) if self._answered else None

    async def _pass_back(self, piece: bytes) -> None:
        try:
            self._handler.write(piece)
            await self._handler.flush()
        except (StreamClosedError, RuntimeError):
            # The browser has gone; whoever answers learns it in turn.
            self._connection.close()

    def finish(self) -> None:
        """Note that the answer is whole."""
        self._whole = self._answered
