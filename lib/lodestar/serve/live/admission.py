"""Who may open a live copy now, and where in the line the others stand."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from lodestar.serve.live.limits import Limits, available_memory

__all__ = ["RETRY", "Admission", "Busy", "Copy", "Page"]

RETRY = 4
"""Seconds after which a page that waits asks again."""

_FORGOTTEN = 4 * RETRY
"""Seconds after which whoever asked no more has lost the place in line."""


class Page(Protocol):
    """A page's connection to its kernel."""

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Close it, and say why."""


class Busy(Exception):  # noqa: N818 - the word that handlers and pages use
    """No live copy can be opened now; the reviewed page stays as it is.

    Parameters
    ----------
    wait_seconds : float
        When a copy is free at the latest, should nobody touch theirs meanwhile.
    place : int
        Place in line, from 1; 0 where waiting does not help.
    own : bool
        The session's own copies are what is too many.
    """

    def __init__(self, wait_seconds: float = RETRY, place: int = 1, own: bool = False) -> None:
        super().__init__("every live copy is in use")
        self.wait_seconds, self.place, self.own = wait_seconds, place, own


@dataclass(eq=False)
class Copy:
    """One live copy: a kernel, and the session that it belongs to.

    Parameters
    ----------
    kernel : str
        Its id, made by the front.
    client, session : str
        Whose.
    touched : float
        When something was last said to it.
    left : float or None
        Since when no page is connected to it; None while one is, or is still loading.
    """

    kernel: str
    client: str
    session: str
    touched: float
    left: float | None = None
    sockets: set[Page] = field(default_factory=set)


class Admission:
    """Counts copies against the limits and keeps those who wait in order.

    Parameters
    ----------
    limits : Limits
        What is allowed.
    clock : callable
        Seconds that only grow.
    memory : callable
        Returns the bytes that the machine can still give.
    """

    def __init__(
        self,
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
        memory: Callable[[], int] = available_memory,
    ) -> None:
        self.limits, self.clock, self.memory = limits, clock, memory
        self.copies: dict[str, Copy] = {}
        self._waiting: defaultdict[str, dict[str, float]] = defaultdict(dict)

    def enter(self, copy: Copy, ticket: str, client_bytes: int) -> None:
        """Count a copy in.

        Parameters
        ----------
        copy : Copy
            About to be opened.
        ticket : str
            Who asks; asking again with the same one keeps the place in line.
        client_bytes : int
            Memory that the client's processes take already.

        Raises
        ------
        Busy
            It must wait.
        """
        of_session = self._of(session=copy.session)
        if len(of_session) >= self.limits.per_session:
            raise Busy(self._soonest(of_session, 1), 0, own=True)
        of_client = self._of(client=copy.client)
        if client_bytes + self.limits.copy_bytes > self.limits.client_bytes:
            self._wait(copy.client, ticket, of_client, 0)
        self._wait(copy.client, ticket, of_client, self.limits.per_client - len(of_client))
        self._wait("", ticket, list(self.copies.values()), self._free())
        for line in self._waiting.values():
            line.pop(ticket, None)
        self.copies[copy.kernel] = copy

    def leave(self, kernel: str) -> Copy | None:
        """Count a copy out."""
        return self.copies.pop(kernel, None)

    def is_crowded(self, client: str) -> bool:
        """Tell whether somebody waits for a copy of this client to end."""
        self._forget()
        return bool(self._waiting[""] or self._waiting[client])

    def due(self) -> list[tuple[Copy, bool]]:
        """Return the copies that must end now, and whether each was merely left untouched."""
        now, found = self.clock(), []
        for copy in self.copies.values():
            patience = self.limits.rest if self.is_crowded(copy.client) else self.limits.sleep
            if copy.left is not None and now - copy.left >= self.limits.left:
                found.append((copy, False))
            elif now - copy.touched >= patience:
                found.append((copy, True))
        return found

    def _of(self, client: str = "", session: str = "") -> list[Copy]:
        whose = (client, session)
        return [c for c in self.copies.values() if whose in ((c.client, ""), ("", c.session))]

    def _free(self) -> int:
        room = (self.memory() - self.limits.spare_bytes) // self.limits.copy_bytes
        return min(self.limits.copies - len(self.copies), room)

    def _wait(self, line: str, ticket: str, copies: list[Copy], free: int) -> None:
        """Let a ticket pass, or put it in line behind those who came before."""
        self._forget()
        waiting = self._waiting[line]
        ahead = list(waiting).index(ticket) if ticket in waiting else len(waiting)
        if ahead < free:
            return
        waiting[ticket] = self.clock()
        raise Busy(self._soonest(copies, ahead + 1), ahead + 1)

    def _soonest(self, copies: list[Copy], place: int) -> float:
        """Return in how many seconds so many copies end if nobody touches them."""
        now = self.clock()
        ends = sorted(max(0.0, copy.touched + self.limits.rest - now) for copy in copies)
        return max(float(RETRY), ends[min(place, len(ends)) - 1] if ends else 0.0)

    def _forget(self) -> None:
        """Drop those who stopped asking; the others move up."""
        now = self.clock()
        for line in self._waiting.values():
            for ticket in [t for t, asked in line.items() if now - asked > _FORGOTTEN]:
                del line[ticket]
