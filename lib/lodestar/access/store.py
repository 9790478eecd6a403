"""Everything about who may see which client, in one private folder of the data root."""

from __future__ import annotations

from lodestar.access import lockout
from lodestar.access import looks as views
from lodestar.access.doors import Doors
from lodestar.access.model import GUEST, Look, Session, Visit
from lodestar.access.register import Register

__all__ = ["FOLDER", "Access"]

FOLDER = ".access"
"""Name of the folder in the data root; a dot in front, as no client's has."""


class Access(Register, Doors):
    """People, links, sessions and the record of who did what.

    Parameters
    ----------
    folder : Path
        Usually ``<data root>/.access``; made when missing, for its owner alone.
    clock : callable
        Seconds since 1970, UTC. When it is set back, every session and link ends: how old they
        are can no longer be told.
    limits : Limits, optional
        How long sessions last: 2 hours without a request for people of a client, 8 for others, and
        12 hours in all.
    passwords : Passwords, optional
        How passwords are hashed.

    Notes
    -----
    May be used from several threads and processes at once, the command beside a running server.
    ``sign_in`` takes a quarter of a second of one core and 64 MiB on purpose: a server calls it
    aside from its event loop, one at a time. Everything else takes about a millisecond.
    """

    def looked(
        self,
        session: Session,
        client: str,
        period: str,
        run: str,
        page: str,
        address: str | None = None,
    ) -> None:
        """Note that somebody was shown a page of a run.

        Parameters
        ----------
        session : Session
            Whose request it was.
        client, period, run, page : str
            What was shown: ``run`` is the hash of the published run, ``page`` the workbook.
        address : str, optional
            From where, for the record.
        """
        look = Look(session.person, client, period, run, page, self.clock())
        with self._database.change(durable=False) as connection:
            views.note(connection, look)
        told = {"client": client, "period": period, "run": run, "page": page}
        self.record("looked", person=session.person, address=address, **told)

    def looks(self, client: str, most: int = 1000) -> list[Look]:
        """Return who looked at a client's pages and when last, newest first."""
        return views.looks(self._database.connection, client, most)

    def lookers(self, client: str) -> list[Look]:
        """Return each person's last look at a client's pages, newest first."""
        return views.lookers(self._database.connection, client)

    def last_visit(self, session: Session, client: str) -> Visit | None:
        """Return the visit before this one to a client's pages; None for guests and first visits.

        Looks less than half an hour apart are one visit.
        """
        if session.person == GUEST:
            return None
        connection = self._database.connection
        return views.last_visit(connection, session.person, client, self.clock())

    def sweep(self) -> None:
        """Drop what has ended, and note the time; a server does so every few minutes."""
        now = self.clock()
        with self._database.change() as connection:
            self._settle(connection, now)
            self._sessions.forget(connection, now)
            lockout.forget(connection, now)

    def close(self) -> None:
        """Close what this thread holds open."""
        self._database.close()
