"""Signing out where people signed in. Oracle: a provider on loopback that ends its own session."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from lodestar.access import Access
from lodestar.serve.oidc_out import Departures
from lodestar.serve.refusals import RefusedError
from tests.support.clients import small_client
from tests.support.openid import CLIENT, openid
from tests.support.raw import REASON
from tests.support.server import serving, session_cookie
from tests.support.signing_on import Place, place_with_provider, sent_to, settings_file

ONWARD = re.compile(r'http-equiv="refresh" content="1; url=([^"]+)"')


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with place_with_provider(tmp_path_factory.mktemp("clients")) as running:
        yield running


def signed_out(place: Place, cookie: str, token: str) -> tuple[str, str]:
    """Sign out; return the page and the cookie that the browser leaves with."""
    reply, page = place.server.post("/sign-out", cookie, token=token)
    assert reply.status == 200
    assert place.server.ask("/c/acme", cookie)[0].status == 403
    kept = [str(line).split(";")[0] for line in reply.headers.get_all("Set-Cookie") or ()]
    return page.decode(), next((line for line in kept if "-oidc=" in line), "")


@pytest.fixture
def leaving(place: Place, tmp_path: Path) -> tuple[str, str]:
    """Return the way out of somebody who came through the provider, and their browser's cookie."""
    cookie = place.inside()
    store = Access(place.root / ".access")
    session = store.session(cookie.partition("=")[2], used=False)
    store.close()
    assert session is not None
    page, left = signed_out(place, cookie, session.csrf)
    way = ONWARD.search(page)
    assert way is not None
    assert f'href="{way[1]}"' in page
    return unescape(way[1]), left


def test_whoever_came_through_the_provider_is_signed_out_there_too(
    place: Place, leaving: tuple[str, str]
) -> None:
    way, cookie = leaving
    assert place.provider.inside
    asked = {name: values[0] for name, values in parse_qs(urlsplit(way).query).items()}
    assert way.startswith(f"{place.provider.issuer}/leave?")
    assert asked["client_id"] == CLIENT
    assert asked["post_logout_redirect_uri"] == f"{place.server.base}/oidc/left"
    assert len(asked["state"]) >= 43
    back = sent_to(way)
    assert not place.provider.inside
    reply, page = place.server.ask(back.removeprefix(place.server.base), cookie)
    assert (reply.status, REASON.search(page)[1]) == (200, b"out")  # type: ignore[index]
    assert "You are signed out, here and at 127.0.0.1." in page.decode()


@pytest.mark.parametrize("change", ["twice", "other browser", "no cookie", "guessed"])
def test_an_answer_that_nobody_waits_for_says_nothing_of_signing_out(
    place: Place, leaving: tuple[str, str], change: str
) -> None:
    way, cookie = leaving
    path = sent_to(way).removeprefix(place.server.base)
    if change == "twice":
        assert place.server.ask(path, cookie)[0].status == 200
    carried = {"other browser": f"{cookie}x", "no cookie": ""}.get(change, cookie)
    path = f"{path}x" if change == "guessed" else path
    reply, page = place.server.ask(path, carried)
    assert (reply.status, REASON.search(page)[1]) == (403, b"departure")  # type: ignore[index]


def test_nobody_else_is_sent_to_the_provider_and_only_they_lack_a_password(place: Place) -> None:
    came = place.inside()
    store = Access(place.root / ".access")
    link = f"{place.server.base}/enter?key={store.new_link('ana@example.com')}"
    guest = f"{place.server.base}/enter?key={store.guest_link('acme')}"
    by_link, by_guest = (session_cookie(place.server.enter(way)) for way in (link, guest))
    assert place.server.ask("/password", by_link)[0].status == 200
    for cookie in (came, by_guest):
        assert place.server.ask("/password", cookie)[0].status == 404
    for cookie in (by_link, by_guest):
        session = store.session(cookie.partition("=")[2], used=False)
        assert session is not None
        page, _ = signed_out(place, cookie, session.csrf)
        assert "You are signed out.</h1>" in page
        assert ONWARD.search(page) is None
    store.close()


@pytest.mark.parametrize("without", ["the endpoint", "an answer", "encryption"])
def test_where_the_provider_has_no_way_out_the_page_says_what_stays(
    tmp_path: Path, without: str
) -> None:
    root = tmp_path / "root"
    small_client(root, "acme")
    store = Access(root / ".access")
    store.add("ana@example.com", "client", ["acme"])
    with openid() as provider:
        provider.leave = {"encryption": "@evil.example/leave"}.get(without, "")
        file = settings_file(tmp_path, provider.issuer)
        with serving(root, "acme", options=["--oidc", str(file)]) as server:
            place = Place(server, provider, root)
            if without == "an answer":
                provider.broken = "away"
                key = store.admit("ana@example.com", "127.0.0.1", "oidc")
                cookie = f"lodestar-{server.port}={key}"
            else:
                cookie = place.inside()
            session = store.session(cookie.partition("=")[2], used=False)
            assert session is not None
            page, _ = signed_out(place, cookie, session.csrf)
    assert "You are signed out here." in page
    assert "You are still signed in at 127.0.0.1" in page
    assert "evil" not in page


def test_proofs_and_departures_end_and_their_number_is_limited() -> None:
    now = [0.0]
    departures = Departures(lambda: now[0])
    for number in range(5001):
        departures.arrived(str(number), "proof")
    assert (departures.proof("0"), departures.proof("1")) == ("", "proof")
    late = departures.begin("browser")
    now[0] = 600.0
    with pytest.raises(RefusedError):
        departures.end(late, "browser")
    kept = [departures.begin("browser") for _ in range(1001)]
    departures.end(kept[1], "browser")
    for state in (kept[0], kept[1], ""):
        with pytest.raises(RefusedError):
            departures.end(state, "browser")
