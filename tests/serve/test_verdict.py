"""The rules before every route. Oracle: requests written by hand, each with its one answer."""

from __future__ import annotations

from types import SimpleNamespace
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

from lodestar.access import Session
from lodestar.serve.address import Address, checked_address
from lodestar.serve.verdict import MOST_BYTES, Rules, segments

HOST = "127.0.0.1:8866"
SESSIONS = {
    "acme": Session("ana", "client", ("acme",), "", False),
    "all": Session("carl", "consultant", (), "", False),
    "some": Session("rita", "reviewer", ("bravo",), "", False),
}


class Visitor:
    """Somebody at the gate, by default with a session for acme."""

    def __init__(self, address: Address | None = None) -> None:
        self.address = address or Address(port=8866)
        self.used: list[bool] = []
        self.rules = Rules(self.address, self.session, ("acme", "bravo"), lambda: self.stopping)
        self.stopping = False

    def session(self, key: str, used: bool) -> Session | None:
        self.used.append(used)
        return SESSIONS.get(key)

    def refused(
        self, path: str, method: str = "GET", key: str = "acme", peer: str = "", **headers: str
    ) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = HTTPHeaders({"Host": HOST, **named})
        if key:
            sent["Cookie"] = f"{self.address.cookie}={key}"
        connection = HTTPConnection()
        context = SimpleNamespace(remote_ip=peer or "127.0.0.1", protocol="http")
        connection.context = context  # type: ignore[attr-defined]
        line = RequestStartLine(method, path, "HTTP/1.1")
        request = HTTPServerRequest(start_line=line, headers=sent, connection=connection)
        return self.rules.judge(request).refused


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/c/acme",
        "/c/acme/2026-Q4/02_level",
        "/c/acme/2026-Q4/02_level/what-if",
        "/assets/abc/tokens.css",
        "/alive",
        "/password",
    ],
)
def test_own_pages_pass(visitor: Visitor, path: str) -> None:
    assert visitor.refused(path) == ""


@pytest.mark.parametrize(
    "path",
    [
        "/c/bravo/2026-Q4/02_level",
        "/c/fresh/2026-Q4/02_level",
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
        "/api/kernels",
        "/api/contents",
        "/voila/files/acme/inputs/2026-Q4/responses.csv",
        "/voila/render/acme/w.ipynb",
        "/files/acme/engagement.yml",
        "/static/../../etc/passwd",
        "/login",
        "http://127.0.0.1:8866/",
    ],
)
def test_everything_else_is_not_there(visitor: Visitor, path: str) -> None:
    assert visitor.refused(path) == "no-page"


def test_without_a_session_only_the_ways_in_are_open(visitor: Visitor) -> None:
    for path in ("/enter?key=x", "/sign-in", "/oidc/start", "/assets/abc/page.css"):
        assert visitor.refused(path, key="") == ""
    for path in ("/", "/c/acme/2026-Q4/02_level", "/alive", "/voila/static/voila.js"):
        assert visitor.refused(path, key="") == "anonymous"
        assert visitor.refused(path, key="ended") == "signed-out"


def test_a_role_opens_what_it_may_see(visitor: Visitor) -> None:
    for client in ("acme", "bravo"):
        assert visitor.refused(f"/c/{client}", key="all") == ""
    assert visitor.refused("/c/elsewhere", key="all") == "no-page"
    assert visitor.refused("/c/bravo", key="some") == ""
    assert visitor.refused("/c/acme", key="some") == "no-page"
    assert visitor.refused("/clients") == "no-right"
    assert visitor.refused("/clients", key="all") == ""


def test_no_foreign_name_and_no_foreign_page_acts(visitor: Visitor) -> None:
    assert visitor.refused("/", Host="evil.example:8866") == "host"
    assert visitor.refused("/", Host=HOST.upper()) == ""
    act = "/sign-out"
    assert visitor.refused(act, "POST", Origin=f"http://{HOST}") == ""
    assert visitor.refused(act, "POST", Sec_Fetch_Site="same-origin") == ""
    for origin in ("http://evil.example", "null", f"https://{HOST}", f"http://{HOST}.evil", ""):
        assert visitor.refused(act, "POST", Origin=origin) == "origin"
        assert visitor.refused("/c/acme/live/x", Upgrade="websocket", Origin=origin) == "origin"
    assert visitor.refused(act, "POST") == "origin"
    other = {"Sec_Fetch_Site": "cross-site"}
    assert visitor.refused("/", Sec_Fetch_Mode="no-cors", **other) == "origin"
    assert visitor.refused("/", Sec_Fetch_Mode="navigate", **other) == ""


def test_what_is_odd_is_refused_by_its_own_name(visitor: Visitor) -> None:
    assert visitor.refused("/", "PUT") == "method"
    assert visitor.refused("/", "TRACE") == "method"
    own = {"Origin": f"http://{HOST}"}
    for length in (str(MOST_BYTES + 1), "-1", "1e9", "\u0661"):
        assert visitor.refused("/sign-in", "POST", Content_Length=length, **own) == "too-large"
    for query in ("template=lab", "a=1&THEME=dark", "%74heme=x", "template"):
        assert visitor.refused(f"/c/acme/2026-Q4/02_level?{query}") == "query"
    assert visitor.refused("/c/acme/2026-Q4/02_level?utm_source=mail") == ""


def test_a_server_that_stops_says_so(visitor: Visitor) -> None:
    visitor.stopping = True
    assert visitor.refused("/") == "restarting"
    assert visitor.refused("/sign-in", key="") == "restarting"
    assert visitor.refused("/assets/abc/page.css") == ""


def test_asking_whether_a_session_lasts_does_not_use_it(visitor: Visitor) -> None:
    visitor.refused("/alive")
    visitor.refused("/")
    assert visitor.used == [False, True]


def test_below_a_base_nothing_beside_it_is_there() -> None:
    visitor = Visitor(Address(port=8866, base="/lodestar/"))
    assert visitor.refused("/lodestar/c/acme") == ""
    assert visitor.refused("/lodestar/") == visitor.refused("/lodestar") == ""
    for path in ("/", "/c/acme", "/lodestarx/c/acme", "/x/lodestar/"):
        assert visitor.refused(path) == "no-page"


def test_behind_a_proxy_only_its_word_counts_and_only_https() -> None:
    address = checked_address("127.0.0.1", 8866, "", "https://board.example", ("10.0.0.2",))
    visitor = Visitor(address)
    sent = {"Host": "board.example", "X_Forwarded_Proto": "https"}
    assert visitor.refused("/", peer="10.0.0.2", **sent) == ""
    assert visitor.refused("/", peer="10.0.0.3", **sent) == "insecure"
    assert visitor.refused("/", peer="10.0.0.2", Host="board.example") == ""
    plain = {**sent, "X_Forwarded_Proto": "http"}
    assert visitor.refused("/", peer="10.0.0.2", **plain) == "insecure"
    inner = {"Host": "inner:8866", "X_Forwarded_Host": "board.example"}
    assert visitor.refused("/", peer="10.0.0.2", **inner) == ""
    assert visitor.refused("/", peer="10.0.0.3", **inner) == "host"
    own = {**sent, "Origin": "https://board.example"}
    assert visitor.refused("/sign-out", "POST", peer="10.0.0.2", **own) == ""


@given(st.lists(st.text(max_size=6), max_size=5))
def test_a_path_is_what_it_says_or_refused(parts: list[str]) -> None:
    """Whatever is quoted into a path comes back as the same segments, or not at all."""
    found = segments("/" + "/".join(quote(part, safe="") for part in parts))
    plain = all(
        p.isprintable() and not set(p) & set("/\\%") and not p.startswith(".") for p in parts
    )
    gaps = "" in parts[:-1]
    expected = (parts or [""]) if plain and not gaps else None
    assert found == expected
