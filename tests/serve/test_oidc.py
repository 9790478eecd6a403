"""Signing in with an organisation's account. Oracle: a provider on loopback that can lie."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from lodestar.errors import InputError
from lodestar.serve.oidc import Provider
from lodestar.serve.oidc_settings import SECRET as VARIABLE
from lodestar.serve.oidc_settings import read_settings
from lodestar.serve.refusals import RefusedError
from tests.support.clients import small_client
from tests.support.openid import SECRET
from tests.support.raw import REASON
from tests.support.server import serving
from tests.support.signing_on import Place, place_with_provider, settings_file


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with place_with_provider(tmp_path_factory.mktemp("clients")) as place:
        yield place


@pytest.fixture
def place(running: Place) -> Iterator[Place]:
    yield running
    provider = running.provider
    provider.claims, provider.header, provider.broken = {}, {}, ""


def test_a_person_who_was_added_is_let_in_and_led_on(place: Place) -> None:
    reply, _ = place.sign_in("/c/acme/2026-Q4/02_level")
    assert reply.status == 303
    assert reply.headers["Location"] == "/c/acme/2026-Q4/02_level"
    cookies = str(reply.headers.get_all("Set-Cookie"))
    assert f"lodestar-{place.server.port}=" in cookies
    key = cookies.partition(f"lodestar-{place.server.port}=")[2].partition(";")[0]
    page, _ = place.server.ask("/", f"lodestar-{place.server.port}={key}")
    assert page.status == 200
    assert '"by": "oidc"' in (place.root / ".access" / "audit.jsonl").read_text()


def test_the_way_there_carries_what_an_answer_must_match(place: Place) -> None:
    seen = [parse_qs(urlsplit(place.begin()[0]).query) for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert seen[0][name] != seen[1][name]
        assert all(len(each[name][0]) >= 43 for each in seen)
    assert seen[0]["code_challenge_method"] == ["S256"]
    assert seen[0]["redirect_uri"] == [f"{place.server.base}/oidc/return"]


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"nonce": "another"}, "identity"),
        ({"nonce": None}, "identity"),
        ({"aud": "another"}, "identity"),
        ({"aud": ["another", "more"]}, "identity"),
        ({"aud": None}, "identity"),
        ({"azp": "another"}, "identity"),
        ({"iss": "https://evil.example"}, "identity"),
        ({"iss": None}, "identity"),
        ({"exp": 1_000_000_000}, "identity"),
        ({"exp": None}, "identity"),
        ({"exp": "soon"}, "identity"),
        ({"iat": 10_000_000_000}, "identity"),
        ({"nbf": 10_000_000_000}, "identity"),
        ({"at_hash": "of another token"}, "identity"),
        ({"email_verified": False}, "unverified"),
        ({"email_verified": None}, "unverified"),
        ({"email_verified": "true"}, "unverified"),
        ({"email": None}, "unverified"),
        ({"email": ["ana@example.com"]}, "unverified"),
        ({"email": "nobody@example.com"}, "stranger"),
        ({"email": "gone@example.com"}, "stranger"),
        ({"email": "guest"}, "stranger"),
        ({"email": "host"}, "stranger"),
        ({"email": ""}, "stranger"),
    ],
    ids=str,
)
def test_claims_that_do_not_fit_let_nobody_in(
    place: Place, claims: dict[str, object], reason: str
) -> None:
    place.provider.claims = claims
    reply, found = place.sign_in()
    assert (reply.status, found) == (403, reason)
    assert f"lodestar-{place.server.port}=" not in str(reply.headers.get_all("Set-Cookie"))


@pytest.mark.parametrize("broken", ["unsigned", "shared secret", "another key"])
def test_a_token_signed_by_nobody_known_lets_nobody_in(place: Place, broken: str) -> None:
    place.provider.broken = broken
    assert place.sign_in()[1] == "identity"


def test_new_keys_of_the_provider_are_asked_for(place: Place) -> None:
    place.sign_in()
    place.provider.key, place.provider.other = place.provider.other, place.provider.key
    assert place.sign_in()[0].status == 303


def test_an_answer_counts_once_and_only_in_its_own_browser(place: Place) -> None:
    way, cookie = place.begin()
    _, others = place.begin()
    path = place.back(way)
    for carried in ("", others, cookie.replace("=", "=x")):
        reply, body = place.server.ask(path, carried)
        assert (reply.status, REASON.search(body)[1]) == (403, b"attempt")  # type: ignore[index]
        way, cookie = place.begin()
        path = place.back(way)
    assert place.server.ask(path, cookie)[0].status == 303
    assert place.server.ask(path, cookie)[0].status == 403


def test_what_the_provider_did_not_say_is_refused(place: Place) -> None:
    for change in ("error=access_denied&", "code=guess&code=", "iss=https://evil.example&"):
        way, cookie = place.begin()
        path = place.back(way).replace("?", f"?{change}")
        if change.startswith("code"):
            path = path.replace("code=guess&code=", "other=").replace("?", "?code=guess&")
        reply, body = place.server.ask(path, cookie)
        assert (reply.status, REASON.search(body)[1]) == (403, b"identity")  # type: ignore[index]


def test_a_provider_that_is_away_is_told_of(tmp_path: Path) -> None:
    small_client(tmp_path / "root", "acme")
    file = settings_file(tmp_path, "http://127.0.0.1:9")
    with serving(tmp_path / "root", "acme", options=["--oidc", str(file)]) as server:
        reply, body = server.ask("/oidc/start")
        assert reply.status == 502
        assert b"does not answer" in body
        assert b"Sign in with 127.0.0.1" in server.ask("/sign-in")[1]
        assert server.ask("/sign-in", method="HEAD")[0].status == 200
        assert server.ask("/oidc/start", method="HEAD")[0].status == 405


def test_attempts_end_and_their_number_is_limited() -> None:
    now = [0.0]
    provider = Provider(None, "x", lambda: now[0])  # type: ignore[arg-type]
    first = provider.begin("browser", "")
    now[0] = 599
    late = provider.begin("browser", "")
    assert provider.take(first.state, "browser") is first
    now[0] = 1199
    with pytest.raises(RefusedError):
        provider.take(late.state, "browser")
    kept = [provider.begin("browser", "") for _ in range(1001)]
    with pytest.raises(RefusedError):
        provider.take(kept[0].state, "browser")
    assert provider.take(kept[1].state, "browser") is kept[1]


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can be read by others"):
        read_settings(settings_file(tmp_path, "https://login.example", 0o644))
    good = read_settings(settings_file(tmp_path, "https://login.example"))
    assert (good.secret, good.label) == (SECRET, "login.example")


def test_settings_are_checked_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    file = tmp_path / "oidc.yml"
    file.write_text("issuer: http://login.example\nsecret: x\n")
    with pytest.raises(InputError) as found:
        read_settings(file)
    said = " ".join(problem.message for problem in found.value.problems)
    for part in (
        "begins with https",
        "'secret' is not known",
        "'client_id' is missing",
        "no client",
    ):
        assert part in said
    assert "x" not in os.environ.get(VARIABLE, "")
    monkeypatch.setenv(VARIABLE, "from the environment")
    file.write_text("issuer: https://login.example\nclient_id: a\nlabel: Example\n")
    assert read_settings(file).secret == "from the environment"
