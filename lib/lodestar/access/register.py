"""Changes to who there is: added, changed, revoked, ended, given a password."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from lodestar.access import people
from lodestar.access.base import Base
from lodestar.access.model import Person
from lodestar.access.names import checked_end, checked_person, normal_name
from lodestar.access.sessions import day_of

__all__ = ["Register"]


class Register(Base):
    """The people of a data root."""

    def people(self) -> list[Person]:
        """Return everybody, those revoked or ended too, by name."""
        return people.everybody(self._database.connection)

    def person(self, name: str) -> Person:
        """Return a person.

        Raises
        ------
        InputError
            There is nobody of this name.
        """
        return people.required(self._database.connection, normal_name(name))

    def add(
        self,
        name: str,
        role: str,
        clients: Iterable[str] = (),
        ends: date | str | None = None,
    ) -> Person:
        """Add a person; a link or a password then lets them in.

        Parameters
        ----------
        name : str
            E-mail address or plain login; case does not count.
        role : str
            ``consultant``, ``reviewer`` or ``client``.
        clients : iterable of str
            Whom they may see; none means all for consultants and reviewers. Whether a client's
            folder exists is not asked here.
        ends : date or str or None
            Last day of access, such as ``2027-03-31``.

        Raises
        ------
        InputError
            Everything that is wrong with what was given, or there is somebody of this name.
        """
        now = self.clock()
        person = checked_person(name, role, clients, ends, day_of(now))
        with self._database.change() as connection:
            self._settle(connection, now)
            people.insert(connection, person, now)
        told = {"role": person.role, "clients": person.clients, "ends": person.ends}
        self.record("person-added", person=person.name, **told)
        return person

    def change(
        self, name: str, role: str | None = None, clients: Iterable[str] | None = None
    ) -> Person:
        """Give a person another role or other clients; open sessions follow at once."""
        now = self.clock()
        with self._database.change() as connection:
            before = people.required(connection, normal_name(name))
            wanted = before.clients if clients is None else clients
            checked = checked_person(before.name, role or before.role, wanted, None, day_of(now))
            person = replace(before, role=checked.role, clients=checked.clients)
            people.update(connection, person)
        self.record("person-changed", person=person.name, role=person.role, clients=person.clients)
        return person

    def revoke(self, name: str) -> Person:
        """Take a person's access away: sessions, links and password are gone at once."""
        return self._ended(name, revoked=True)

    def restore(self, name: str) -> Person:
        """Give access back to somebody revoked; a link or a new password lets them in."""
        with self._database.change() as connection:
            person = replace(people.required(connection, normal_name(name)), revoked=False)
            people.update(connection, person)
        self.record("person-restored", person=person.name)
        return person

    def expire(self, name: str, ends: date | str | None) -> Person:
        """Set the last day of a person's access; None or ``never`` for no end."""
        day = checked_end((ends, day_of(self.clock())))
        with self._database.change() as connection:
            person = replace(people.required(connection, normal_name(name)), ends=day)
            people.update(connection, person)
        self.record("person-ends", person=person.name, ends=day or "never")
        return person

    def _ended(self, name: str, revoked: bool) -> Person:
        with self._database.change() as connection:
            before = people.required(connection, normal_name(name))
            person = replace(before, revoked=revoked, password=False)
            people.update(connection, person)
            connection.execute("UPDATE person SET password = NULL WHERE name = ?", (person.name,))
            people.end_all(connection, person.name)
        self.record("person-revoked", person=person.name)
        return person

    def set_password(self, name: str, password: str) -> None:
        """Set a person's password; their sessions and links end, as somebody else may hold them.

        Raises
        ------
        InputError
            There is nobody of this name, access was revoked, or the password is too weak.
        """
        person = self._standing(name)
        kept = self._passwords.hash(password)
        with self._database.change() as connection:
            connection.execute("UPDATE person SET password = ? WHERE name = ?", (kept, person.name))
            people.end_all(connection, person.name)
        self.record("password-set", person=person.name)
