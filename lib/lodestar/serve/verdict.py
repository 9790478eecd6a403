"""The rules before every route: paths that mean one thing, and only what the session may see."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from tornado.httputil import HTTPServerRequest

from lodestar.access import Session
from lodestar.serve.address import Address
from lodestar.serve.arrival import Arrival, arrived

__all__ = ["MOST_BYTES", "Rules", "Visit", "segments"]

OPEN = ("assets", "enter", "sign-in", "oidc", "oauth_callback")
"""First segments that need no session: the ways in, and the style of the page that refuses."""

SIGNED = ("", "alive", "password", "sign-out")
CONSULTANTS = ("clients",)
METHODS = ("GET", "HEAD", "POST", "DELETE")
OTHER_LOOKS = ("template", "theme", "voila-template", "voila-theme")
MOST_BYTES = 64 * 1024
"""Longest body of any form."""


@dataclass(frozen=True)
class Visit:
    """A request after the rules: who came, what for, and why it is refused ("" lets it pass)."""

    arrival: Arrival
    parts: tuple[str, ...] = ()
    session: Session | None = None
    key: str = ""
    refused: str = ""


class Rules:
    """What may pass.

    Parameters
    ----------
    address : Address
        How the server is reached.
    sessions : callable
        Returns the session of a cookie's key, or None; is told whether the request uses it.
    clients : container of str
        Clients that are served.
    stopping : callable
        Tells whether the server is about to stop.
    """

    def __init__(
        self,
        address: Address,
        sessions: Callable[[str, bool], Session | None],
        clients: Container[str],
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self.address, self.sessions = address, sessions
        self.clients, self.stopping = clients, stopping

    def judge(self, request: HTTPServerRequest) -> Visit:
        """Return who came and whether the request may pass."""
        came = self._arrival(request)
        parts = segments(request.path)
        below = None if parts is None else self._below(parts)
        unsafe = self._unsafe(request, came)
        if unsafe:
            return Visit(came, refused=unsafe)
        if below is None:
            return Visit(came, refused="no-page")
        if below[0] == "assets":
            return Visit(came, below)
        morsel = request.cookies.get(self.address.cookie)
        key = morsel.value if morsel else ""
        session = self.sessions(key, below[0] != "alive") if key else None
        why = "restarting" if self.stopping() else self._may(below, session, key)
        return Visit(came, below, session, key, why)

    def _arrival(self, request: HTTPServerRequest) -> Arrival:
        direct = Arrival(request.remote_ip or "", request.host.lower(), request.protocol)
        return arrived(direct, request.headers, self.address.trusted)

    def _below(self, parts: list[str]) -> tuple[str, ...] | None:
        """Return the segments below the base; None when the path is beside it."""
        base = self.address.base.strip("/").split("/") if self.address.base != "/" else []
        return tuple(parts[len(base) :]) or ("",) if parts[: len(base)] == base else None

    def _unsafe(self, request: HTTPServerRequest, came: Arrival) -> str:
        """Return why the way in which a request came is refused, whoever sent it."""
        if came.host not in self.address.hosts:
            return "host"
        if self._in_the_clear(request, came):
            return "insecure"
        if request.method not in METHODS:
            return "method"
        if not self._own_origin(request, came):
            return "origin"
        if _length(request) > MOST_BYTES:
            return "too-large"
        asked = {name.strip().lower() for name, _ in parse_qsl(request.query, True)}
        return "query" if asked & set(OTHER_LOOKS) else ""

    def _in_the_clear(self, request: HTTPServerRequest, came: Arrival) -> bool:
        """Tell whether a visitor passed by the proxy, or reached it without https."""
        expected = self.address.secure and not self.address.encrypted and self.address.trusted
        return bool(expected) and (not came.proxied or came.scheme == "http")

    def _own_origin(self, request: HTTPServerRequest, came: Arrival) -> bool:
        """Tell whether a request that acts, or opens a socket, comes from a page of this server."""
        origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
        acts = request.method not in ("GET", "HEAD") or "Upgrade" in request.headers
        if not acts:
            mode = request.headers.get("Sec-Fetch-Mode", "navigate")
            return not (site == "cross-site" and mode != "navigate")
        if origin is None:
            return site == "same-origin"
        wanted = urlsplit(self.address.origin).scheme
        parts = urlsplit(origin)
        return (parts.scheme, parts.netloc.lower()) == (wanted, came.host)

    def _may(self, parts: tuple[str, ...], session: Session | None, key: str) -> str:
        first = parts[0]
        if first in OPEN:
            return ""
        if session is None:
            return "signed-out" if key else "anonymous"
        if first == "c":
            seen = len(parts) > 1 and parts[1] in self.clients and session.may_see(parts[1])
            return "" if seen else "no-page"
        if first in CONSULTANTS:
            return "no-right" if session.role == "client" else ""
        return "" if first in SIGNED else "no-page"


def segments(path: str) -> list[str] | None:
    """Return a path's decoded segments; None when it could mean two things, or something hidden.

    Parameters
    ----------
    path : str
        Path as requested, still percent-encoded.

    Examples
    --------
    >>> segments("/c/demo/2026-Q4/02_level")
    ['c', 'demo', '2026-Q4', '02_level']
    >>> [segments(p) for p in ("/c/a/../b", "/c/a/%2e%2e/b", "/c//b", "/c/%252e", "/c/a%5cb")]
    [None, None, None, None, None]
    >>> [segments(p) for p in ("/c/.store", "/c/%c0%ae/b")]
    [None, None]
    """
    try:
        decoded = unquote(path, errors="strict")
    except UnicodeDecodeError:
        return None
    parts = decoded.split("/")[1:]
    unclear = any(part.startswith(".") for part in parts) or "" in parts[:-1]
    hidden = decoded.count("/") != path.count("/")
    odd = hidden or "\\" in decoded or "%" in decoded or not decoded.isprintable()
    return None if unclear or odd or not decoded.startswith("/") else parts


def _length(request: HTTPServerRequest) -> int:
    said = request.headers.get("Content-Length", "0")
    return int(said) if said.isascii() and said.isdigit() else MOST_BYTES + 1
