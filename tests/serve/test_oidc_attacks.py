"""The ways in and out of a provider's sign-in, attacked on a real server.

Oracle: each line's own status and reason; no session comes of any; nobody is led elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.serve.attack_identity import Forgery, forgeries, uninvited
from tests.serve.attack_model import Attack
from tests.support.raw import REASON, sent
from tests.support.server import session_cookie
from tests.support.signing_on import Place, place_with_provider

UNINVITED, FORGERIES = [*uninvited()], [*forgeries()]
ELSEWHERE = (
    "//evil.example",
    "https://evil.example/c/acme",
    "/\\evil.example",
    "/c/../..//evil.example",
    "javascript:alert(1)",
    "/%2fevil.example",
    "/c/acme%0d%0aLocation:%20https://evil.example",
    "c/acme",
    "/sign-out",
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with place_with_provider(tmp_path_factory.mktemp("clients")) as place:
        yield place


@pytest.fixture
def place(running: Place) -> Iterator[Place]:
    yield running
    running.provider.claims, running.provider.header = {}, {}


@pytest.mark.parametrize("attack", UNINVITED, ids=[attack.name for attack in UNINVITED])
def test_nobody_who_was_not_sent_gets_in(place: Place, attack: Attack) -> None:
    port = place.server.port
    host = f"127.0.0.1:{port}"
    content = attack.request.bytes(host).replace(b"http://HOST", f"http://{host}".encode())
    answer = sent(port, content)
    assert (answer.status, answer.reason) == attack.expected, answer.raw[:600]
    assert f"lodestar-{port}=" not in answer.headers.get("set-cookie", "")
    assert not {"location", "x-injected"} & answer.headers.keys()
    assert b"Traceback" not in answer.raw


@pytest.mark.parametrize("forgery", FORGERIES, ids=[forgery.name for forgery in FORGERIES])
def test_an_answer_with_one_thing_forged_opens_nothing(place: Place, forgery: Forgery) -> None:
    place.provider.claims, place.provider.header = forgery.claims, forgery.header
    way, own = place.begin()
    carried = {"own": own, "none": "", "other": place.begin()[1]}[forgery.browser]
    path = forgery.path(place.back(way))
    for expected in (forgery.expected, (403, "attempt")):  # the second is a replay
        reply, page = place.server.ask(path, carried)
        found = REASON.search(page)
        assert found is not None
        assert (reply.status, found[1].decode()) == expected
        assert f"lodestar-{place.server.port}=" not in str(reply.headers.get_all("Set-Cookie"))
        assert reply.headers["Location"] is None


def test_a_right_answer_replayed_opens_nothing_more(place: Place) -> None:
    way, cookie = place.begin()
    path = place.back(way)
    first, _ = place.server.ask(path, cookie)
    assert first.status == 303
    again, page = place.server.ask(path, cookie)
    assert (again.status, REASON.search(page)[1]) == (403, b"attempt")  # type: ignore[index]


@pytest.mark.parametrize("going", ELSEWHERE)
def test_nobody_is_led_elsewhere(place: Place, going: str) -> None:
    reply, _ = place.sign_in(quote(going))
    assert (reply.status, reply.headers["Location"]) == (303, "/")
    begun, _ = place.server.ask(f"/oidc/start?going={quote(going)}")
    assert str(begun.headers["Location"]).startswith(f"{place.provider.issuer}/authorization?")
    assert session_cookie(begun)


def test_an_address_that_begins_too_often_is_told_to_wait(place: Place) -> None:
    """Last: afterwards this address has no attempts left."""
    for _ in range(700):
        reply, _page = place.server.ask("/oidc/left?state=x")
        if reply.status == 429:
            break
    assert reply.status == 429
    assert int(reply.headers["Retry-After"]) >= 1
