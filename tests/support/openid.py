"""A small provider of OpenID Connect on loopback: it checks what it is sent, and can lie."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

__all__ = ["CLIENT", "SECRET", "OpenId", "openid"]

CLIENT, SECRET = "lodestar-board", "s3cret & more:"


@dataclass
class OpenId:
    """The provider's state, and what it will say of whoever signs in next.

    Parameters
    ----------
    claims : dict
        Changes to the token's claims; None takes one out.
    header : dict
        Changes to the token's header.
    leave : str
        Path at which people sign out; empty where there is none.
    inside : bool
        Somebody's own session here lasts.
    """

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    broken: str = ""
    leave: str = "/leave"
    inside: bool = False
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    other: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))

    def metadata(self) -> dict[str, Any]:
        """Return what discovery tells."""
        paths = ("authorization", "token")
        ends = {f"{name}_endpoint": f"{self.issuer}/{name}" for name in paths}
        algorithms = {"id_token_signing_alg_values_supported": ["RS256"]}
        keys = {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"}
        out = {"end_session_endpoint": f"{self.issuer}{self.leave}"} if self.leave else {}
        return {**keys, **ends, **algorithms, **out, "response_types_supported": ["code"]}

    def authorized(self, asked: dict[str, str]) -> str:
        """Return where the browser is sent back to."""
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self.asked[code], self.inside = asked, True
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def left(self, asked: dict[str, str]) -> str:
        """End the session here; return where the browser is sent back to.

        Whoever comes with a proof is believed; without one, people would be asked.
        """
        assert asked["client_id"] == CLIENT
        hint = asked.get("id_token_hint")
        if hint:
            assert jwt.decode(hint, self.key).claims["aud"] == CLIENT
            self.inside = False
        return f"{asked['post_logout_redirect_uri']}?{urlencode({'state': asked['state']})}"

    def token(self, sent: dict[str, str], authorization: str) -> dict[str, str] | None:
        """Return the answer to a code; None refuses it."""
        client, _, secret = (
            base64.b64decode(authorization.partition(" ")[2]).decode().partition(":")
        )
        known = self.asked.pop(sent.get("code", ""), None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        right = (CLIENT, "s3cret+%26+more%3A")
        if known is None or (client, secret) != right or known["code_challenge"] != challenge:
            return None
        if known["redirect_uri"] != sent["redirect_uri"]:
            return None
        return {"access_token": "at", "token_type": "Bearer", "id_token": self.signed(known)}

    def signed(self, known: dict[str, str]) -> str:
        """Return the signed claims, changed as told."""
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "1",
            "iat": now,
            "exp": now + 300,
            "nonce": known["nonce"],
            "email": "Ana@Example.com",
            "email_verified": True,
        }
        told = {
            name: value for name, value in {**claims, **self.claims}.items() if value is not None
        }
        if self.broken in ("unsigned", "shared secret"):
            return self._forged(told)
        key = self.other if self.broken == "another key" else self.key
        return jwt.encode({"alg": "RS256", "kid": "one", **self.header}, told, key)

    def _forged(self, claims: dict[str, Any]) -> str:
        """Return claims without a signature, or signed with what everybody may know."""
        algorithm = "none" if self.broken == "unsigned" else "HS256"
        parts = [_packed(json.dumps(part)) for part in ({"alg": algorithm, "kid": "one"}, claims)]
        content = ".".join(parts)
        known = self.key.as_pem(private=False)
        digest = hmac.new(known, content.encode(), "sha256").digest()
        return f"{content}.{'' if algorithm == 'none' else _packed(digest)}"


def _packed(content: bytes | str) -> str:
    raw = content.encode() if isinstance(content, str) else content
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@contextmanager
def openid() -> Iterator[OpenId]:
    """Run a provider on a free port of this machine."""
    state = OpenId()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if state.broken == "away":
                self._say(503, {})
            elif parts.path in ("/authorization", state.leave):
                way = state.authorized if parts.path == "/authorization" else state.left
                self.send_response(302)
                self.send_header("Location", way(asked))
                self.end_headers()
            elif parts.path == "/keys":
                self._say(200, {"keys": [state.key.as_dict(private=False)]})
            else:
                self._say(200, state.metadata())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent = {name: values[0] for name, values in parse_qs(body).items()}
            answer = state.token(sent, self.headers.get("Authorization", ""))
            self._say(200 if answer else 400, answer or {"error": "invalid_grant"})

        def _say(self, status: int, content: dict[str, Any]) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
