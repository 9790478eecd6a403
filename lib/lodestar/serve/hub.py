"""Below JupyterHub: the Hub says who somebody is, and a server of their own shows their pages."""

from __future__ import annotations

import os
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from urllib.parse import urlsplit

from tornado.httputil import url_concat

from lodestar.access import Access
from lodestar.errors import InputError, Problem
from lodestar.serve.address import Address, checked_address
from lodestar.serve.oidc import Provider
from lodestar.serve.oidc_provider import Attempt, Vouched
from lodestar.serve.refusals import RefusedError

__all__ = ["HubProvider", "hub_address"]


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


class HubProvider(Provider):
    """The Hub as the one way in.

    Parameters
    ----------
    clients : sequence of str
        Whose pages this server shows.
    access : Access
        Where people are kept: those whom the Hub lets come here are added as they come.
    """

    back, by, allowance, only = "/oauth_callback", "JupyterHub", "attempts", True

    def __init__(self, clients: Sequence[str], access: Access) -> None:
        super().__init__(Hub(clients, access), "JupyterHub")


class Hub:
    """The Hub, asked who came.

    Parameters
    ----------
    clients, access
        As for ``HubProvider``.
    """

    def __init__(self, clients: Sequence[str], access: Access) -> None:
        from jupyterhub.services.auth import HubOAuth

        self.auth = HubOAuth()
        self.clients, self.access = tuple(clients), access

    async def way(self, attempt: Attempt) -> str:
        """Return the address at the Hub that begins an attempt (PKCE, RFC 7636)."""
        digest = sha256(attempt.verifier.encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        proof = {"code_challenge": challenge, "code_challenge_method": "S256"}
        return str(url_concat(self.auth.login_url, {"state": attempt.state, **proof}))

    async def person(self, attempt: Attempt, code: str, issuer: str) -> Vouched:
        """Return the name of whoever came back; who comes for the first time is added.

        Raises
        ------
        RefusedError
            The Hub does not know them, or has not given them this server.
        """
        token = await self.auth.token_for_code(code, sync=False, code_verifier=attempt.verifier)
        user = await self.auth.user_for_token(token, use_cache=False, sync=False)
        if not user or not self.auth.check_scopes(self.auth.access_scopes, user):
            raise RefusedError("no-right")
        name = str(user["name"])
        try:
            self.access.person(name)
        except InputError:
            self.access.add(name, "client", self.clients)
        return Vouched(name)

    async def way_out(self, proof: str, state: str) -> str:
        """Return nothing: the Hub's own session, which its other servers share, is its own."""
        return ""


def _no_hub() -> Problem:
    return Problem(
        code="no-hub",
        file="--hub",
        message="No JupyterHub started this server.",
        remedy="Let the Hub start it: templates/jupyterhub/jupyterhub_config.py shows how.",
    )
