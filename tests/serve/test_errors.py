"""Faults and refusals as pages. Oracle: every handler made to fail; the log beside the page."""

from __future__ import annotations

import asyncio
import logging
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from lodestar.access import Access
from lodestar.schema import resources
from lodestar.serve.address import Address
from lodestar.serve.front import Front
from lodestar.serve.handling import Guarded
from lodestar.serve.headers import SAFETY
from lodestar.serve.live import live_handlers
from lodestar.serve.refusals import REFUSALS, in_words
from lodestar.serve.site import Site
from tests.serve.attack_addresses import ENDPOINTS
from tests.support.clients import small_client

PATHS = (*ENDPOINTS, "/assets/x/page.css", "/enter?key=abc", "/sign-in", "/sign-out")
DETAIL = "a detail of the inside"


class Running:
    """A front on a port of its own, asked within one event loop."""

    def __init__(self, root: Path, **address: Any) -> None:
        self.root, self.address = root, address

    def ask(self, path: str, change: Any = None, **options: Any) -> HTTPResponse:
        """Start it, change it, ask it once, stop it."""
        return asyncio.run(self._ask(path, change, options))

    async def _ask(self, path: str, change: Any, options: dict[str, Any]) -> HTTPResponse:
        sockets = bind_sockets(0, "127.0.0.1")
        front = self.front(sockets[0].getsockname()[1])
        server = HTTPServer(front)
        server.add_sockets(sockets)
        key = front.access.enter(front.access.guest_link("acme"), "127.0.0.1")
        if change:
            change(front)
        headers = {"Cookie": f"{front.address.cookie}={key}", **options.pop("headers", {})}
        url = f"http://127.0.0.1:{front.address.port}{path}"
        try:
            client = AsyncHTTPClient(force_instance=True)
            given = {"raise_error": False, "follow_redirects": False, "headers": headers}
            return await client.fetch(url, **{**given, **options})
        finally:
            server.stop()
            front.access.close()

    def front(self, port: int) -> Front:
        """Return an application with every route."""
        address = Address(port=port, **self.address)
        template = resources.templates() / "voila" / "lodestar"
        site = Site(template, ["acme"], "", self.root, address.base)
        live = live_handlers(site, SimpleNamespace(front_end=None), address.base)  # type: ignore[arg-type]
        return Front(site, Access(self.root / ".access"), address, live)


@pytest.fixture
def running(tmp_path: Path) -> Running:
    small_client(tmp_path, "acme", "Acme plc")
    return Running(tmp_path)


def fails(*_: Any, **__: Any) -> None:
    raise RuntimeError(DETAIL)


@pytest.mark.parametrize("path", PATHS)
def test_a_fault_is_a_page_with_a_number_and_nothing_of_the_inside(
    running: Running,
    path: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    front = running.front(1)
    plain = path.partition("?")[0]
    rules = front.wildcard_router.rules[1:]
    found = next(rule for rule in rules if rule.matcher.regex.match(plain))
    monkeypatch.setattr(found.target, "prepare", fails)
    with caplog.at_level(logging.ERROR):
        reply = running.ask(path)
    body = reply.body.decode()
    assert reply.code == 500
    assert 'data-reason="fault"' in body
    number = re.search(r"<code>([0-9a-f]{8})</code>", body)
    assert number
    assert DETAIL not in body
    assert "Traceback" not in body
    assert f"Fault {number[1]} at GET {plain}" in caplog.text
    assert DETAIL in caplog.text
    assert "key=abc" not in caplog.text
    assert {name: reply.headers[name] for name in SAFETY} == SAFETY


def test_every_handler_fails_in_the_same_calm_way(running: Running) -> None:
    for rule in running.front(1).wildcard_router.rules:
        assert issubclass(rule.target, Guarded)
        assert rule.target.log_exception is Guarded.log_exception


def test_a_server_that_stops_asks_to_come_again(running: Running) -> None:
    def stop(front: Front) -> None:
        front.stopping = True

    for path in ("/", "/c/acme", "/sign-in", "/alive"):
        reply = running.ask(path, stop)
        assert (reply.code, reply.headers["Retry-After"]) == (503, "5")
        assert "The server is restarting." in reply.body.decode()
    assert running.ask("/assets/x/enter.js", stop).code == 200


def test_what_is_missing_is_told_with_a_next_step(running: Running) -> None:
    reply = running.ask("/c/acme")
    assert "lodestar run acme" in reply.body.decode()
    reply = running.ask("/c/acme/2026-Q4/02_level")
    assert (reply.code, "lodestar run acme" in reply.body.decode()) == (404, True)
    assert "To your pages" in running.ask("/nothing").body.decode()
    reply = running.ask("/", method="DELETE", headers={"Origin": "http://127.0.0.1:1"})
    assert reply.code == 403


def test_a_page_is_asked_for_by_head_too(running: Running) -> None:
    reply = running.ask("/c/acme", method="HEAD")
    assert (reply.code, reply.body) == (200, b"")
    assert int(reply.headers["Content-Length"]) > 0


def test_every_reason_is_a_sentence_and_a_step() -> None:
    for reason, refusal in REFUSALS.items():
        assert refusal.heading.endswith("."), reason
        assert refusal.lines, reason
        assert all(line[0].isupper() and line[-1] in ".:" for line in refusal.lines), reason
        assert 400 <= refusal.status < 600
        assert (refusal.wait > 0) == (refusal.status in (429, 503) or reason == "provider"), reason


def test_a_wait_is_never_told_shorter_than_it_is() -> None:
    for seconds in (0.1, 1, 59, 59.5, 60, 61, 119, 120.1, 3601):
        count, unit = in_words(seconds).split()
        told = int(count) * (60 if unit.startswith("minute") else 1)
        assert seconds <= told < seconds + 60


def test_below_a_base_every_link_leads_below_it(tmp_path: Path) -> None:
    small_client(tmp_path, "acme", "Acme plc")
    running = Running(tmp_path, base="/lodestar/")
    page = running.ask("/lodestar/c/acme").body.decode()
    addresses = re.findall(r'(?:href|src|action|data-vega)="([^"]*)"', page)
    assert addresses
    assert all(one.startswith(("/lodestar/", "data:", "#")) for one in addresses), addresses
    assert running.ask("/c/acme").code == 404
    assert running.ask("/lodestar/assets/x/enter.js").code == 200
