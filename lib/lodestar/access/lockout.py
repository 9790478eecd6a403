"""Delays after wrong passwords: per person and per address, growing, and never for good.

An attempt counts before its password is checked, so many at once gain nothing; one made while
waiting neither counts nor is checked, so nobody can lengthen somebody else's wait. An address that
a person has signed in from before has a count of its own: strangers who try this person's name, or
share its proxy, delay strangers only. No wait is longer than fifteen minutes, failures are
forgotten after a day, and links, whose keys cannot be guessed, open during any wait.
"""

from __future__ import annotations

import ipaddress
import sqlite3
from typing import NamedTuple

__all__ = ["LONGEST_WAIT", "Scope", "attempt", "delay", "forget", "forgive", "network", "scopes"]

LONGEST_WAIT = 900.0
FIRST_WAIT = 5.0
FREE = {"person": 5, "address": 20}
"""Failures without a delay; many people may share one address."""

FORGOTTEN = 24 * 3600.0
KNOWN = 90 * 24 * 3600.0
"""Seconds for which an address stays one that a person is known at."""


class Scope(NamedTuple):
    """What failures are counted for."""

    kind: str
    name: str


def scopes(connection: sqlite3.Connection, person: str, address: str, now: float) -> list[Scope]:
    """Return what an attempt counts for: the pair where the person is known there, else both."""
    known = connection.execute(
        "SELECT 1 FROM known WHERE person = ? AND address = ? AND last > ?",
        (person, address, now - KNOWN),
    ).fetchone()
    if known:
        return [Scope("person", f"pair:{person}|{address}")]
    return [Scope("person", f"person:{person}"), Scope("address", f"address:{address}")]


def attempt(connection: sqlite3.Connection, counted: list[Scope], now: float) -> float:
    """Return how long to wait; when nothing, count one attempt."""
    waits = [_wait(connection, scope, now) for scope in counted]
    if max(waits) > 0:
        return max(waits)
    for scope in counted:
        connection.execute(
            "INSERT INTO failure VALUES (?, 1, ?) ON CONFLICT (scope) DO UPDATE SET "
            "count = CASE WHEN last > ? THEN count + 1 ELSE 1 END, last = excluded.last",
            (scope.name, now, now - FORGOTTEN),
        )
    return 0.0


def forgive(
    connection: sqlite3.Connection, counted: list[Scope], person: str, address: str, now: float
) -> None:
    """Take back what a right password was counted for, and remember the address.

    An address keeps its other failures: who has one account cannot clear the way to guess another.
    """
    for scope in counted:
        if scope.kind == "person":
            connection.execute("DELETE FROM failure WHERE scope = ?", (scope.name,))
        else:
            connection.execute(
                "UPDATE failure SET count = max(count - 1, 0) WHERE scope = ?", (scope.name,)
            )
    connection.execute("INSERT OR REPLACE INTO known VALUES (?, ?, ?)", (person, address, now))


def forget(connection: sqlite3.Connection, now: float) -> None:
    """Drop what is too old to count."""
    connection.execute("DELETE FROM failure WHERE last <= ?", (now - FORGOTTEN,))
    connection.execute("DELETE FROM known WHERE last <= ?", (now - KNOWN,))


def delay(kind: str, failures: int) -> float:
    """Return the seconds to wait after so many failures.

    Examples
    --------
    >>> [delay("person", n) for n in (4, 5, 6, 12, 99)]
    [0.0, 5.0, 10.0, 640.0, 900.0]
    """
    over = failures - FREE[kind]
    return 0.0 if over < 0 else min(FIRST_WAIT * 2.0 ** min(over, 20), LONGEST_WAIT)


def network(address: str) -> str:
    """Return what counts as one address: of IPv6 the network, as one machine has many.

    Examples
    --------
    >>> network("2001:db8:1:2:3::4"), network("::ffff:192.0.2.1"), network("192.0.2.1")
    ('2001:db8:1:2::/64', '192.0.2.1', '192.0.2.1')
    """
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(read, ipaddress.IPv4Address):
        return str(read)
    if read.ipv4_mapped:
        return str(read.ipv4_mapped)
    return str(ipaddress.ip_network((read, 64), strict=False))


def _wait(connection: sqlite3.Connection, scope: Scope, now: float) -> float:
    row = connection.execute(
        "SELECT count, last FROM failure WHERE scope = ? AND last > ?",
        (scope.name, now - FORGOTTEN),
    ).fetchone()
    if row is None:
        return 0.0
    # A failure that seems to lie ahead was counted before the clock was set back.
    return delay(scope.kind, row["count"]) - max(now - row["last"], 0.0)
