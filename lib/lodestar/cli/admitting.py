"""What the verbs about access do: check everything first, change one thing, say what changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lodestar.cli.report import print_json, print_lines
from lodestar.engagement.places import client_folder, client_names, existing_folder, plain_name
from lodestar.errors import InputError, Problem

if TYPE_CHECKING:
    from lodestar.access import Access, Person

__all__ = [
    "HERE",
    "add",
    "change",
    "expire",
    "link",
    "listed",
    "looks",
    "password",
    "revoke",
    "sign_out",
]

HERE = "http://127.0.0.1:8866"
"""Where ``lodestar serve`` listens unless told otherwise."""


def add(name: str, role: str, clients: str | None, ends: str, data_root: Path | None) -> None:
    """Add a person once everything that was typed is right."""
    from lodestar.access.names import checked_person

    root, named = existing_folder(data_root), _split(clients)
    problems = _unknown(named, root)
    try:
        checked_person(name, role, named, ends, _today())
    except InputError as error:
        problems = [*error.problems, *problems]
    if problems:
        raise InputError(problems)
    person = _store(root).add(name, role, named, ends)
    print_lines([_said(person), f"Next: lodestar access link {person.name}"])


def change(name: str, role: str | None, clients: str | None, data_root: Path | None) -> None:
    """Change role or clients."""
    root = existing_folder(data_root)
    named = None if clients is None else _split(clients)
    problems = _unknown(named or (), root)
    if problems:
        raise InputError(problems)
    print_lines([_said(_store(root).change(name, role, named))])


def listed(data_root: Path | None, as_json: bool) -> None:
    """Print everybody."""
    people = _store(existing_folder(data_root)).people()
    if as_json:
        print_json([_document(person) for person in people])
    elif not people:
        print_lines(
            ["Nobody yet. Add somebody: lodestar access add ana@example.com --clients demo"]
        )
    else:
        heads = ("name", "role", "clients", "until", "signs in by")
        print_lines(_table(heads, map(_row, people)))


def revoke(name: str, undo: bool, data_root: Path | None) -> None:
    """Take access away, or give it back."""
    store = _store(existing_folder(data_root))
    if undo:
        person = store.restore(name)
        print_lines([_said(person), f"Next: lodestar access link {person.name}"])
    else:
        print_lines([_said(store.revoke(name))])


def expire(name: str, ends: str, data_root: Path | None) -> None:
    """Set the last day."""
    print_lines([_said(_store(existing_folder(data_root)).expire(name, ends))])


def link(
    name: str,
    hours: float,
    once: bool,
    site: str,
    output: Path | None,
    data_root: Path | None,
) -> None:
    """Print a link, or write it to a file that nobody else can read."""
    address = _address(site)
    store = _store(existing_folder(data_root))
    if output is None:
        print_lines([f"{address}/enter?key={store.new_link(name, hours, once)}"])
        return
    handle = _private(output)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{address}/enter?key={store.new_link(name, hours, once)}\n")
    except BaseException:
        output.unlink()
        raise
    opens = "once" if once else "as often as wanted"
    print_lines([f"The link is in {output}; it opens {opens} within {hours:g} hours."])


def password(name: str, file: Path | None, data_root: Path | None) -> None:
    """Set a password that was asked without showing it, piped in, or read from a file."""
    store = _store(existing_folder(data_root))
    known = store.person(name).name
    store.set_password(known, _read(file))
    print_lines([f"{known} signs in by the new password; what was open has ended."])


def sign_out(name: str, data_root: Path | None) -> None:
    """End sessions and links."""
    store = _store(existing_folder(data_root))
    known = store.person(name).name
    store.end_all(known)
    print_lines([f"{known} is signed out everywhere, and no link opens any more."])


def looks(client: str, data_root: Path | None, as_json: bool) -> None:
    """Print who looked at a client's pages."""
    client_folder(client, data_root)
    found = _store(existing_folder(data_root)).looks(client)
    if as_json:
        print_json([{**asdict(look), "at": _moment(look.at)} for look in found])
    elif not found:
        print_lines([f"Nobody has looked at {client} yet."])
    else:
        rows = [(_moment(x.at), x.person, x.period, x.page, x.run[:12]) for x in found]
        print_lines(_table(("when (UTC)", "who", "period", "page", "run"), rows))


def _store(root: Path) -> Access:
    from lodestar.access import FOLDER, Access

    return Access(root / FOLDER)


def _split(clients: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (clients or "").split(",") if name.strip())


def _unknown(clients: Iterable[str], root: Path) -> list[Problem]:
    """Return a problem for each client whose folder does not exist."""
    known = set(client_names(root))
    problems: list[Problem] = []
    for name in dict.fromkeys(clients):
        if plain_name(name) and name not in known:
            try:
                client_folder(name, root)
            except InputError as error:
                problems += error.problems
    return problems


def _address(site: str) -> str:
    if not site.startswith(("http://", "https://")) or not site.isprintable():
        message = "This is not the address of a server."
        remedy = "Write it as a browser shows it: https://dashboards.example.com."
        raise InputError([_problem("bad-address", message, remedy, site)])
    return site.rstrip("/")


def _private(output: Path) -> int:
    """Return a new file that its owner alone may read, opened for writing."""
    try:
        return os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        message = f"The file for the link cannot be made ({error.strerror})."
        remedy = "Name a new file in a folder that exists."
        raise InputError([_problem("link-file", message, remedy, str(output))]) from None


def _read(file: Path | None) -> str:
    """Return the password: from a file, from what is piped in, or asked twice."""
    from getpass import getpass

    if file is None and sys.stdin.isatty():
        first = getpass("New password: ")
        if getpass("Again: ") == first:
            return first
        message = "The two passwords differ."
        raise InputError([_problem("password", message, "Type the same one twice.")])
    try:
        text = sys.stdin.read() if file is None else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not text"
        message = f"The file with the password cannot be read ({why})."
        remedy = "Name a text file with the password on its only line."
        raise InputError([_problem("password-file", message, remedy, str(file))]) from None
    return text.removesuffix("\n").removesuffix("\r")


def _problem(code: str, message: str, remedy: str, value: str | None = None) -> Problem:
    return Problem(code=code, file="access", message=message, remedy=remedy, value=value)


def _said(person: Person) -> str:
    """Return what a person may do now, in one line."""
    if person.revoked:
        return f"{person.name}: access revoked; nothing of theirs opens any more."
    whom = ", ".join(person.clients) or "every client"
    until = f" until {person.ends.isoformat()}" if person.ends else ""
    return f"{person.name}: {person.role}, sees {whom}{until}."


def _row(person: Person) -> tuple[str, ...]:
    ways = "password or link" if person.password else "link"
    ended = not person.revoked and not person.stands(_today())
    state = "revoked" if person.revoked else "ended" if ended else ways
    until = person.ends.isoformat() if person.ends else "no end"
    return person.name, person.role, ", ".join(person.clients) or "all", until, state


def _document(person: Person) -> dict[str, Any]:
    ends = person.ends.isoformat() if person.ends else None
    return {**asdict(person), "ends": ends, "stands": person.stands(_today())}


def _today() -> date:
    return datetime.now(UTC).date()


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M")


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return rows in columns as wide as they need."""
    lines = [tuple(heads), *map(tuple, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
