"""A server that offers a provider's sign-in, and a browser that goes there and back."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path

import pytest

from lodestar.access import Access
from tests.support.clients import small_client
from tests.support.openid import CLIENT, SECRET, OpenId, openid
from tests.support.raw import REASON
from tests.support.server import Server, serving, session_cookie

__all__ = ["Place", "place_with_provider", "sent_to", "settings_file"]


def sent_to(way: str) -> str:
    """Go to an address elsewhere and return where it sends the browser."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object, **__: object) -> None:
            return None

    with pytest.raises(urllib.error.HTTPError) as sent:
        urllib.request.build_opener(Stay).open(way)
    return str(sent.value.headers["Location"])


@dataclass
class Place:
    """A server that offers a provider's sign-in."""

    server: Server
    provider: OpenId
    root: Path

    def begin(self, going: str = "") -> tuple[str, str]:
        """Return where the browser is led, and the cookie that it holds."""
        reply, _ = self.server.ask(f"/oidc/start?going={going}")
        assert reply.status == 303
        return str(reply.headers["Location"]), session_cookie(reply)

    def back(self, way: str) -> str:
        """Sign in at the provider and return the path that it sends the browser back to."""
        location = sent_to(way)
        assert location.startswith(f"{self.server.base}/oidc/return?")
        return location.removeprefix(self.server.base)

    def sign_in(self, going: str = "") -> tuple[HTTPResponse, str]:
        """Go there and back; return the reply and the reason of a refusal."""
        way, cookie = self.begin(going)
        reply, body = self.server.ask(self.back(way), cookie)
        found = REASON.search(body)
        return reply, found[1].decode() if found else ""

    def inside(self) -> str:
        """Sign in and return the session's cookie."""
        reply, _ = self.sign_in()
        name = f"lodestar-{self.server.port}="
        kept = [str(line) for line in reply.headers.get_all("Set-Cookie") or ()]
        return next(line.split(";")[0] for line in kept if line.startswith(name))


@contextmanager
def place_with_provider(root: Path) -> Iterator[Place]:
    """Serve a small client with a provider of whose people one was added and one is gone."""
    small_client(root, "acme")
    access = Access(root / ".access")
    access.add("ana@example.com", "client", ["acme"])
    access.add("gone@example.com", "client", ["acme"])
    access.revoke("gone@example.com")
    access.close()
    with openid() as provider:
        file = settings_file(root.parent, provider.issuer)
        with serving(root, "acme", options=["--oidc", str(file)]) as server:
            yield Place(server, provider, root)


def settings_file(folder: Path, issuer: str, mode: int = 0o600) -> Path:
    secret = folder / "oidc.secret"
    secret.write_text(f"{SECRET}\n")
    secret.chmod(mode)
    file = folder / "oidc.yml"
    file.write_text(f"issuer: {issuer}\nclient_id: {CLIENT}\nclient_secret_file: {secret.name}\n")
    return file
