"""Ways in and out: links, passwords, other proofs of who somebody is, and sessions that end."""

from __future__ import annotations

from lodestar.access import lockout, people
from lodestar.access.base import Base
from lodestar.access.keys import hashed, new_key
from lodestar.access.model import GUEST, HOST, Refused, Session
from lodestar.access.names import normal_name

__all__ = ["LINK_HOURS", "Doors"]

LINK_HOURS = 72.0


class Doors(Base):
    """Links and sessions of a data root."""

    def new_link(self, name: str, hours: float = LINK_HOURS, once: bool = True) -> str:
        """Return the key of a new link for a person; only its hash is kept.

        Parameters
        ----------
        name : str
            Who it is for.
        hours : float
            How long it opens a session.
        once : bool
            The first use spends it.

        Raises
        ------
        InputError
            There is nobody of this name, or access was revoked or has ended.
        """
        person = self._standing(name)
        return self._link(person.name, (), hours, once)

    def guest_link(self, client: str, hours: float = LINK_HOURS, once: bool = True) -> str:
        """Return the key of a new link to one client's pages, for whoever holds it."""
        return self._link(GUEST, (client,), hours, once)

    def host_link(self, hours: float = LINK_HOURS) -> str:
        """Return the key of a new one-time link for whoever runs the server: every client's pages.

        Whoever can make one can read the clients' folders anyway.
        """
        return self._link(HOST, (), hours, True)

    def _link(self, name: str, clients: tuple[str, ...], hours: float, once: bool) -> str:
        key, now = new_key(), self.clock()
        with self._database.change() as connection:
            self._settle(connection, now)
            self._sessions.forget(connection, now)
            values = (hashed(key), name, " ".join(clients), now + hours * 3600, once)
            connection.execute("INSERT INTO link VALUES (?, ?, ?, ?, ?)", values)
        self.record("link-made", person=name, clients=clients or None, hours=hours, once=once)
        return key

    def enter(self, key: str, address: str) -> str | None:
        """Spend a link's key; return the key of a new session, or None when it opens nothing."""
        now = self.clock()
        with self._database.change() as connection:
            self._settle(connection, now)
            row = connection.execute("SELECT * FROM link WHERE hash = ?", (hashed(key),)).fetchone()
            if row and (row["once"] or row["ends"] <= now):
                connection.execute("DELETE FROM link WHERE hash = ?", (row["hash"],))
            session = None
            if row and now < row["ends"] and self._lets_in(row["person"], now):
                clients = tuple(row["clients"].split())
                session = self._sessions.open(connection, row["person"], clients, True, now)
        if session is None:
            self.record("refused", address=address, reason="link")
        else:
            self.record("signed-in", person=row["person"], address=address, by="link")
        return session

    def sign_in(self, name: str, password: str, address: str) -> str | Refused:
        """Return the key of a new session for a right name and password, else why not.

        Notes
        -----
        An unknown name takes the same work and gives the same answer as a wrong password; delays
        after failures are described in ``lodestar.access.lockout``.
        """
        normal, place, now = normal_name(name)[:254], lockout.network(address), self.clock()
        with self._database.change() as connection:
            self._settle(connection, now)
            lockout.forget(connection, now)
            counted = lockout.scopes(connection, normal, place, now)
            wait = lockout.attempt(connection, counted, now)
        if wait > 0:
            return self._refused(normal, address, Refused("wait", wait))
        kept = self._password(normal)
        if not self._passwords.matches(kept, password) or kept is None:
            return self._refused(normal, address, Refused("wrong"))
        if not self._lets_in(normal, now):
            return self._refused(normal, address, Refused("ended"))
        renewed = self._passwords.hash(password) if self._passwords.outdated(kept) else kept
        with self._database.change() as connection:
            if self._password(normal) != kept:
                return self._refused(normal, address, Refused("wrong"))
            connection.execute("UPDATE person SET password = ? WHERE name = ?", (renewed, normal))
            lockout.forgive(connection, counted, normal, place, now)
            key = self._sessions.open(connection, normal, (), False, now)
        self.record("signed-in", person=normal, address=address, by="password")
        return key

    def admit(self, name: str, address: str, by: str) -> str | Refused:
        """Return the key of a new session for somebody whom another service has identified.

        Parameters
        ----------
        name : str
            Who it is, as that service says; only people who were added are let in.
        address : str
            From where.
        by : str
            The service, for the record.
        """
        normal, now = normal_name(name)[:254], self.clock()
        if normal in (GUEST, HOST) or not self._lets_in(normal, now):
            return self._refused(normal, address, Refused("ended"))
        with self._database.change() as connection:
            self._settle(connection, now)
            key = self._sessions.open(connection, normal, (), False, now)
        self.record("signed-in", person=normal, address=address, by=by)
        return key

    def session(self, key: str, used: bool = True) -> Session | None:
        """Return the session of a key; None when it opens nothing.

        Parameters
        ----------
        key : str
            The session's key.
        used : bool
            Note that it is in use; a page that only asks whether it lasts does not use it.
        """
        return self._sessions.find(key, self.clock(), used)

    def end(self, key: str) -> None:
        """End one session."""
        with self._database.change() as connection:
            gone = connection.execute(
                "DELETE FROM session WHERE hash = ? RETURNING person", (hashed(key),)
            ).fetchone()
        if gone:
            self.record("signed-out", person=gone["person"])

    def end_all(self, name: str) -> None:
        """End every session and link of a person, or of all guests."""
        with self._database.change() as connection:
            people.end_all(connection, normal_name(name))
        self.record("signed-out", person=normal_name(name), reason="all sessions and links")

    def _password(self, name: str) -> str | None:
        """Return the hash kept for a person; None when there is none, or no such person."""
        row = self._database.connection.execute(
            "SELECT password FROM person WHERE name = ?", (name,)
        ).fetchone()
        return row["password"] if row else None

    def _refused(self, name: str, address: str, why: Refused) -> Refused:
        self.record("refused", person=name, address=address, reason=why.reason)
        return why
