"""Who gets in and who waits. Oracle: counting, with a clock and a memory made up."""

from __future__ import annotations

import math
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.serve.live.admission import Admission, Busy, Copy
from lodestar.serve.live.limits import MEGABYTE, Limits

PLENTY = 1 << 40
SMALL = Limits(copies=4, per_client=3, per_session=2)


class Clock:
    """Time as a test has it pass."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def admission(limits: Limits = SMALL, memory: int = PLENTY) -> tuple[Admission, Clock]:
    clock = Clock()
    return Admission(limits, clock, lambda: memory), clock


def enter(door: Admission, client: str, session: str, ticket: str = "", used: int = 0) -> Copy:
    copy = Copy(str(uuid4()), client, session, door.clock())
    door.enter(copy, ticket or copy.kernel, used)
    return copy


visits = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.booleans()), max_size=40
)


@given(visits)
def test_no_limit_is_ever_passed(asked: list[tuple[str, str, bool]]) -> None:
    """However people come and go; and nobody waits while all limits leave room."""
    door, clock = admission()
    inside: list[Copy] = []
    for client, who, leaves in asked:
        clock.now += 100  # Whoever waited has stopped asking.
        if leaves and inside:
            door.leave(inside.pop(0).kernel)
            continue
        session = client + who
        room = (
            len(inside) < SMALL.copies
            and sum(c.client == client for c in inside) < SMALL.per_client
            and sum(c.session == session for c in inside) < SMALL.per_session
        )
        try:
            inside.append(enter(door, client, session))
            assert room
        except Busy:
            assert not room
    assert set(door.copies.values()) == set(inside)


@given(st.integers(min_value=1, max_value=6))
def test_who_waits_gets_in_by_turn(waiting: int) -> None:
    door, clock = admission(Limits(copies=1, per_client=9, per_session=9))
    copy = enter(door, "a", "first")
    tickets = [f"t{n}" for n in range(waiting)]
    for turn in range(waiting):
        for place, ticket in enumerate(tickets[turn:], start=1):
            with pytest.raises(Busy) as busy:
                enter(door, "b", ticket, ticket)
            assert busy.value.place == place
        door.leave(copy.kernel)
        clock.now += 1
        for later in tickets[turn + 1 :]:
            with pytest.raises(Busy):
                enter(door, "b", later, later)
        copy = enter(door, "b", tickets[turn], tickets[turn])


def test_who_stops_asking_loses_the_place() -> None:
    door, clock = admission(Limits(copies=1))
    copy = enter(door, "a", "first")
    with pytest.raises(Busy):
        enter(door, "b", "gone", "gone")
    clock.now += 60
    door.leave(copy.kernel)
    enter(door, "b", "here", "here")


def test_a_session_with_too_many_of_its_own_is_told_so_and_stands_in_no_line() -> None:
    door, _ = admission()
    for _ in range(SMALL.per_session):
        enter(door, "a", "me")
    with pytest.raises(Busy) as busy:
        enter(door, "a", "me")
    assert (busy.value.own, busy.value.place) == (True, 0)
    enter(door, "a", "another")


@pytest.mark.parametrize(("free", "lets"), [(571, False), (572, True), (0, False)])
def test_the_machine_keeps_memory_to_spare(free: int, lets: bool) -> None:
    """512 MB to spare and 60 for the copy."""
    door, _ = admission(Limits(), free * MEGABYTE)
    if lets:
        enter(door, "a", "me")
    else:
        with pytest.raises(Busy):
            enter(door, "a", "me")


def test_a_client_whose_processes_take_too_much_waits_alone() -> None:
    door, _ = admission()
    with pytest.raises(Busy):
        enter(door, "a", "me", used=Limits().client_bytes)
    enter(door, "b", "you")


def test_copies_end_when_left_and_sooner_at_rest_while_others_wait() -> None:
    limits = Limits(copies=2, left=8, rest=300, sleep=1800)
    door, clock = admission(limits)
    left, used = enter(door, "a", "x"), enter(door, "a", "y")
    left.left = clock.now
    clock.now += limits.left
    assert door.due() == [(left, False)]
    door.leave(left.kernel)
    clock.now += limits.rest
    assert door.due() == []
    enter(door, "b", "z")
    with pytest.raises(Busy) as busy:
        enter(door, "b", "w", "w")
    assert math.isclose(busy.value.wait_seconds, 4.0)
    assert door.due() == [(used, True)]
    clock.now += limits.sleep
    assert {copy for copy, _ in door.due()} == set(door.copies.values())
