"""Links and sessions: rows by the hash of their key, gone once they open nothing any more."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime

from lodestar.access.database import Database
from lodestar.access.keys import derived, hashed, new_key
from lodestar.access.model import GUEST, HOST, Limits, Person, Session
from lodestar.access.people import person_of

__all__ = ["Sessions", "day_of", "settle"]

SET_BACK = 120.0
"""Seconds that clocks are put right by without anybody noticing."""

TOUCH = 30.0
"""Seconds after which another request is written down; idle time is known that exactly."""


def day_of(now: float) -> date:
    """Return the day of a moment, in UTC."""
    return datetime.fromtimestamp(now, UTC).date()


def settle(connection: sqlite3.Connection, now: float) -> bool:
    """Note the time; when the clock was set back, end every session and link and return True.

    How old they are cannot be told any more, and an old one must not live longer for it.
    """
    latest = connection.execute("SELECT moment FROM latest").fetchone()[0]
    back = now < latest - SET_BACK
    if back:
        connection.execute("DELETE FROM session")
        connection.execute("DELETE FROM link")
    if back or now > latest:
        connection.execute("UPDATE latest SET moment = ?", (now,))
    return bool(back)


class Sessions:
    """Sessions and links of one file.

    Parameters
    ----------
    database : Database
        The file.
    limits : Limits
        How long sessions last.
    settle : callable
        Notes the time within a change.
    """

    def __init__(
        self,
        database: Database,
        limits: Limits,
        settle: Callable[[sqlite3.Connection, float], None],
    ) -> None:
        self.database, self.limits, self._settle = database, limits, settle

    def open(
        self,
        connection: sqlite3.Connection,
        person: str,
        clients: tuple[str, ...],
        link: bool,
        now: float,
    ) -> str:
        """Return the key of a new session; ``clients`` counts for a guest only."""
        key = new_key()
        values = (hashed(key), person, " ".join(clients), link, now, now)
        connection.execute("INSERT INTO session VALUES (?, ?, ?, ?, ?, ?)", values)
        return key

    def find(self, key: str, now: float, used: bool = True) -> Session | None:
        """Return the session of a key, if it still lasts, and note that it is in use."""
        row = self._row(hashed(key))
        if row is None:
            return None
        session = self._live(row, key, now)
        late = used and now - row["seen"] >= TOUCH
        if session is None or late:
            with self.database.change(durable=session is None) as connection:
                self._settle(connection, now)
                if session is None:
                    connection.execute("DELETE FROM session WHERE hash = ?", (row["hash"],))
                else:
                    update = "UPDATE session SET seen = max(seen, ?) WHERE hash = ?"
                    connection.execute(update, (now, row["hash"]))
        return session

    def _row(self, hash: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.database.connection.execute(
            "SELECT session.*, (SELECT moment FROM latest) AS latest FROM session WHERE hash = ?",
            (hash,),
        ).fetchone()
        return row

    def _live(self, row: sqlite3.Row, key: str, now: float) -> Session | None:
        person = self._person(row["person"], row["clients"], now)
        if person is None or now < row["latest"] - SET_BACK or self._over(row, person, now):
            return None
        csrf, short = derived(key, "csrf"), derived(key, "id")[:16]
        link = bool(row["link"])
        return Session(person.name, person.role, person.clients, csrf, link, short)

    def _over(self, row: sqlite3.Row, person: Person, now: float) -> bool:
        idle, whole = now - row["seen"], now - row["opened"]
        return idle >= self.limits.idle[person.role] or whole >= self.limits.whole

    def _person(self, name: str, clients: str, now: float) -> Person | None:
        """Return whose session it is, as of now; None when they may no longer be let in."""
        if name == GUEST:
            return Person(GUEST, "client", tuple(clients.split()))
        if name == HOST:
            return Person(HOST, "consultant")
        person = person_of(self.database.connection, name)
        return person if person and person.stands(day_of(now)) else None

    def forget(self, connection: sqlite3.Connection, now: float) -> None:
        """Drop what opens nothing any more."""
        longest = max(self.limits.idle.values())
        ended = "DELETE FROM session WHERE seen <= ? OR opened <= ?"
        connection.execute(ended, (now - longest, now - self.limits.whole))
        connection.execute("DELETE FROM link WHERE ends <= ?", (now,))
