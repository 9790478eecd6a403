"""Signing out where somebody signed in: there, and back to a page that says so (OpenID Connect)."""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict
from collections.abc import Callable

from lodestar.access.keys import hashed
from lodestar.serve.oidc_provider import new_secret
from lodestar.serve.refusals import RefusedError

__all__ = ["Departures"]

SECONDS, MOST = 600.0, 1000
"""How long somebody may take to come back from signing out, and how many may be on their way."""

KEPT = 5000
"""Proofs that are kept for signing out; whoever's is gone is asked there whether to sign out."""


class Departures:
    """The proofs that people came with, and those who are on their way out.

    Parameters
    ----------
    clock : callable
        Seconds that only grow.

    Notes
    -----
    Nothing of it is written anywhere: a proof names its person. After a restart people are signed
    out without it, which providers confirm with them.

    Examples
    --------
    >>> departures = Departures()
    >>> departures.arrived("a1b2", "proof")
    >>> departures.proof("a1b2"), departures.proof("a1b2")
    ('proof', '')
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._proofs: OrderedDict[str, str] = OrderedDict()
        self._leaving: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def arrived(self, session: str, proof: str) -> None:
        """Keep the proof that a session was opened with."""
        self._proofs[session] = proof
        while len(self._proofs) > KEPT:
            self._proofs.popitem(last=False)

    def proof(self, session: str) -> str:
        """Return the proof of a session, once; empty when it is not known (any more)."""
        return self._proofs.pop(session, "")

    def begin(self, browser: str) -> str:
        """Return the secret by which a browser that leaves is known when it comes back."""
        state = new_secret()
        self._leaving[state] = (hashed(browser), self._clock() + SECONDS)
        while len(self._leaving) > MOST:
            self._leaving.popitem(last=False)
        return state

    def end(self, state: str, browser: str) -> None:
        """Take back whoever left, once and in their own browser.

        Raises
        ------
        RefusedError
            Nobody left with this secret, it took too long, or it was another browser.
        """
        known, ends = self._leaving.pop(state, ("", 0.0))
        if self._clock() >= ends or not hmac.compare_digest(known, hashed(browser)):
            raise RefusedError("departure")
