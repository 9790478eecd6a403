"""Rows of people, and the end of their links and sessions."""

from __future__ import annotations

import sqlite3
from datetime import date

from lodestar.access.model import Person
from lodestar.access.names import problem
from lodestar.errors import InputError
from lodestar.schema.letters import visible
from lodestar.schema.nearest import meant

__all__ = ["end_all", "everybody", "insert", "person_of", "required", "update"]


def person_of(connection: sqlite3.Connection, name: str) -> Person | None:
    """Return a person, whatever their state; None when there is nobody of this name."""
    row = connection.execute("SELECT * FROM person WHERE name = ?", (name,)).fetchone()
    return _person(row) if row else None


def everybody(connection: sqlite3.Connection) -> list[Person]:
    """Return all people, by name."""
    return [_person(row) for row in connection.execute("SELECT * FROM person ORDER BY name")]


def required(connection: sqlite3.Connection, name: str) -> Person:
    """Return a person.

    Raises
    ------
    InputError
        There is nobody of this name: the remedy names those near.
    """
    person = person_of(connection, name)
    if person is None:
        known = [each.name for each in everybody(connection)]
        remedy = meant(name, known, "See who there is with `lodestar access list`.")
        message = "There is nobody of this name."
        raise InputError([problem("unknown-person", message, remedy, visible(name)[:80])])
    return person


def insert(connection: sqlite3.Connection, person: Person, now: float) -> None:
    """Add a person without a password.

    Raises
    ------
    InputError
        There is somebody of this name.
    """
    there = person_of(connection, person.name)
    if there:
        remedy = "Use `lodestar access change`, or `revoke --undo` for somebody revoked."
        message = "There is somebody of this name already."
        raise InputError([problem("known-person", message, remedy, person.name)])
    connection.execute(
        "INSERT INTO person VALUES (?, ?, ?, ?, 0, NULL, ?)",
        (person.name, person.role, " ".join(person.clients), _text(person.ends), now),
    )


def update(connection: sqlite3.Connection, person: Person) -> None:
    """Write a person's role, clients, end and whether access was taken away."""
    connection.execute(
        "UPDATE person SET role = ?, clients = ?, ends = ?, revoked = ? WHERE name = ?",
        (person.role, " ".join(person.clients), _text(person.ends), person.revoked, person.name),
    )


def end_all(connection: sqlite3.Connection, name: str) -> None:
    """End every session and link of a person."""
    connection.execute("DELETE FROM session WHERE person = ?", (name,))
    connection.execute("DELETE FROM link WHERE person = ?", (name,))


def _person(row: sqlite3.Row) -> Person:
    return Person(
        name=row["name"],
        role=row["role"],
        clients=tuple(row["clients"].split()),
        ends=date.fromisoformat(row["ends"]) if row["ends"] else None,
        revoked=bool(row["revoked"]),
        password=row["password"] is not None,
    )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
