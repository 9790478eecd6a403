"""Many connections, and slow ones. Oracle: sockets held open from addresses of this machine."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from weakref import WeakSet

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine
from tornado.netutil import bind_sockets
from tornado.web import Application

from lodestar.access import Access
from lodestar.schema import resources
from lodestar.serve.address import Address, checked_address
from lodestar.serve.arrival import Arrival
from lodestar.serve.crowd import MOST_CONNECTIONS, CountingServer, Crowd
from lodestar.serve.front import Front
from lodestar.serve.handling import Guarded
from lodestar.serve.headers import SAFETY
from lodestar.serve.limits import CONNECTION_LIMITS
from lodestar.serve.site import Site
from lodestar.serve.verdict import Visit
from tests.support.clients import small_client
from tests.support.raw import REASON, Request, sent
from tests.support.server import Server, serving

LINE = RequestStartLine("POST", "/", "HTTP/1.1")
SLOW = b"GET /sign-in HTTP/1.1\r\nHost: "


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("clients")
    small_client(root, "acme")
    with serving(root, "acme") as running:
        yield running


def connected(port: int, address: str) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), 10, source_address=(address, 0))


def answered(connection: socket.socket, content: bytes = b"") -> bytes:
    """Return what comes until the end; a connection that was reset says nothing more."""
    parts = []
    with contextlib.suppress(OSError):
        connection.sendall(content)
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def test_one_address_is_told_to_wait_and_the_others_notice_nothing(server: Server) -> None:
    with contextlib.ExitStack() as open_:
        held = [
            open_.enter_context(connected(server.port, "127.0.0.2"))
            for _ in range(MOST_CONNECTIONS)
        ]
        for connection in held:
            connection.sendall(SLOW)
        assert b" 200 " in answered(connected(server.port, "127.0.0.1"), ask(server.port))
        raw = answered(connected(server.port, "127.0.0.2"), ask(server.port))
        head, _, body = raw.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 429 Too Many Requests\r\n")
        assert REASON.search(body)[1] == b"crowd"  # type: ignore[index]
        assert all(f"{name}: {value}".encode() in head for name, value in SAFETY.items())
        assert b"Retry-After: 30" in head
        assert server.ask("/sign-in")[0].status == 200
        silent = connected(server.port, "127.0.0.2")
        assert answered(silent) == b""
        assert not any("Traceback" in line for line in server.lines)
    end = time.monotonic() + 5
    while time.monotonic() < end:
        if b" 200 " in answered(connected(server.port, "127.0.0.2"), ask(server.port)):
            return
    raise AssertionError("those who left are still counted")


def ask(port: int) -> bytes:
    return Request("/sign-in").bytes(f"127.0.0.1:{port}")


class Quick:
    """A front in a thread, with the server's own limits but for their seconds."""

    def __init__(self, root: Path, most: int, *trusted: str) -> None:
        (sock,) = bind_sockets(0, "127.0.0.1")
        self.port, self.most = sock.getsockname()[1], most
        public = "https://board.example" if trusted else ""
        address = checked_address(port=self.port, public=public, trusted=trusted)
        self.sock, self.root = sock, root
        self.address: Address = address
        self.loop, self.ready = asyncio.new_event_loop(), threading.Event()
        self.thread = threading.Thread(target=self._serve, daemon=True)

    def _serve(self) -> None:
        asyncio.set_event_loop(self.loop)
        site = Site(resources.templates() / "voila" / "lodestar", ["acme"], "", self.root)
        self.front = Front(site, Access(self.root / ".access"), self.address)
        short = {"idle_connection_timeout": 0.4, "body_timeout": 0.4}
        limits = {**CONNECTION_LIMITS, **short, "trusted": self.address.trusted}
        self.server = CountingServer(self.front, most=self.most, **limits)
        self.server.add_sockets([self.sock])
        self.loop.call_soon(self.ready.set)
        self.loop.run_forever()

    def __enter__(self) -> Quick:
        self.thread.start()
        assert self.ready.wait(10)
        return self

    def wait_until(self, true: Callable[[], bool]) -> None:
        """Wait for the server's thread, which may be a step behind its answers."""
        end = time.monotonic() + 5
        while not true():
            assert time.monotonic() < end
            time.sleep(0.01)

    def __exit__(self, *_: object) -> None:
        async def close() -> None:
            self.server.stop()
            await self.server.close_all_connections()

        asyncio.run_coroutine_threadsafe(close(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET /",
        SLOW,
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nname",
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nname\r\n",
    ],
    ids=["nothing", "half a line", "half a head", "half a body", "half the chunks"],
)
def test_who_is_slow_is_dropped_and_makes_room(tmp_path: Path, begun: bytes) -> None:
    """Bytes that drip in win no time: the whole head, and the whole body, have one limit each."""
    small_client(tmp_path, "acme")
    with Quick(tmp_path, 3) as quick:
        held = [connected(quick.port, "127.0.0.2") for _ in range(3)]
        start = time.monotonic()
        for connection in held:
            connection.sendall(begun)
        while time.monotonic() - start < 5:
            for connection in held:
                with contextlib.suppress(OSError):
                    connection.sendall(b"a" if begun else b"")
            time.sleep(0.1)
            if not quick.server._connections:
                break
        assert not quick.server._connections
        assert time.monotonic() - start >= 0.4
        assert sent(quick.port, ask(quick.port)).status == 200
        for connection in held:
            connection.close()


def test_behind_a_proxy_those_whom_it_forwards_are_counted(tmp_path: Path) -> None:
    small_client(tmp_path, "acme")
    with Quick(tmp_path, 1, "127.0.0.0/8") as quick:
        held = [connected(quick.port, "127.0.0.1") for _ in range(5)]
        forwarded = (("Host", "board.example"), ("X-Forwarded-Proto", "https"))

        def status(address: str) -> tuple[int, str]:
            headers = (*forwarded, ("X-Forwarded-For", address))
            answer = sent(quick.port, Request("/sign-in", headers=headers).bytes("x"))
            return answer.status, answer.reason

        assert status("198.51.100.7")[0] == 200
        quick.wait_until(lambda: not quick.front.crowd._there)
        while quick.front.crowd.enter("198.51.100.7"):
            pass
        assert status("198.51.100.7") == (429, "crowd")
        assert status("198.51.100.8")[0] == 200
        quick.front.crowd.leave("198.51.100.7")
        assert status("198.51.100.7")[0] == 200
        for connection in held:
            connection.close()


def test_who_goes_in_the_middle_of_a_body_is_counted_no_more() -> None:
    """Oracle: a handler that nobody ever finishes."""
    crowd, came = Crowd(2), Arrival("198.51.100.7", "board.example", "https", True)
    front: Any = Application([])
    front.crowd, front.answering = crowd, WeakSet()
    front.address = Address(public="https://board.example")
    connection: Any = SimpleNamespace(set_close_callback=lambda callback: None)
    headers = HTTPHeaders({"Host": "board.example"})
    request: Any = HTTPServerRequest(start_line=LINE, headers=headers, connection=connection)
    request.visit = Visit(came)
    handler = Guarded(front, request)
    assert crowd._there == {"198.51.100.7": 1}
    handler.on_finish()
    assert crowd._there == {}
    handler = Guarded(front, request)
    assert crowd._there == {"198.51.100.7": 1}
    del handler
    gc.collect()
    assert crowd._there == {}


@given(st.lists(st.sampled_from(["192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", ""])))
def test_a_crowd_counts_each_network_by_itself(comings: list[str]) -> None:
    """Oracle: the list itself, counted; and nothing is kept of those who have gone."""
    crowd, place = Crowd(3), {"2001:db8::2": "2001:db8::1"}
    entered = [came for came in comings if crowd.enter(came)]
    for one in {place.get(came, came) for came in comings}:
        wanted = sum(place.get(came, came) == one for came in comings)
        assert sum(place.get(came, came) == one for came in entered) == min(3, wanted)
    for came in entered:
        crowd.leave(came)
    assert crowd._there == {}
