"""Hundreds of requests that must get nothing, sent byte for byte to a real server.

Oracle: each request's own line in the table: status and reason; and what belongs to one client and
must stand in no answer to anybody else. A live what-if of acme's runs all the while.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import websocket

from lodestar.access import Access
from lodestar.provenance import find_run
from lodestar.schema import resources
from lodestar.serve.address import Address
from lodestar.serve.front import Front
from lodestar.serve.headers import SAFETY
from lodestar.serve.live import live_handlers
from lodestar.serve.oidc import Provider
from lodestar.serve.site import Site
from lodestar.workbook.carrying import carried_name
from tests.serve.attack_addresses import ENDPOINTS, addresses
from tests.serve.attack_identity import uninvited
from tests.serve.attack_model import KERNEL, Attack
from tests.serve.attack_pretences import pretences
from tests.support.clients import known_results, small_client, small_run, walk_of
from tests.support.raw import Answer, Request, sent
from tests.support.server import Server, serving

SECRET = b"a colleague's answer"
ATTACKS = [*addresses(), *pretences()]
OWNERS = {"acme": b"Acme plc", "bravo": b"Bravo plc"}
SEES = {"acme": "acme", "colleague": "acme", "bravo": "bravo"}


@dataclass
class Place:
    """A running server, who holds which cookie, and acme's kernel."""

    server: Server
    root: Path
    cookies: dict[str, str]
    tokens: dict[str, str]
    kernel: str = ""

    def send(self, who: str, request: Request) -> Answer:
        """Send a request as somebody, with the placeholders of the table filled in."""
        host = f"127.0.0.1:{self.server.port}"
        filled = {"HOST": host, KERNEL: self.kernel, **self.tokens}
        content = request.bytes("HOST", self.cookies.get(who, "")).decode("latin-1")
        length = len(content)
        for name, value in filled.items():
            content = content.replace(name, value)
        told = f"Content-Length: {len(request.body.encode())}\r\n"
        if length != len(content) and told in content:
            body = content.partition("\r\n\r\n")[2]
            content = content.replace(told, f"Content-Length: {len(body)}\r\n")
        return sent(self.server.port, content.encode("latin-1"))


def clients(root: Path) -> None:
    """Write two clients with published runs, each with words of its own, and secret inputs."""
    walk = walk_of(root.parent / "walk", **{"02_level": "good"})
    for client, name in OWNERS.items():
        folder = small_client(root, client, name.decode())
        (folder / "inputs" / "2026-Q4" / "secret.png").write_bytes(SECRET)
        with pytest.MonkeyPatch.context() as patch:
            known_results(patch, client_name=name.decode())
            small_run(root, walk, client)
        run = find_run(client, "", root)
        assert run is not None
        carried = run.folder / carried_name("02_level")
        carried.parent.mkdir(exist_ok=True)
        carried.write_bytes(b"{}")
    small_client(root, "fresh")


def sessions(root: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Open every kind of session; return their keys, and the tokens of two."""
    past = Access(root / ".access", clock=lambda: time.time() - 13 * 3600)
    keys = {"expired": past.enter(past.guest_link("acme"), "127.0.0.1") or ""}
    past.close()
    access = Access(root / ".access")
    for who, client in SEES.items():
        keys[who] = access.enter(access.guest_link(client), "127.0.0.1") or ""
    access.add("gone@example.com", "client", ["acme"])
    keys["revoked"] = access.enter(access.new_link("gone@example.com"), "127.0.0.1") or ""
    access.revoke("gone@example.com")
    keys["guesser"] = secrets.token_urlsafe(32)
    found = {who: access.session(key, used=False) for who, key in keys.items()}
    tokens = {"TOKEN": found["acme"].csrf, "BORROWED": found["bravo"].csrf}  # type: ignore[union-attr]
    assert [who for who, session in found.items() if session] == ["acme", "colleague", "bravo"]
    access.close()
    return keys, tokens


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    root = tmp_path_factory.mktemp("clients")
    clients(root)
    keys, tokens = sessions(root)
    with serving(root, "acme", "bravo") as server:
        cookies = {who: f"lodestar-{server.port}={key}" for who, key in keys.items()}
        found = Place(server, root, cookies, tokens)
        with living(found):
            yield found


class living:  # noqa: N801
    """Hold a live what-if of acme's open, as its page does."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def __enter__(self) -> None:
        page = self.place.send("acme", Request("/c/acme/2026-Q4/02_level/what-if"))
        found = re.search(rb'"kernelId": ?"([0-9a-f-]{36})"', page.raw)
        assert found is not None, page.raw[:2000]
        self.place.kernel = found[1].decode()
        port, cookie = self.place.server.port, self.place.cookies["acme"]
        path = f"/c/acme/live/api/kernels/{self.place.kernel}/channels"
        origin = f"http://127.0.0.1:{port}"
        self.socket = websocket.create_connection(
            f"ws://127.0.0.1:{port}{path}", origin=origin, cookie=cookie, timeout=None
        )
        self.thread = threading.Thread(target=self._hear, daemon=True)
        self.thread.start()

    def _hear(self) -> None:
        try:
            while self.socket.recv_frame():
                pass
        except (OSError, websocket.WebSocketException):
            return

    def __exit__(self, *_: object) -> None:
        self.socket.close()


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name for attack in ATTACKS])
def test_gets_nothing_but_its_reason(place: Place, attack: Attack) -> None:
    answer = place.send(attack.who, attack.request)
    assert (answer.status, answer.reason) == attack.expected, answer.raw[:600]
    holds_nothing(place, attack.who, answer)


def holds_nothing(place: Place, who: str, answer: Answer) -> None:
    """Hold an answer to what none may contain, and to the headers that each page carries."""
    own = OWNERS.get(SEES.get(who, ""), b"")
    for words in [name for name in OWNERS.values() if name != own] + [SECRET, b"Traceback"]:
        assert words not in answer.raw
    assert str(place.root).encode() not in answer.raw
    assert answer.raw.count(b"HTTP/1.1 ") <= 1
    assert "server" not in answer.headers
    assert "x-injected" not in answer.headers
    if answer.body:
        assert {name: answer.headers[name.lower()] for name in SAFETY} == SAFETY
        assert answer.headers["cache-control"] == "no-store"
        assert "script-src 'self';" in answer.headers["content-security-policy"]


def test_the_table_is_long_and_every_line_of_it_differs() -> None:
    assert len(ATTACKS) >= 300
    assert len({(attack.who, attack.request) for attack in ATTACKS}) == len(ATTACKS)
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)


def test_every_rule_of_the_server_is_attacked(tmp_path: Path) -> None:
    """A route that nobody attacks is one that nobody has thought about."""
    site = Site(resources.templates() / "voila" / "lodestar", ["acme"], "", tmp_path)
    live = live_handlers(site, SimpleNamespace(front_end=None))  # type: ignore[arg-type]
    provider = Provider(None, "x")  # type: ignore[arg-type]
    front = Front(site, Access(tmp_path / ".access"), Address(port=1), live, None, provider)
    rules = [rule.matcher.regex for rule in front.wildcard_router.rules[1:]]
    paths = {attack.request.target.partition("?")[0] for attack in [*ATTACKS, *uninvited()]}
    alone = [rule.pattern for rule in rules if not any(rule.match(path) for path in paths)]
    assert alone == []
    assert len(rules) >= len(ENDPOINTS)


def test_other_peoples_headers_change_nothing(place: Place) -> None:
    """What a proxy would be believed is nothing from a visitor: the record has the real address."""
    spoofed = (("X-Forwarded-For", "10.9.9.9"), ("X-Original-URL", "/c/bravo"))
    answer = place.send("acme", Request("/alive", headers=spoofed))
    assert answer.status == 204
    place.send("acme", Request("/c/bravo/spoofed", headers=spoofed))
    assert "10.9.9.9" not in (place.root / ".access" / "audit.jsonl").read_text()


def test_a_spent_link_and_the_key_of_a_session_open_nothing(place: Place) -> None:
    access = Access(place.root / ".access")
    link = access.guest_link("acme")
    access.enter(link, "127.0.0.1")
    late = Access(place.root / ".access").guest_link("acme", hours=0.0)
    for key in (link, late, place.cookies["bravo"].partition("=")[2], link[:-1], link.swapcase()):
        base = f"http://127.0.0.1:{place.server.port}"
        assert place.server.enter(f"{base}/enter?key={key}").status == 403
    access.close()


def test_a_key_is_taken_from_its_cookie_alone(place: Place) -> None:
    name, _, key = place.cookies["acme"].partition("=")
    page = "/c/acme/2026-Q4/02_level"
    for request in (
        Request(f"{page}?{name}={key}"),
        Request(page, headers=(("Authorization", f"Bearer {key}"),)),
        Request(page, headers=(("Cookie", f"lodestar={key}; session={key}"),)),
        Request(page, headers=(("Cookie", f'{name}="{key}x"'),)),
        Request(page, headers=(("X-Cookie", f"{name}={key}"),)),
    ):
        answer = place.send("anonymous", request)
        assert answer.status == 403
        holds_nothing(place, "anonymous", answer)


def test_a_session_is_never_one_that_the_visitor_chose(place: Place) -> None:
    """Fixation: what a browser brings along does not become the session's key."""
    access = Access(place.root / ".access")
    chosen = f"lodestar-{place.server.port}={'A' * 43}"
    base = f"http://127.0.0.1:{place.server.port}"
    reply, page = place.server.ask(f"/enter?key={access.guest_link('acme')}", chosen)
    assert reply.status == 200
    cookies = f"{chosen}; {str(reply.headers['Set-Cookie']).split(';')[0]}"
    token = re.search(r'name="token" value="(\w+)"', page.decode())
    key = re.search(r'name="key" value="([\w-]+)"', page.decode())
    assert token
    assert key
    reply, _ = place.server.post("/enter", cookies, token=token[1], key=key[1])
    assert reply.status == 303
    assert reply.headers["Location"] == "/"
    assert "A" * 43 not in str(reply.headers["Set-Cookie"])
    assert place.server.ask("/", chosen, Origin=base)[0].status == 403
    access.close()


def test_after_all_this_the_kernel_lives_and_its_own_page_may_ask(place: Place) -> None:
    own = Request(f"/c/acme/live/api/kernels/{KERNEL}")
    assert place.send("acme", own).status == 200
    assert place.send("acme", replace(own, target="/c/acme/2026-Q4/02_level")).status == 200
