"""Names, roles, clients and days as a person types them: checked all at once, then normalised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from lodestar.access.model import GUEST, HOST, ROLES, Person, Role
from lodestar.engagement.places import plain_name
from lodestar.errors import InputError, Problem
from lodestar.schema.letters import visible
from lodestar.schema.nearest import meant

__all__ = ["checked_person", "normal_name", "problem"]

PLACE = "access"
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_MAIL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}")


def normal_name(name: str) -> str:
    """Return the one spelling of a name: without case, spaces around it, or wide letters.

    Examples
    --------
    >>> normal_name("  Ana.Ruiz@Example.COM ")
    'ana.ruiz@example.com'
    """
    return unicodedata.normalize("NFKC", name).strip().casefold()


def checked_person(
    name: str, role: str, clients: Iterable[str], ends: date | str | None, today: date
) -> Person:
    """Return a person to be added.

    Raises
    ------
    InputError
        Every part that is wrong, each with its remedy.
    """
    problems: list[Problem] = []
    named = _kept(problems, _name, name)
    part = _kept(problems, _role, role)
    seen = _kept(problems, _clients, (role, tuple(clients)))
    last = _kept(problems, checked_end, (ends, today))
    if problems:
        raise InputError(problems)
    return Person(named, part, seen, last)


def checked_end(given: tuple[date | str | None, date]) -> date | None:
    """Return the last day of access; it may be today, and ``never`` takes an end away."""
    ends, today = given
    if ends is None or ends in ("", "never"):
        return None
    try:
        day = ends if isinstance(ends, date) else date.fromisoformat(ends)
    except ValueError:
        raise InputError([_no_day(str(ends))]) from None
    if day < today:
        raise InputError([_past(day)])
    return day


def problem(code: str, message: str, remedy: str, value: str | None = None) -> Problem:
    """Return a problem with what was typed about people."""
    return Problem(code=code, file=PLACE, message=message, remedy=remedy, value=value)


def _kept(problems: list[Problem], check: Callable[[Any], Any], given: Any) -> Any:
    try:
        return check(given)
    except InputError as error:
        problems += error.problems
        return None


def _name(name: str) -> str:
    normal = normal_name(name)
    good = (_LOGIN.fullmatch(normal) and normal not in (GUEST, HOST)) or _MAIL.fullmatch(normal)
    if not good or len(normal) > 254:
        shown = visible(name)[:80]
        raise InputError([_no_name(shown)])
    return normal


def _role(role: str) -> Role:
    for known in ROLES:
        if role == known:
            return known
    remedy = meant(role, ROLES, f"Use {', '.join(ROLES[:-1])} or {ROLES[-1]}.")
    raise InputError([problem("unknown-role", "There is no such role.", remedy, role)])


def _clients(given: tuple[str, Sequence[str]]) -> tuple[str, ...]:
    role, clients = given
    odd = [client for client in clients if not plain_name(client)]
    if odd:
        raise InputError([_no_client(client) for client in odd])
    if role == "client" and not clients:
        raise InputError([_whose()])
    return tuple(sorted(set(clients)))


def _no_name(name: str) -> Problem:
    message = "This is neither an e-mail address nor a plain login."
    remedy = "Use an address, or letters, digits, '.', '_' and '-', such as 'ana.ruiz'."
    return problem("person-name", message, remedy, name)


def _no_client(client: str) -> Problem:
    message = "This is not the plain name of a client's folder."
    return problem("client-name", message, "Separate names by commas: demo,acme.", client)


def _whose() -> Problem:
    message = "A person of a client must be given that client."
    return problem("no-client", message, "Name it, e.g. --clients demo.")


def _no_day(ends: str) -> Problem:
    return problem("bad-date", "This is not a day.", "Write it as 2027-03-31, or 'never'.", ends)


def _past(day: date) -> Problem:
    message = "This day has passed."
    remedy = "Name today or a later day; to end access now, use `lodestar access revoke`."
    return problem("past-date", message, remedy, day.isoformat())
