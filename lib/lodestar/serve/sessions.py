"""Who may see which client: one-time links that become sessions."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable

__all__ = ["SESSION_SECONDS", "Sessions"]

SESSION_SECONDS = 12 * 3600
_BYTES = 32


class Sessions:
    """Links and sessions of one server, in memory; they end with it.

    Parameters
    ----------
    clock : callable
        Seconds that only grow.

    Notes
    -----
    Only hashes of keys are kept. A link's key works once; the browser that used it then holds a
    session's key in a cookie no script can read.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._links: dict[str, str] = {}
        self._sessions: dict[str, tuple[str, float]] = {}

    def new_link(self, client: str) -> str:
        """Return the key of a new one-time link to a client's pages."""
        key = secrets.token_urlsafe(_BYTES)
        self._links[_hash(key)] = client
        return key

    def enter(self, key: str) -> str | None:
        """Spend a link's key; return the key of a new session, or None when it opens nothing."""
        client = self._links.pop(_hash(key), None)
        if client is None:
            return None
        session = secrets.token_urlsafe(_BYTES)
        self._sessions[_hash(session)] = (client, self._clock() + SESSION_SECONDS)
        return session

    def client(self, session: str) -> str | None:
        """Return the client whose pages a session may see; None when it has ended or never was."""
        client, ends = self._sessions.get(_hash(session), ("", 0.0))
        return client if client and self._clock() < ends else None


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
