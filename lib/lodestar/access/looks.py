"""Who looked at what, when: for the record on the consultants' page and for what changed since."""

from __future__ import annotations

import sqlite3

from lodestar.access.model import Look, Visit

__all__ = ["last_visit", "lookers", "looks", "note"]

APART = 30 * 60.0
"""Seconds without a look after which the next one begins another visit."""

KEPT = 3 * 365 * 24 * 3600.0


def note(connection: sqlite3.Connection, look: Look) -> None:
    """Write a look down, one row a visit, run and page."""
    begun, last = connection.execute(
        "SELECT max(visit), max(at) FROM look WHERE person = ? AND client = ?",
        (look.person, look.client),
    ).fetchone()
    going_on = last is not None and 0 <= look.at - last < APART
    connection.execute(
        "INSERT OR REPLACE INTO look VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            look.person,
            look.client,
            look.period,
            look.run,
            look.page,
            begun if going_on else look.at,
            look.at,
        ),
    )
    connection.execute("DELETE FROM look WHERE at < ?", (look.at - KEPT,))


def looks(connection: sqlite3.Connection, client: str, most: int) -> list[Look]:
    """Return the latest looks at a client's pages, newest first."""
    rows = connection.execute(
        "SELECT person, client, period, run, page, at FROM look WHERE client = ? "
        "ORDER BY at DESC, person, period, page LIMIT ?",
        (client, most),
    )
    return [Look(**dict(row)) for row in rows]


def lookers(connection: sqlite3.Connection, client: str) -> list[Look]:
    """Return the last look of each person at a client's pages, newest first."""
    rows = connection.execute(
        # SQLite takes the other columns from the row that has the largest time.
        "SELECT person, client, period, run, page, max(at) AS at FROM look WHERE client = ? "
        "GROUP BY person ORDER BY at DESC, person",
        (client,),
    )
    return [Look(**dict(row)) for row in rows]


def last_visit(
    connection: sqlite3.Connection, person: str, client: str, now: float
) -> Visit | None:
    """Return a person's visit to a client's pages before the present one; None for the first."""
    rows = connection.execute(
        "SELECT period, run, visit, at FROM look WHERE person = ? AND client = ? ORDER BY at",
        (person, client),
    ).fetchall()
    going_on = rows[-1]["visit"] if rows and now - rows[-1]["at"] < APART else None
    before = [row for row in rows if row["visit"] != going_on]
    if not before:
        return None
    return Visit(before[-1]["at"], {row["period"]: row["run"] for row in before})
