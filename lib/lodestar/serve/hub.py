"""Below JupyterHub: the Hub says who somebody is, and a server of their own shows their pages."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from tornado.httputil import url_concat

from lodestar.access import Access
from lodestar.errors import InputError, Problem
from lodestar.serve.address import Address, checked_address
from lodestar.serve.refusals import RefusedError
from lodestar.serve.signing_in import Way
from lodestar.serve.words import place_of

__all__ = ["Hub", "hub_address"]

STATE = "hub-state"
"""End of the name of the cookie that binds a sign-in to the browser that began it."""


def hub_address(environment: Mapping[str, str] = os.environ) -> Address:
    """Return how a server that a Hub starts is reached.

    Parameters
    ----------
    environment : mapping
        What the Hub gives its servers; ``LODESTAR_PUBLIC_URL`` is what visitors type, and
        ``LODESTAR_TRUSTED_PROXY`` where the Hub's proxy asks from (this machine by default).

    Raises
    ------
    InputError
        No Hub started this, or a value cannot be used.

    Examples
    --------
    >>> hub_address({"JUPYTERHUB_SERVICE_URL": "http://127.0.0.1:4711/user/ana/",
    ...              "JUPYTERHUB_SERVICE_PREFIX": "/user/ana/",
    ...              "LODESTAR_PUBLIC_URL": "https://board.example"}).url("c/acme")
    'https://board.example/user/ana/c/acme'
    """
    url = urlsplit(environment.get("JUPYTERHUB_SERVICE_URL", ""))
    prefix = environment.get("JUPYTERHUB_SERVICE_PREFIX", "")
    public = environment.get("LODESTAR_PUBLIC_URL", "").rstrip("/")
    if not (url.hostname and prefix and public):
        raise InputError([_no_hub()])
    proxy = environment.get("LODESTAR_TRUSTED_PROXY", "127.0.0.1")
    return checked_address(url.hostname, url.port or 80, prefix, public, (proxy,))


class Hub:
    """The Hub as the organisation's own sign-in.

    Parameters
    ----------
    clients : sequence of str
        Whose pages this server shows.
    access : Access
        Where people are kept: those whom the Hub lets come here are added as they come.
    """

    label = "JupyterHub"
    only = True
    """Nobody comes here but through the Hub, so nobody is asked how they would sign in."""

    def __init__(self, clients: Sequence[str], access: Access) -> None:
        from jupyterhub.services.auth import HubOAuth

        self.auth = HubOAuth()
        self.clients, self.access = tuple(clients), access

    def handlers(self) -> list[Any]:
        """Return the routes of signing in: to the Hub, and back from it."""
        return [
            (r"/oidc/start", ToHubHandler, {"hub": self}),
            (r"/oauth_callback", FromHubHandler, {"hub": self}),
        ]

    def start(self, going: str) -> tuple[str, str]:
        """Return where to send somebody who wants in, and the state that comes back with them."""
        verifier, challenge, method = self.auth.generate_pkce_code_challenge()
        state = self.auth.generate_state(going, code_verifier=verifier)
        proof = {"code_challenge": challenge, "code_challenge_method": method}
        return url_concat(self.auth.login_url, {"state": state, **proof}), state

    async def name(self, code: str, state: str) -> tuple[str, str]:
        """Return who came back from the Hub, and where they were going.

        Raises
        ------
        RefusedError
            The Hub does not know them, or has not given them this server.
        """
        going = self.auth.get_next_url(state)
        verifier = self.auth.get_code_verifier(state)
        self.auth.clear_oauth_state(state)
        token = await self.auth.token_for_code(code, sync=False, code_verifier=verifier)
        user = await self.auth.user_for_token(token, use_cache=False, sync=False)
        if not user or not self.auth.check_scopes(self.auth.access_scopes, user):
            raise RefusedError("no-right")
        return str(user["name"]), going

    def admit(self, name: str, address: str) -> str:
        """Return the key of a new session; who comes for the first time is added.

        Raises
        ------
        RefusedError
            Access was revoked or has ended here.
        """
        try:
            self.access.person(name)
        except InputError:
            self.access.add(name, "client", self.clients)
        key = self.access.admit(name, address, self.label)
        if not isinstance(key, str):
            raise RefusedError("no-right")
        return key


class _HubWay(Way):
    """One of the two ends of the way through the Hub."""

    def initialize(self, hub: Hub) -> None:
        """Keep the Hub."""
        self.hub = hub

    @property
    def state_cookie(self) -> str:
        """Return the name of the cookie that holds the state."""
        return f"{self.application.address.cookie}-{STATE}"


class ToHubHandler(_HubWay):
    """The way to the Hub's own sign-in."""

    def get(self) -> None:
        """Send the browser to the Hub."""
        self.counted(self.application.attempts)
        base = self.application.address.base
        url, state = self.hub.start(place_of(self.get_query_argument("going", ""), base))
        self.keep_cookie(self.state_cookie, state, "Lax")
        self.set_header("Cache-Control", "no-store")
        self.redirect(url, status=303)


class FromHubHandler(_HubWay):
    """The way back: only the browser that began may finish."""

    async def get(self) -> None:
        """Let in whom the Hub names."""
        self.counted(self.application.attempts)
        state, code = (self.get_query_argument(name, "") for name in ("state", "code"))
        morsel = self.request.cookies.get(self.state_cookie)
        self.drop_cookie(self.state_cookie)
        if not code or not state or morsel is None or morsel.value != state:
            raise RefusedError("link")
        name, going = await self.hub.name(code, state)
        self.let_in(self.hub.admit(name, self.visit.arrival.address), going)


def _no_hub() -> Problem:
    return Problem(
        code="no-hub",
        file="--hub",
        message="No JupyterHub started this server.",
        remedy="Let the Hub start it: templates/jupyterhub/jupyterhub_config.py shows how.",
    )
