"""What the parts of the access store share: the file, the clock, the record."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lodestar.access import people
from lodestar.access.database import Database
from lodestar.access.journal import Journal
from lodestar.access.model import GUEST, HOST, Limits, Person
from lodestar.access.names import normal_name, problem
from lodestar.access.passwords import Passwords
from lodestar.access.sessions import Sessions, day_of, settle
from lodestar.errors import InputError

__all__ = ["Base"]


class Base:
    """The file of people, links and sessions; see ``Access`` for the parameters."""

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], float] = time.time,
        limits: Limits | None = None,
        passwords: Passwords | None = None,
    ) -> None:
        self.folder, self.clock = folder, clock
        self.limits = limits or Limits()
        self._database = Database(folder)
        self._sessions = Sessions(self._database, self.limits, self._settle)
        self._passwords = passwords or Passwords()
        self._journal = Journal(folder, clock)

    def record(self, event: str, **facts: Any) -> None:
        """Append an event to the audit log.

        Parameters
        ----------
        event : str
            What happened, such as ``signed-in``, ``refused``, ``looked``, ``what-if``,
            ``downloaded`` or ``signed-out``.
        **facts
            Who, from where and what: ``person``, ``address``, ``client``, ``period``, ``page``,
            ``run``, ``reason`` and the like; None is left out.

        Raises
        ------
        ValueError
            A fact is named like a secret: keys and passwords are never written.
        """
        self._journal.write(event, facts)

    def _settle(self, connection: sqlite3.Connection, now: float) -> None:
        """Note the time within a change, and record that the clock was set back."""
        if settle(connection, now):
            self.record("clock-set-back")

    def _lets_in(self, name: str, now: float) -> bool:
        """Tell whether a person may be let in now; a guest comes with a link that says so."""
        person = people.person_of(self._database.connection, name)
        return name in (GUEST, HOST) or (person is not None and person.stands(day_of(now)))

    def _standing(self, name: str) -> Person:
        """Return a person who may be let in.

        Raises
        ------
        InputError
            There is nobody of this name, or access was revoked or has ended.
        """
        person = people.required(self._database.connection, normal_name(name))
        if person.revoked:
            remedy = f"Give it back first: `lodestar access revoke {person.name} --undo`."
            message = "This person's access was revoked."
            raise InputError([problem("revoked", message, remedy, person.name)])
        if not person.stands(day_of(self.clock())):
            remedy = f"Set another end first: `lodestar access expire {person.name} never`."
            message = "This person's access has ended."
            raise InputError([problem("ended", message, remedy, person.name)])
        return person
