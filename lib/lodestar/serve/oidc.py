"""Signing in and out with an organisation's own account: there, and back with a proof."""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from lodestar.access.keys import hashed
from lodestar.errors import FaultError
from lodestar.serve.address import Address
from lodestar.serve.oidc_out import Departures
from lodestar.serve.oidc_provider import Attempt, Remote, Vouched, new_secret
from lodestar.serve.oidc_settings import read_settings
from lodestar.serve.refusals import RefusedError
from lodestar.serve.signing_in import Way
from lodestar.serve.words import place_of

__all__ = ["LeftHandler", "Provider", "ReturnHandler", "StartHandler", "Vouching", "provider_of"]

SECONDS, MOST = 600.0, 1000
"""How long an attempt may take, and how many may be under way."""


class Vouching(Protocol):
    """Whoever tells who somebody is."""

    async def way(self, attempt: Attempt) -> str:
        """Return the address that begins an attempt."""

    async def person(self, attempt: Attempt, code: str, issuer: str) -> Vouched:
        """Return whom the answer vouches for."""

    async def way_out(self, proof: str, state: str) -> str:
        """Return the address that signs somebody out there; empty when there is none."""


class Provider:
    """A sign-in that somebody else keeps, as the front offers it.

    Parameters
    ----------
    remote : Vouching
        The provider.
    label : str
        What its sign-in is called on the page.
    clock : callable
        Seconds that only grow.

    Attributes
    ----------
    back, by, allowance : str
        Path that the browser comes back to, what the record calls this way in, and which of the
        front's allowances counts it.
    only : bool
        Nobody comes another way, so nobody is asked how they would sign in.
    """

    back, by, allowance, only = "/oidc/return", "oidc", "entries", False

    def __init__(
        self, remote: Vouching, label: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.remote, self.label, self._clock = remote, label, clock
        self._attempts: OrderedDict[str, Attempt] = OrderedDict()
        self.departures = Departures(clock)

    def handlers(self) -> list[Any]:
        """Return the routes of going there and coming back."""
        return [
            (r"/oidc/start", StartHandler, {"provider": self}),
            (self.back, ReturnHandler, {"provider": self}),
            (r"/oidc/left", LeftHandler, {"provider": self}),
        ]

    def begin(self, browser: str, going: str) -> Attempt:
        """Return a new attempt of a browser, known by a secret that it holds."""
        secrets = (new_secret(), new_secret(), new_secret())
        attempt = Attempt(*secrets, hashed(browser), going, self._clock() + SECONDS)
        self._attempts[attempt.state] = attempt
        while len(self._attempts) > MOST:
            self._attempts.popitem(last=False)
        return attempt

    def take(self, state: str, browser: str) -> Attempt:
        """Return the attempt of a state, once and to its own browser.

        Raises
        ------
        RefusedError
            There is none, it took too long, or another browser began it.
        """
        attempt = self._attempts.pop(state, None)
        if attempt is None or self._clock() >= attempt.ends:
            raise RefusedError("attempt")
        if not hmac.compare_digest(attempt.browser, hashed(browser)):
            raise RefusedError("attempt")
        return attempt


def provider_of(file: Path, address: Address) -> Provider:
    """Return the provider that a file describes.

    Raises
    ------
    InputError
        The file cannot be used.
    FaultError
        The library for it is not installed.
    """
    settings = read_settings(file)
    try:
        import authlib  # noqa: F401
    except ImportError:
        raise FaultError(
            "OpenID Connect needs another package. Install it with "
            "`pip install 'lodestar-workbook[oidc]'`, or leave --oidc out."
        ) from None
    remote = Remote(settings, address.url("oidc/return"), address.url("oidc/left"))
    return Provider(remote, settings.label)


class _Oidc(Way):
    def initialize(self, provider: Provider) -> None:
        """Keep the provider."""
        self.provider = provider

    @property
    def cookie(self) -> str:
        """Return the name of the cookie that an attempt's browser is known by."""
        return f"{self.application.address.cookie}-oidc"

    @property
    def browser(self) -> str:
        """Return the secret that this browser holds; empty when it holds none."""
        morsel = self.request.cookies.get(self.cookie)
        return morsel.value if morsel else ""

    def counted_attempt(self) -> None:
        """Refuse when too many attempts come from where this one comes from."""
        self.counted(getattr(self.application, self.provider.allowance))

    def head(self, *given: str, **named: str) -> None:
        """Begin and take nothing for whoever only looks the address up."""
        raise RefusedError("method")


class StartHandler(_Oidc):
    """Leads to the provider."""

    async def get(self) -> None:
        """Begin an attempt and go there."""
        self.counted_attempt()
        browser = new_secret()
        going = place_of(self.get_query_argument("going", ""), self.application.address.base)
        way = await self.provider.remote.way(self.provider.begin(browser, going))
        self.keep_cookie(self.cookie, browser, "Lax")
        self.set_header("Cache-Control", "no-store")
        self.redirect(way, status=303)


class ReturnHandler(_Oidc):
    """Takes the provider's answer."""

    async def get(self) -> None:
        """Let in whoever it vouches for, if they were added."""
        self.counted_attempt()
        attempt = self.provider.take(self.get_query_argument("state", ""), self.browser)
        self.drop_cookie(self.cookie)
        code = self.get_query_argument("code", "")
        if self.get_query_argument("error", "") or not code:
            raise RefusedError("identity")
        issuer = self.get_query_argument("iss", "")
        found = await self.provider.remote.person(attempt, code, issuer)
        access, address = self.application.access, self.visit.arrival.address
        key = access.admit(found.person, address, self.provider.by)
        if not isinstance(key, str):
            raise RefusedError("stranger")
        session = access.session(key, used=False)
        if session and found.proof:
            self.provider.departures.arrived(session.id, found.proof)
        self.let_in(key, attempt.going)


class LeftHandler(_Oidc):
    """Takes back whoever signed out at the provider."""

    def get(self) -> None:
        """Say that they are signed out, here and there."""
        self.counted_attempt()
        self.provider.departures.end(self.get_query_argument("state", ""), self.browser)
        self.drop_cookie(self.cookie)
        self.show(self.application.words.signed_out(there=True))
