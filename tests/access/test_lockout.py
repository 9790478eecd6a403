"""Delays after failures. Oracle: the rules in the module's words, as laws over any attempts."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.access import Access, Refused
from lodestar.access.lockout import FREE, LONGEST_WAIT, delay
from tests.support.access import PASSWORD, Clock, opened

HOME, AWAY = "192.0.2.1", "198.51.100.7"


def store_of(folder: Path, clock: Clock, *names: str) -> Access:
    store = opened(folder, clock)
    for name in names:
        store.add(name, "client", ["demo"])
        store.set_password(name, PASSWORD)
    return store


def fail(store: Access, name: str, address: str, times: int) -> list[Refused]:
    return [store.sign_in(name, "wrong", address) for _ in range(times)]


def test_delays_grow_and_never_pass_a_quarter_of_an_hour() -> None:
    for kind in FREE:
        waits = [delay(kind, n) for n in range(200)]
        assert waits == sorted(waits)
        assert set(waits[: FREE[kind]]) == {0.0}
        assert waits[FREE[kind]] > 0
        assert max(waits) == LONGEST_WAIT == 15 * 60


def test_after_five_failures_even_the_right_password_waits(tmp_path: Path) -> None:
    clock = Clock()
    store = store_of(tmp_path, clock, "ana")
    assert {r.reason for r in fail(store, "ana", AWAY, 5)} == {"wrong"}
    refused = store.sign_in("ana", PASSWORD, AWAY)
    assert refused == Refused("wait", 5.0)
    clock.now += refused.wait
    assert isinstance(store.sign_in("ana", PASSWORD, AWAY), str)
    assert fail(store, "ana", AWAY, 1) == [Refused("wrong")], "success clears the count"


def test_attempts_while_waiting_do_not_lengthen_the_wait(tmp_path: Path) -> None:
    clock = Clock()
    store = store_of(tmp_path, clock, "ana")
    fail(store, "ana", AWAY, 50)
    clock.now += 5
    assert isinstance(store.sign_in("ana", PASSWORD, AWAY), str)


def test_strangers_cannot_keep_a_person_out_where_she_is_known(tmp_path: Path) -> None:
    clock = Clock()
    store = store_of(tmp_path, clock, "ana")
    assert isinstance(store.sign_in("ana", PASSWORD, HOME), str)
    for number in range(60):
        fail(store, "ana", f"198.51.100.{number}", 3)
        clock.now += 60
    assert store.sign_in("ana", PASSWORD, "203.0.113.1").reason == "wait"
    assert isinstance(store.sign_in("ana", PASSWORD, HOME), str)


def test_a_link_opens_during_any_wait(tmp_path: Path) -> None:
    store = store_of(tmp_path, Clock(), "ana")
    fail(store, "ana", HOME, 100)
    assert store.enter(store.new_link("ana"), HOME)


def test_one_address_trying_many_names_waits(tmp_path: Path) -> None:
    store = store_of(tmp_path, Clock(), "ana")
    tried = [store.sign_in(f"nobody{n}", "wrong", AWAY) for n in range(30)]
    assert [r.reason for r in tried] == ["wrong"] * 20 + ["wait"] * 10
    assert isinstance(store.sign_in("ana", PASSWORD, HOME), str)


def test_one_account_does_not_clear_the_way_to_others(tmp_path: Path) -> None:
    clock = Clock()
    store = store_of(tmp_path, clock, "ana", "eve")
    guessed = 0
    for _ in range(20):
        guessed += sum(r.reason == "wrong" for r in fail(store, "ana", AWAY, 4))
        store.sign_in("eve", PASSWORD, AWAY)
    assert guessed <= 20, "eve's own successes must not free attempts at ana"


def test_machines_of_one_network_count_together(tmp_path: Path) -> None:
    store = store_of(tmp_path, Clock())
    tried = [store.sign_in(f"n{n}", "wrong", f"2001:db8::{n:x}") for n in range(25)]
    assert tried[-1].reason == "wait"


TRY = st.tuples(st.sampled_from(["ana", "eve"]), st.sampled_from([HOME, AWAY]), st.integers(0, 5))


@settings(max_examples=25, deadline=None)
@given(
    tries=st.lists(
        st.tuples(
            st.sampled_from(["ana", "eve"]), st.sampled_from([HOME, AWAY]), st.integers(0, 5)
        ),
        max_size=60,
    )
)
def test_nobody_waits_longer_than_the_longest_whatever_was_tried(
    tries: list[tuple[str, str, int]],
) -> None:
    """Also the bound on guesses: five at once, then each after its delay."""
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        store = store_of(Path(folder), clock, "ana")
        checked = 0
        for name, address, minutes in tries:
            done = store.sign_in(name, "wrong", address)
            assert 0 <= done.wait <= LONGEST_WAIT
            checked += done.reason == "wrong" and name == "ana"
            clock.now += 60 * minutes
        assert checked <= 5 + sum(60 * m for *_, m in tries) / 5
        clock.now += LONGEST_WAIT
        assert isinstance(store.sign_in("ana", PASSWORD, HOME), str)
        store.close()


def test_failures_are_forgotten_after_a_day(tmp_path: Path) -> None:
    clock = Clock()
    store = store_of(tmp_path, clock, "ana")
    fail(store, "ana", AWAY, 5)
    clock.now += 24 * 3600
    assert {r.reason for r in fail(store, "ana", AWAY, 5)} == {"wrong"}
