"""The one gate before every route: paths that mean one thing, and only the session's own client."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher

from lodestar.serve.sessions import Sessions

__all__ = ["Gate", "segments", "session_client"]

OPEN = ("enter", "assets")
"""First segments that need no session: the way in, and the style of the page that refuses."""

KERNEL = re.compile(
    r"^(?:api/kernels|voila/api/shutdown)/(\w+-\w+-\w+-\w+-\w+)(?:/channels)?$", re.ASCII
)
FRONT_END = re.compile(r"^voila/(?:static|templates|labextensions|api/themes)/.+$")
"""What Voila's own front end loads: files of installed packages, nothing of a client's."""


class Gate(Matcher):
    """Match, and so hand to the refusing handler, every request that may not pass.

    Parameters
    ----------
    sessions : Sessions
        Who is who.
    kernels : callable
        Returns the client each running kernel belongs to, by kernel id.
    hosts : callable
        Returns the names and ports this server answers to; others are refused, so that no foreign
        name can be pointed at it.
    cookie : callable
        Returns the name of the session's cookie.
    """

    def __init__(
        self,
        sessions: Sessions,
        kernels: Callable[[], Mapping[str, str]],
        hosts: Callable[[], set[str]],
        cookie: Callable[[], str],
    ) -> None:
        self.sessions, self.kernels, self.hosts, self.cookie = sessions, kernels, hosts, cookie

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Return None when the request may pass, else the status to refuse it with."""
        status = self.verdict(request)
        return None if status == 200 else {"path_kwargs": {"status": str(status).encode()}}

    def verdict(self, request: HTTPServerRequest) -> int:
        """Return 200 to let a request pass, 403 without a session, 404 for what is not there."""
        parts = segments(request.path)
        if parts is None or request.host not in self.hosts() or not self._own_origin(request):
            return 404
        if parts[0] in OPEN:
            return 200
        client = session_client(request, self.sessions, self.cookie())
        if client is None:
            return 403
        return 200 if self._theirs(parts, client) else 404

    def _theirs(self, parts: list[str], client: str) -> bool:
        if parts == [""]:
            return True
        if parts[0] == "c":
            return len(parts) > 1 and parts[1] == client
        path = "/".join(parts)
        kernel = KERNEL.match(path)
        if kernel:
            return self.kernels().get(kernel.group(1)) == client
        return FRONT_END.match(path) is not None

    def _own_origin(self, request: HTTPServerRequest) -> bool:
        """Tell whether a request that acts, or opens a socket, comes from a page of this server."""
        origin = request.headers.get("Origin")
        acts = request.method not in ("GET", "HEAD") or "Upgrade" in request.headers
        return not (acts and origin) or urlsplit(origin or "").netloc == request.host


def segments(path: str) -> list[str] | None:
    """Return a path's decoded segments; None when it could mean two things.

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
    """
    decoded = unquote(path)
    parts = decoded.split("/")[1:]
    unclear = any(part in (".", "..") for part in parts) or "" in parts[:-1]
    hidden = decoded.count("/") != path.count("/")
    odd = hidden or "\\" in decoded or "%" in decoded or not decoded.isprintable()
    return None if unclear or odd or not decoded.startswith("/") else parts


def session_client(request: HTTPServerRequest, sessions: Sessions, cookie: str) -> str | None:
    """Return the client of the session that a request carries, or None."""
    morsel = request.cookies.get(cookie)
    return sessions.client(morsel.value) if morsel else None
