"""Sessions and links at their edges. Oracle: the limits as stated, and counts of calls."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lodestar.access import HOST, Limits, Session
from lodestar.errors import InputError
from tests.support.access import START, Clock, opened

HOUR = 3600.0


@pytest.mark.parametrize(("role", "idle"), [("client", 2), ("reviewer", 8), ("consultant", 8)])
def test_an_idle_session_ends_to_the_second(role: str, idle: int, tmp_path: Path) -> None:
    clock = Clock()
    store = opened(tmp_path, clock)
    store.add("ana", role, ["demo"])
    for late, lasts in ((-1, True), (0, False)):
        key = store.enter(store.new_link("ana"), "192.0.2.1")
        clock.now += idle * HOUR + late
        assert (store.session(key) is not None) == lasts
    clock.now -= 60
    assert store.session(key) is None, "what has ended does not come back"


def test_a_busy_session_ends_after_twelve_hours(tmp_path: Path) -> None:
    clock = Clock()
    store = opened(tmp_path, clock)
    store.add("ana", "client", ["demo"])
    key = store.enter(store.new_link("ana"), "192.0.2.1")
    lasted = 0
    while store.session(key):
        clock.now += HOUR
        lasted += 1
    assert lasted == Limits().whole / HOUR == 12


def test_many_requests_write_little_and_still_keep_a_session(tmp_path: Path) -> None:
    clock = Clock()
    store = opened(tmp_path, clock)
    key = store.enter(store.guest_link("demo"), "192.0.2.1")
    before = store._database.connection.total_changes
    for _ in range(100):
        clock.now += 1
        assert store.session(key)
    written = store._database.connection.total_changes - before
    assert written <= 2 * 100 / 30


def test_a_small_correction_of_the_clock_ends_nothing(tmp_path: Path) -> None:
    clock = Clock()
    store = opened(tmp_path, clock)
    key = store.enter(store.guest_link("demo"), "192.0.2.1")
    clock.now -= 90
    assert store.session(key)


def test_a_clock_set_back_ends_everything_and_then_all_goes_on(tmp_path: Path) -> None:
    clock = Clock()
    store = opened(tmp_path, clock)
    link = store.guest_link("demo")
    key = store.enter(store.guest_link("demo"), "192.0.2.1")
    clock.now += 300
    store.sweep()
    clock.now = START - 5 * HOUR
    assert store.session(key) is None
    assert store.enter(link, "192.0.2.1") is None
    assert '"clock-set-back"' in (store.folder / "audit.jsonl").read_text()
    assert store.session(store.enter(store.guest_link("demo"), "192.0.2.1"))


def test_a_change_counts_in_open_sessions_at_once(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.add("bo", "consultant")
    key = store.enter(store.new_link("bo"), "192.0.2.1")
    assert store.session(key).may_see("acme")
    store.change("bo", clients=["demo"])
    assert not store.session(key).may_see("acme")
    store.revoke("bo")
    assert store.session(key) is None


def test_keys_are_nowhere_in_the_folder(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.add("ana", "client", ["demo"])
    link = store.new_link("ana", once=False)
    key = store.enter(link, "192.0.2.1")
    session = store.session(key)
    kept = b"".join(path.read_bytes() for path in store.folder.iterdir())
    for secret in (link, key, session.csrf):
        assert secret.encode() not in kept


def test_tokens_differ_and_are_compared_in_constant_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(tmp_path)
    first, second = (
        store.session(store.enter(store.guest_link("demo"), "192.0.2.1")) for _ in range(2)
    )
    assert len({first.csrf, second.csrf, first.id, second.id}) == 4
    compared = []
    digest = hmac.compare_digest
    monkeypatch.setattr(
        hmac, "compare_digest", lambda *pair: compared.append(pair) or digest(*pair)
    )
    assert first.sent(first.csrf)
    assert not first.sent(second.csrf)
    assert not first.sent("")
    assert not first.sent("é\ud800")
    assert len(compared) == 4


def test_somebody_identified_elsewhere_must_have_been_added(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.add("bo@example.com", "reviewer", ends=None)
    key = store.admit("Bo@Example.com", "192.0.2.1", "oidc")
    assert store.session(key) == Session(
        "bo@example.com", "reviewer", (), store.session(key).csrf, False, store.session(key).id
    )
    assert store.admit("eve@example.com", "192.0.2.1", "oidc").reason == "ended"
    assert store.admit("guest", "192.0.2.1", "oidc").reason == "ended"


def test_a_client_without_clients_sees_nobody() -> None:
    assert not any(
        Session("eve", "client", (), "", True).may_see(name) for name in ("demo", "", ".access")
    )


def test_a_session_ends_with_the_last_day_of_its_person(tmp_path: Path) -> None:
    clock = Clock(START - START % 86_400 + 20 * HOUR)
    store = opened(tmp_path, clock)
    store.add("ana", "reviewer", ends=datetime.fromtimestamp(clock.now, UTC).date())
    link, key = store.new_link("ana"), store.enter(store.new_link("ana"), "192.0.2.1")
    clock.now += 4 * HOUR - 1
    assert store.session(key)
    clock.now += 1
    assert store.session(key) is None
    assert store.enter(link, "192.0.2.1") is None


def test_asking_whether_a_session_lasts_does_not_prolong_it(tmp_path: Path) -> None:
    clock = Clock()
    store = opened(tmp_path, clock)
    key = store.enter(store.guest_link("demo"), "192.0.2.1")
    clock.now += 2 * HOUR - 1
    assert store.session(key, used=False) is not None
    clock.now += 1
    assert store.session(key) is None


def test_whoever_runs_the_server_sees_every_client_and_nobody_can_be_named_so(
    tmp_path: Path,
) -> None:
    store = opened(tmp_path, Clock())
    link = store.host_link()
    session = store.session(store.enter(link, "192.0.2.1"))
    assert session is not None
    assert (session.person, session.role) == (HOST, "consultant")
    assert session.may_see("demo")
    assert store.enter(link, "192.0.2.1") is None
    with pytest.raises(InputError):
        store.add(HOST, "client", ["demo"])
    assert not isinstance(store.admit(HOST, "192.0.2.1", "oidc"), str)
