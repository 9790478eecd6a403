"""What is asked of a provider of OpenID Connect, and what is believed of its answers."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.httputil import url_concat
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from lodestar.serve.oidc_settings import Settings, safe_url
from lodestar.serve.refusals import RefusedError

__all__ = ["Attempt", "Remote", "Vouched"]

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures that need the provider's private key; those with a shared secret are refused."""

LEEWAY = 60
"""Seconds by which clocks may differ."""

KEPT, PATIENCE = 3600.0, 10.0
MOST_BYTES = 1 << 20


@dataclass(frozen=True)
class Attempt:
    """One signing-in under way: secrets that its answer must match, and where it leads."""

    state: str
    nonce: str
    verifier: str
    browser: str
    going: str
    ends: float


@dataclass(frozen=True)
class Vouched:
    """Whom a provider vouches for, and the proof that it takes back when they sign out."""

    person: str
    proof: str = ""


class Remote:
    """A provider, asked over the network.

    Parameters
    ----------
    settings : Settings
        Its address and what it knows this server by.
    back : str
        Address that it sends the browser back to.
    left : str
        Address that it sends the browser back to from signing out.
    """

    def __init__(self, settings: Settings, back: str, left: str) -> None:
        self.settings, self.back, self.left = settings, back, left
        self._metadata: tuple[float, Any] = (0.0, None)
        self._keys: tuple[float, Any] = (0.0, None)

    async def way(self, attempt: Attempt) -> str:
        """Return the address at the provider that begins an attempt."""
        from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        metadata = await self.metadata()
        return str(
            prepare_grant_uri(
                metadata["authorization_endpoint"],
                self.settings.client_id,
                "code",
                redirect_uri=self.back,
                scope="openid email",
                state=attempt.state,
                nonce=attempt.nonce,
                code_challenge=create_s256_code_challenge(attempt.verifier),
                code_challenge_method="S256",
            )
        )

    async def way_out(self, proof: str, state: str) -> str:
        """Return the address at the provider that ends its own session; empty when it names none.

        Source: OpenID Connect RP-Initiated Logout 1.0, section 2.
        """
        endpoint = str((await self.metadata()).get("end_session_endpoint") or "")
        asked = {
            "client_id": self.settings.client_id,
            "post_logout_redirect_uri": self.left,
            "state": state,
        }
        hint = {"id_token_hint": proof} if proof else {}
        return str(url_concat(endpoint, {**hint, **asked})) if safe_url(endpoint) else ""

    async def person(self, attempt: Attempt, code: str, issuer: str) -> Vouched:
        """Return the e-mail address of whoever the provider's answer vouches for, with the proof.

        Raises
        ------
        RefusedError
            The answer is not for this attempt, this server or this time, is signed by nobody
            known, or vouches for no e-mail address.
        """
        metadata = await self.metadata()
        told = metadata.get("authorization_response_iss_parameter_supported")
        if (issuer or told) and issuer != self.settings.issuer:
            raise RefusedError("identity")
        answer = await self._exchange(metadata, attempt, code)
        claims = await self._claims(answer, attempt)
        email = claims.get("email")
        if claims.get("email_verified") is not True or not isinstance(email, str):
            raise RefusedError("unverified")
        return Vouched(email, str(answer["id_token"]))

    async def metadata(self) -> Any:
        """Return what the provider says of itself, asked once an hour."""
        from authlib.oidc.discovery import OpenIDProviderMetadata

        ends, known = self._metadata
        if time.monotonic() < ends:
            return known
        issuer = self.settings.issuer
        found = OpenIDProviderMetadata(
            await self._json(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        )
        asked = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if found.get("issuer") != issuer or not all(safe_url(str(found.get(e))) for e in asked):
            raise RefusedError("provider")
        self._metadata = (time.monotonic() + KEPT, found)
        return found

    async def _exchange(self, metadata: Any, attempt: Attempt, code: str) -> dict[str, Any]:
        from authlib.oauth2.rfc6749.parameters import prepare_token_request

        body = prepare_token_request(
            "authorization_code",
            redirect_uri=self.back,
            code=code,
            code_verifier=attempt.verifier,
        )
        methods = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        options: dict[str, Any] = {}
        client, secret = quote_plus(self.settings.client_id), quote_plus(self.settings.secret)
        if "client_secret_basic" in methods:
            options = {"auth_username": client, "auth_password": secret}
        else:
            body += f"&client_id={client}&client_secret={secret}"
        return await self._json(
            metadata["token_endpoint"], method="POST", body=str(body), **options
        )

    async def _claims(self, answer: Mapping[str, Any], attempt: Attempt) -> Mapping[str, Any]:
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.errors import JoseError

        token = str(answer.get("id_token") or "")
        client = self.settings.client_id
        options = {
            "iss": {"essential": True, "value": self.settings.issuer},
            "aud": {"essential": True, "value": client},
        }
        params = {
            "nonce": attempt.nonce,
            "client_id": client,
            "access_token": answer.get("access_token"),
        }
        try:
            found = await self._decoded(jwt, token)
            claims = CodeIDToken(found.claims, found.header, options, params)
            claims.validate(int(time.time()), LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError):
            raise RefusedError("identity") from None
        return dict(claims)

    async def _decoded(self, jwt: Any, token: str) -> Any:
        """Return a token whose signature is the provider's; new keys are asked for once."""
        from joserfc.errors import JoseError

        known = self._keys[1] is not None
        try:
            return jwt.decode(token, await self._key_set(), algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            if not known:
                raise
        self._keys = (0.0, None)
        return jwt.decode(token, await self._key_set(), algorithms=ALGORITHMS)

    async def _key_set(self) -> Any:
        from joserfc.jwk import KeySet

        ends, known = self._keys
        if known is None or time.monotonic() >= ends:
            metadata = await self.metadata()
            known = KeySet.import_key_set(await self._json(metadata["jwks_uri"]))  # type: ignore[arg-type]
            self._keys = (time.monotonic() + KEPT, known)
        return known

    async def _json(self, url: str, **options: Any) -> dict[str, Any]:
        """Return a JSON object; the provider's fault is not the visitor's."""
        client = SimpleAsyncHTTPClient(force_instance=True, max_body_size=MOST_BYTES)
        authority = self.settings.authority or None
        request = HTTPRequest(
            url,
            follow_redirects=False,
            connect_timeout=PATIENCE,
            request_timeout=PATIENCE,
            ca_certs=authority,
            **options,
        )
        try:
            found = json.loads((await client.fetch(request)).body)
        except HTTPClientError as error:
            refused = "method" in options and error.code in (400, 401, 403)
            raise RefusedError("identity" if refused else "provider") from None
        except (OSError, ValueError):
            raise RefusedError("provider") from None
        finally:
            client.close()
        if not isinstance(found, dict):
            raise RefusedError("provider")
        return found


def new_secret() -> str:
    """Return a text that nobody can guess: 43 letters, as a verifier needs at least."""
    return secrets.token_urlsafe(32)
