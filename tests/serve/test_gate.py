"""The gate's rule on paths. Oracle: paths written by hand, each meaning one thing or refused."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPServerRequest,
    RequestStartLine,
)

from lodestar.serve.gate import Gate, segments
from lodestar.serve.sessions import Sessions

KERNEL = "0a1b2c3d-0000-4000-8000-0123456789ab"
OTHERS = "ffffffff-0000-4000-8000-0123456789ab"
HOST = "127.0.0.1:8866"


class Visitor:
    """Somebody at the gate with a session for acme."""

    def __init__(self) -> None:
        sessions = Sessions()
        self.cookie = sessions.enter(sessions.new_link("acme")) or ""
        owners = {KERNEL: "acme", OTHERS: "bravo"}
        self.gate = Gate(sessions, lambda: owners, lambda: {HOST}, lambda: "lodestar-8866")

    def verdict(
        self, path: str, method: str = "GET", signed_in: bool = True, **headers: str
    ) -> int:
        sent = HTTPHeaders({"Host": HOST, **headers})
        if signed_in:
            sent["Cookie"] = f"lodestar-8866={self.cookie}"
        connection = HTTPConnection()
        connection.context = None  # type: ignore[attr-defined]
        line = RequestStartLine(method, path, "HTTP/1.1")
        request = HTTPServerRequest(start_line=line, headers=sent, connection=connection)
        return self.gate.verdict(request)


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/c/acme/2026-Q4/02_level",
        "/c/acme/2026-Q4/02_level/what-if",
        "/assets/abc/tokens.css",
        f"/api/kernels/{KERNEL}",
        f"/api/kernels/{KERNEL}/channels",
        "/voila/static/voila.js",
        "/voila/labextensions/@jupyter-widgets/jupyterlab-manager/package.json",
    ],
)
def test_own_pages_pass(visitor: Visitor, path: str) -> None:
    assert visitor.verdict(path) == 200


@pytest.mark.parametrize(
    "path",
    [
        "/c/bravo/2026-Q4/02_level",
        "/c/acme/../bravo/2026-Q4/02_level",
        "/c/acme/%2e%2e/bravo/2026-Q4/02_level",
        "/c//bravo/2026-Q4/02_level",
        "//c/bravo",
        "/c/acme%2f..%2fbravo/2026-Q4/02_level",
        "/c/acme\\..\\bravo",
        "/c/acme/%5c..%5cbravo",
        "/c/acme/2026-Q4/%252e%252e",
        "/c/acme/2026-Q4/02_level%00",
        "/C/acme/2026-Q4/02_level",
        "/c",
        f"/api/kernels/{OTHERS}",
        f"/api/kernels/{OTHERS}/channels",
        f"/voila/api/shutdown/{OTHERS}",
        "/api/kernels",
        f"/api/kernels/{KERNEL}/../{OTHERS}",
        "/api/contents",
        "/voila/files/acme/inputs/2026-Q4/responses.csv",
        "/voila/render/acme/w.ipynb",
        "/voila/tree",
        "/voila/api/contents/acme",
        f"/voila/query/{KERNEL}",
        f"/voila/execution/{KERNEL}",
        "/files/acme/engagement.yml",
        "/static/../../etc/passwd",
        "/voila/static/../../../etc/passwd",
        "/login",
    ],
)
def test_everything_else_is_not_there(visitor: Visitor, path: str) -> None:
    assert visitor.verdict(path) == 404


def test_without_a_session_only_the_way_in_is_open(visitor: Visitor) -> None:
    assert visitor.verdict("/enter?key=x", signed_in=False) == 200
    assert visitor.verdict("/assets/abc/page.css", signed_in=False) == 200
    for path in (
        "/",
        "/c/acme/2026-Q4/02_level",
        "/voila/static/voila.js",
        f"/api/kernels/{KERNEL}",
    ):
        assert visitor.verdict(path, signed_in=False) == 403


def test_no_foreign_name_and_no_foreign_page_acts(visitor: Visitor) -> None:
    shutdown = f"/voila/api/shutdown/{KERNEL}"
    assert visitor.verdict("/", Host="evil.example:8866") == 404
    assert visitor.verdict(shutdown, "POST", Origin=f"http://{HOST}") == 200
    assert visitor.verdict(shutdown, "POST", Origin="http://evil.example") == 404
    socket = f"/api/kernels/{KERNEL}/channels"
    assert visitor.verdict(socket, Upgrade="websocket", Origin="null") == 404


@given(st.lists(st.text(max_size=6), max_size=5))
def test_a_path_is_what_it_says_or_refused(parts: list[str]) -> None:
    """Whatever is quoted into a path comes back as the same segments, or not at all."""
    found = segments("/" + "/".join(quote(part, safe="") for part in parts))
    plain = all(
        p.isprintable() and not set(p) & set("/\\%") and p not in (".", "..") for p in parts
    )
    gaps = "" in parts[:-1]
    expected = (parts or [""]) if plain and not gaps else None
    assert found == expected
