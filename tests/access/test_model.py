"""Who is let in, after any sequence of changes. Oracle: a model of lists and plain rules."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from lodestar.access import Refused
from lodestar.errors import InputError
from tests.support.access import PASSWORD, Clock, opened

HOUR = 3600.0
NAMES = st.sampled_from(["ana", "bo", "cy@example.com"])
ROLES = st.sampled_from(["consultant", "reviewer", "client"])
CLIENTS = st.lists(st.sampled_from(["demo", "acme"]), max_size=2).map(lambda c: sorted(set(c)))


@dataclass
class Somebody:
    role: str
    clients: list[str]
    ends: date | None = None
    revoked: bool = False
    password: bool = False


@dataclass
class Opening:
    key: str
    person: str
    ends: float = 0.0
    once: bool = True
    opened: float = 0.0
    seen: float = 0.0
    alive: bool = True
    clients: list[str] = field(default_factory=list)


class Store(RuleBasedStateMachine):
    """The store beside its model; both see the same clock."""

    links, sessions = Bundle("links"), Bundle("sessions")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.store = opened(Path(self.folder.name), self.clock)
        self.people: dict[str, Somebody] = {}
        self.all_links: list[Opening] = []
        self.all_sessions: list[Opening] = []

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @property
    def today(self) -> date:
        return datetime.fromtimestamp(self.clock.now, UTC).date()

    def stands(self, name: str) -> bool:
        who = self.people.get(name)
        return bool(who and not who.revoked and (who.ends is None or self.today <= who.ends))

    def kill(self, name: str) -> None:
        for each in (*self.all_links, *self.all_sessions):
            each.alive = each.alive and each.person != name

    def refused(self, change: Callable[[], object]) -> None:
        with pytest.raises(InputError) as caught:
            change()
        assert all(problem.remedy for problem in caught.value.problems)

    @rule(name=NAMES, role=ROLES, clients=CLIENTS)
    def add(self, name: str, role: str, clients: list[str]) -> None:
        if name in self.people or (role == "client" and not clients):
            self.refused(lambda: self.store.add(name, role, clients))
        else:
            self.store.add(name.upper(), role, clients)
            self.people[name] = Somebody(role, clients)

    @rule(name=NAMES, role=ROLES, clients=CLIENTS)
    def change(self, name: str, role: str, clients: list[str]) -> None:
        if name not in self.people or (role == "client" and not clients):
            self.refused(lambda: self.store.change(name, role, clients))
        else:
            self.store.change(name, role, clients)
            self.people[name].role, self.people[name].clients = role, clients

    @rule(name=NAMES)
    def revoke(self, name: str) -> None:
        if name not in self.people:
            self.refused(lambda: self.store.revoke(name))
            return
        self.store.revoke(name)
        self.people[name].revoked, self.people[name].password = True, False
        self.kill(name)

    @rule(name=NAMES)
    def restore(self, name: str) -> None:
        if name in self.people:
            self.store.restore(name)
            self.people[name].revoked = False

    @rule(name=NAMES, days=st.none() | st.integers(0, 3))
    def expire(self, name: str, days: int | None) -> None:
        if name in self.people:
            ends = None if days is None else self.today + timedelta(days=days)
            self.store.expire(name, ends)
            self.people[name].ends = ends

    @rule(name=NAMES)
    def set_password(self, name: str) -> None:
        if not self.stands(name):
            self.refused(lambda: self.store.set_password(name, PASSWORD))
            return
        self.store.set_password(name, PASSWORD)
        self.people[name].password = True
        self.kill(name)

    @rule(target=links, name=NAMES, hours=st.sampled_from([1, 24]), once=st.booleans())
    def new_link(self, name: str, hours: int, once: bool) -> Opening:
        if not self.stands(name):
            self.refused(lambda: self.store.new_link(name, hours, once))
            return Opening("no such key", name, alive=False)
        key = self.store.new_link(name, hours, once)
        self.all_links.append(Opening(key, name, self.clock.now + hours * HOUR, once))
        return self.all_links[-1]

    @rule(target=links, client=st.sampled_from(["demo", "acme"]))
    def guest_link(self, client: str) -> Opening:
        key = self.store.guest_link(client, 24)
        ends = self.clock.now + 24 * HOUR
        self.all_links.append(Opening(key, "guest", ends, clients=[client]))
        return self.all_links[-1]

    @rule(target=sessions, link=links)
    def enter(self, link: Opening) -> Opening:
        may = link.person == "guest" or self.stands(link.person)
        good = link.alive and self.clock.now < link.ends and may
        key = self.store.enter(link.key, "192.0.2.1")
        assert (key is not None) == good
        link.alive = link.alive and not link.once and self.clock.now < link.ends
        return self.opened(key, link.person, link.clients)

    @rule(target=sessions, name=NAMES)
    def sign_in(self, name: str) -> Opening:
        key = self.store.sign_in(f" {name.upper()} ", PASSWORD, f"192.0.2.{len(name)}")
        good = self.stands(name) and self.people[name].password
        # Those without a password fail, and wait after five times.
        assert isinstance(key, str) == good or (isinstance(key, Refused) and key.reason == "wait")
        return self.opened(key if isinstance(key, str) else None, name, [])

    def opened(self, key: str | None, person: str, clients: list[str]) -> Opening:
        now = self.clock.now
        session = Opening(
            key or "no such key", person, opened=now, seen=now, alive=bool(key), clients=clients
        )
        self.all_sessions.append(session)
        return session

    @rule(session=sessions)
    def look(self, session: Opening) -> None:
        found, now = self.store.session(session.key), self.clock.now
        person = session.person
        role = "client" if person == "guest" else self.people[person].role if session.alive else ""
        idle = 2 * HOUR if role == "client" else 8 * HOUR
        lasts = now - session.seen < idle and now - session.opened < 12 * HOUR
        session.alive = session.alive and lasts and (person == "guest" or self.stands(person))
        assert (found is not None) == session.alive
        if found:
            session.seen = now
            clients = session.clients if person == "guest" else self.people[person].clients
            for client in ("demo", "acme", ".access"):
                everything = role != "client" and not clients
                assert found.may_see(client) == (client in clients or everything)

    @rule(session=sessions)
    def end(self, session: Opening) -> None:
        self.store.end(session.key)
        session.alive = False

    @rule(name=NAMES)
    def end_all(self, name: str) -> None:
        self.store.end_all(name)
        self.kill(name)

    @rule(hours=st.sampled_from([0.5, 1.9, 2, 7, 25]))
    def wait(self, hours: float) -> None:
        self.clock.now += hours * HOUR

    @rule(hours=st.sampled_from([1, 30]))
    def set_clock_back(self, hours: int) -> None:
        self.store.sweep()
        self.clock.now -= hours * HOUR
        for each in (*self.all_links, *self.all_sessions):
            each.alive = False

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = opened(Path(self.folder.name), self.clock)

    @invariant()
    def lists_the_same_people(self) -> None:
        assert {
            p.name: Somebody(p.role, list(p.clients), p.ends, p.revoked, p.password)
            for p in self.store.people()
        } == self.people


TestStore = Store.TestCase
TestStore.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
