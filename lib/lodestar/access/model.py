"""People, sessions, refusals and looks, as the rest of the program sees them."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

__all__ = [
    "GUEST",
    "HOST",
    "ROLES",
    "Limits",
    "Look",
    "Person",
    "Refused",
    "Role",
    "Session",
    "Visit",
]

Role = Literal["consultant", "reviewer", "client"]

ROLES: tuple[Role, ...] = ("consultant", "reviewer", "client")

GUEST = "guest"
"""Name of whoever opened a link that was made for a client rather than for a person."""

HOST = "host"
"""Name of whoever runs the server and opened the link that it printed for them."""

HOUR = 3600.0


@dataclass(frozen=True)
class Limits:
    """How long sessions last, in seconds.

    Parameters
    ----------
    idle : mapping
        Role: longest time without a request.
    whole : float
        Longest time from signing in to signing in again.
    """

    idle: Mapping[str, float] = field(
        default_factory=lambda: {"client": 2 * HOUR, "reviewer": 8 * HOUR, "consultant": 8 * HOUR}
    )
    whole: float = 12 * HOUR


@dataclass(frozen=True)
class Person:
    """Somebody who may sign in.

    Parameters
    ----------
    name : str
        E-mail address or plain login, normalised.
    role : str
        ``consultant``, ``reviewer`` or ``client``.
    clients : tuple of str
        Whom they may see; empty means every client, and for a person of a client none.
    ends : date or None
        Last day of access, in UTC; None for no end.
    revoked : bool
        Access was taken away.
    password : bool
        There is a password; without one only links open a session.
    """

    name: str
    role: Role
    clients: tuple[str, ...] = ()
    ends: date | None = None
    revoked: bool = False
    password: bool = False

    def stands(self, today: date) -> bool:
        """Tell whether this person may be let in on a day."""
        return not self.revoked and (self.ends is None or today <= self.ends)


@dataclass(frozen=True)
class Session:
    """What a request may do: read anew at each request, so that a change counts at once.

    Parameters
    ----------
    person : str
        Name, or ``guest`` for a link that was made for a client.
    role, clients
        As of the person.
    csrf : str
        Token that every form of this session carries back; derived from the session's key.
    link : bool
        The session was opened by a link rather than by a password.
    id : str
        Name of the session that opens nothing; for what is kept for it, such as live what-ifs.
    """

    person: str
    role: Role
    clients: tuple[str, ...]
    csrf: str
    link: bool
    id: str = ""

    def may_see(self, client: str) -> bool:
        """Tell whether this session may see a client.

        Examples
        --------
        >>> Session("a", "client", (), "", True).may_see("demo")
        False
        >>> Session("b", "consultant", (), "", False).may_see("demo")
        True
        >>> Session("c", "reviewer", ("acme",), "", False).may_see("demo")
        False
        """
        return client in self.clients if self.clients else self.role != "client"

    def sent(self, token: str) -> bool:
        """Tell, in a time that tells nothing, whether a form's token is this session's."""
        return hmac.compare_digest(self.csrf.encode(), token.encode("utf-8", "replace"))


@dataclass(frozen=True)
class Refused:
    """Why nobody was signed in.

    Parameters
    ----------
    reason : str
        ``wrong`` name or password, which of them is not told; ``wait`` after failures; ``ended``
        for a right password of somebody whose access has ended.
    wait : float
        Seconds until the next attempt counts.
    """

    reason: Literal["wrong", "wait", "ended"]
    wait: float = 0.0


@dataclass(frozen=True)
class Look:
    """Somebody looked at a page: of which run, and when last, in seconds since 1970, UTC."""

    person: str
    client: str
    period: str
    run: str
    page: str
    at: float


@dataclass(frozen=True)
class Visit:
    """The visit before the present one: when it ended, and the run last seen of each period."""

    at: float
    runs: Mapping[str, str]
