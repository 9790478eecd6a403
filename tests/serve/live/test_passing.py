"""The way through the front. Oracle: what was sent, byte by byte, between two real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tornado.httpclient import HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.netutil import bind_sockets, bind_unix_socket
from tornado.routing import Matcher
from tornado.web import Application, RequestHandler, stream_request_body
from tornado.websocket import WebSocketHandler, websocket_connect

from lodestar.access import Session
from lodestar.serve.arrival import Arrival
from lodestar.serve.live.admission import Copy
from lodestar.serve.live.channels import FROM_BROWSER
from lodestar.serve.live.names import LOST
from lodestar.serve.live.routes import live_handlers
from lodestar.serve.verdict import Visit

KERNEL = "0a1b2c3d-0000-4000-8000-0123456789ab"
MEGABYTE = 1 << 20
PROTOCOL = "v1.kernel.websocket.jupyter.org"
HEADERS = {"Set-Cookie": "voila=1", "X-Other": "1", "Content-Type": "text/plain"}


class Echo(WebSocketHandler):
    """Says back what it hears, and what it was sent at first when asked."""

    def check_origin(self, origin: str) -> bool:
        return True

    def select_subprotocol(self, offered: list[str]) -> str | None:
        return PROTOCOL if PROTOCOL in offered else None

    async def on_message(self, message: str | bytes) -> None:
        if message == "headers":
            message = ",".join(sorted(self.request.headers))
        if message == "bye":
            self.close(4410, "gone")
            return
        await self.write_message(message, isinstance(message, bytes))


class Large(RequestHandler):
    """Sends more than anybody would hold, as far as it is taken."""

    sent = 0

    async def get(self, kernel: str) -> None:
        for name, text in HEADERS.items():
            self.set_header(name, text)
        for _ in range(40):
            self.write(b"x" * MEGABYTE)
            await self.flush()
            Large.sent += MEGABYTE


class Elsewhere(RequestHandler):
    """Leads out."""

    def get(self, kernel: str) -> None:
        self.redirect("http://evil.example/")


@stream_request_body
class Taker(RequestHandler):
    """Counts what a page sends with its last word."""

    taken = 0

    def data_received(self, chunk: bytes) -> None:
        Taker.taken += len(chunk)

    def post(self, kernel: str) -> None:
        self.set_status(204)


class Upstreams:
    """One live process that this test plays."""

    def __init__(self, door: Path) -> None:
        self.copy = Copy(KERNEL, "acme", "me", 0.0)
        self.live = SimpleNamespace(
            door=door, base="/c/acme/live/", token={"X-Lodestar-Token": "t"}
        )
        self.admission = SimpleNamespace(clock=lambda: 1.0, leave=lambda kernel: None)
        self.front_end = None

    def find(self, client: str, kernel: str, session: str) -> Any:
        return self.live, self.copy

    def asked(self, copy: Copy) -> None:
        pass

    def connected(self, copy: Copy, page: Any) -> None:
        copy.sockets.add(page)

    def disconnected(self, copy: Copy, page: Any = None) -> None:
        copy.sockets.discard(page)

    def end(self, copy: Copy) -> None:
        pass


class Let(Matcher):
    """Stands for the gate: everybody is somebody."""

    def match(self, request: HTTPServerRequest) -> None:
        session = Session("me", "client", ("acme",), "", link=True, id="me")
        arrival = Arrival("127.0.0.1", request.host, "http")
        request.visit = Visit(arrival, ("c",), session)  # type: ignore[attr-defined]


class Before(Application):
    """A front with nothing but the way to live processes."""

    def __init__(self, upstreams: Upstreams) -> None:
        self.answering: set[Any] = set()
        self.address = SimpleNamespace(secure=False, cookie="c")
        self.words = SimpleNamespace(refusal=lambda reason, *given, **named: reason)
        rules = live_handlers(SimpleNamespace(), upstreams)  # type: ignore[arg-type]
        super().__init__([(Let(), RequestHandler), *rules])

    def note_refusal(self, *given: Any) -> None:
        """Write nothing down."""


@asynccontextmanager
async def front(kernels: Any) -> AsyncIterator[tuple[int, Upstreams]]:
    """Run a front before a process that answers for kernels as told."""
    with tempfile.TemporaryDirectory() as folder:
        door, base = Path(folder) / "d", "/c/acme/live/"
        behind = HTTPServer(
            Application(
                [
                    (rf"{base}api/kernels/([^/]+)/channels", Echo),
                    (rf"{base}api/kernels/([^/]+)", kernels),
                    (rf"{base}voila/api/shutdown/([^/]+)", Taker),
                ]
            )
        )
        behind.add_socket(bind_unix_socket(str(door)))
        upstreams = Upstreams(door)
        server, sockets = HTTPServer(Before(upstreams)), bind_sockets(0, "127.0.0.1")
        server.add_sockets(sockets)
        try:
            yield sockets[0].getsockname()[1], upstreams
        finally:
            server.stop()
            behind.stop()


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run in a thread of its own: browser tests of the same worker keep a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asyncio.wait_for(work, 60)).result()


@asynccontextmanager
async def asked(port: int, head: str, body: bytes = b"") -> AsyncIterator[asyncio.StreamReader]:
    """Send a request and leave it to the test how fast its answer is read."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 16)
    writer.write(f"{head} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n".encode())
    writer.write(b"Cookie: secret=1\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    try:
        yield reader
    finally:
        writer.close()


def test_a_large_answer_is_passed_on_no_faster_than_it_is_taken() -> None:
    """While the browser reads nothing, the front takes little more than the sockets hold."""

    async def work() -> tuple[int, bytes, int]:
        Large.sent = 0
        target = f"GET /c/acme/live/api/kernels/{KERNEL}"
        async with front(Large) as (port, _), asked(port, target) as reader:
            await asyncio.sleep(1.0)
            held = Large.sent
            whole = await reader.read(-1)
            return held, whole, Large.sent

    held, whole, sent = run(work())
    assert held <= 16 * MEGABYTE
    assert sent == 40 * MEGABYTE
    head, _, body = whole.partition(b"\r\n\r\n")
    assert body.count(b"x") == sent
    assert b"Set-Cookie" not in head
    assert b"X-Other" not in head
    assert b"Content-Type: text/plain" in head


def test_an_answer_that_leads_elsewhere_is_none() -> None:
    async def work() -> bytes:
        target = f"GET /c/acme/live/api/kernels/{KERNEL}"
        async with front(Elsewhere) as (port, _), asked(port, target) as reader:
            return await reader.read()

    answer = run(work())
    assert answer.startswith(b"HTTP/1.1 502")
    assert b"evil" not in answer


@pytest.mark.parametrize("length", [0, 1, 60_000])
def test_a_last_word_is_passed_on_whole(length: int) -> None:
    async def work() -> bytes:
        Taker.taken = 0
        target = f"POST /c/acme/live/voila/api/shutdown/{KERNEL}"
        async with front(Large) as (port, _), asked(port, target, b"y" * length) as reader:
            return await reader.read()

    assert run(work()).startswith(b"HTTP/1.1 204")
    assert Taker.taken == length


def test_a_last_word_that_never_ends_is_not_heard_to_the_end() -> None:
    async def work() -> bytes:
        Taker.taken = 0
        target = f"POST /c/acme/live/voila/api/shutdown/{KERNEL}"
        async with front(Large) as (port, _), asked(port, target, b"y" * MEGABYTE) as reader:
            with contextlib.suppress(ConnectionError):
                return await reader.read()
            return b""

    assert not run(work()).startswith(b"HTTP/1.1 204")
    assert Taker.taken < MEGABYTE


@asynccontextmanager
async def page(port: int, **more: Any) -> AsyncIterator[Any]:
    url = f"ws://127.0.0.1:{port}/c/acme/live/api/kernels/{KERNEL}/channels"
    request = HTTPRequest(url, headers={"Origin": f"http://127.0.0.1:{port}", "Cookie": "secret=1"})
    connection = await websocket_connect(request, subprotocols=[PROTOCOL, "other"], **more)
    try:
        yield connection
    finally:
        connection.close()


def test_messages_come_back_as_they_were_sent() -> None:
    """Text and bytes of any length, many at once and in order; nothing of the browser's beside."""
    sent = ["", "a", "é" * 70_000, b"", b"\x00\xff" * 3, b"z" * 3_000_000] + [
        str(n) for n in range(200)
    ]

    async def work() -> list[Any]:
        async with front(Large) as (port, _), page(port) as connection:
            assert connection.selected_subprotocol == PROTOCOL
            talk = asyncio.ensure_future(_all(connection, [*sent, "headers"]))
            heard = [await connection.read_message() for _ in range(len(sent) + 1)]
            await talk
            return heard

    *echoed, headers = run(work())
    assert echoed == sent
    assert "X-Lodestar-Token" in headers
    assert not {"Cookie", "Origin"} & set(headers.split(","))


async def _all(connection: Any, messages: list[Any]) -> None:
    for message in messages:
        await connection.write_message(message, isinstance(message, bytes))


@pytest.mark.parametrize(
    ("last", "code"), [("bye", LOST), (b"z" * (FROM_BROWSER + 1), 1009)], ids=["closed", "too long"]
)
def test_a_connection_ends_with_its_reason(last: str | bytes, code: int) -> None:
    async def work() -> tuple[Any, int, int]:
        async with front(Large) as (port, upstreams), page(port) as connection:
            await connection.write_message("first")
            assert await connection.read_message() == "first"
            with contextlib.suppress(Exception):
                await connection.write_message(last, isinstance(last, bytes))
            ended = await connection.read_message()
            await asyncio.sleep(0.2)
            return ended, connection.close_code, len(upstreams.copy.sockets)

    assert run(work()) == (None, code, 0)
