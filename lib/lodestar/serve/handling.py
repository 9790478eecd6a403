"""What every handler of the front shares: the visit, safe headers, calm errors, forms."""

from __future__ import annotations

import hmac
import logging
import secrets
from typing import Any
from weakref import finalize

from tornado.web import RequestHandler

from lodestar.access import Session
from lodestar.access.keys import derived, new_key
from lodestar.serve.headers import policy, safety, style_hashes
from lodestar.serve.refusals import REFUSALS, RefusedError, refusal_of
from lodestar.serve.verdict import Visit

__all__ = ["TOKEN", "Guarded", "PageHandler"]

_log = logging.getLogger(__name__)

TOKEN = "token"
"""Name of the field in which every form brings its token back."""


class Guarded(RequestHandler):
    """A handler behind the gate, for pages and sockets: it knows the visit and fails calmly."""

    def __init__(self, application: Any, request: Any, **options: Any) -> None:
        super().__init__(application, request, **options)
        application.answering.add(self)
        came, self._left = self.visit.arrival, None
        # A socket lasts, and never finishes; its session answers for it.
        counts = came.proxied and "Upgrade" not in request.headers
        if counts and application.crowd.enter(came.address):
            # Also when a visitor goes in the middle of a body, which finishes nothing.
            self._left = finalize(self, application.crowd.leave, came.address)

    def on_finish(self) -> None:
        """Let go of the server, which waits for answers before it ends."""
        self.application.answering.discard(self)
        if self._left:
            self._left()

    def set_default_headers(self) -> None:
        """Send everything as private, unframed, and with scripts of this server only."""
        self.clear_header("Server")
        self.set_header("Content-Security-Policy", policy())
        self.set_header("Cache-Control", "private, no-cache")
        for name, value in safety(self.application.address.secure).items():
            self.set_header(name, value)

    @property
    def visit(self) -> Visit:
        """Return who came and what for, as the gate found it."""
        found: Visit = self.request.visit
        return found

    @property
    def session(self) -> Session | None:
        """Return the session that the gate has checked; None on the ways in."""
        return self.visit.session

    def get_current_user(self) -> Session | None:
        """Return the session; tornado calls it the current user."""
        return self.session

    def compute_etag(self) -> None:
        """Leave tags to the pages that know their content."""

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """Write a fault down under a number; what stands after ``?`` is left out, it may open."""
        if refusal_of(getattr(error, "status_code", 500), error)[0] == "fault":
            self.fault = secrets.token_hex(4)
            place = f"{self.request.method} {self.request.path}"
            _log.error("Fault %s at %s", self.fault, place, exc_info=(kind, error, trace))

    def write_error(self, status_code: int, **options: Any) -> None:
        """Answer with the calm page of the reason; never with a traceback."""
        error = options.get("exc_info", (None, None))[1]
        reason, wait = refusal_of(status_code, error)
        self.set_status(REFUSALS[reason].status)
        if wait:
            self.set_header("Retry-After", str(max(1, -int(-wait // 1))))
        if reason == "method":
            self.set_header("Allow", "GET, HEAD, POST")
        said = {"wait": wait, "fault": getattr(self, "fault", ""), "token": self.form_token()}
        self.show(self.application.words.refusal(reason, self.visit, self.request, **said))

    def show(self, page: str) -> None:
        """Finish with a page made for this request; nobody keeps it."""
        content = page.encode()
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Security-Policy", policy(style_hashes(content)))
        self.finish(content)

    def form_token(self) -> str:
        """Return the token for forms: the session's, else one bound to a cookie of this browser."""
        if self.session:
            return self.session.csrf
        name = f"{self.application.address.cookie}-form"
        morsel = self.request.cookies.get(name)
        key = (morsel.value if morsel else "") or getattr(self, "form_key", "")
        if not key:
            self.form_key = key = new_key()
            self.keep_cookie(name, key, "Strict")
        return derived(key, "form")

    def keep_cookie(self, name: str, value: str, same_site: str) -> None:
        """Set a cookie that no script reads and that ends with the browser."""
        secure = self.application.address.secure
        rules = {"httponly": True, "secure": secure, "samesite": same_site, "path": "/"}
        self.set_cookie(name, value, **rules)

    def drop_cookie(self, name: str) -> None:
        """Take a cookie back."""
        secure = self.application.address.secure
        self.clear_cookie(name, path="/", secure=secure, httponly=True, samesite="Lax")


class PageHandler(Guarded):
    """A page or a form: what acts must bring back the token that was given with its form."""

    def head(self, *given: str, **named: str) -> Any:
        """Answer as for the page, without its body."""
        return self.get(*given, **named)

    def prepare(self) -> None:
        """Refuse a form without its token."""
        if self.request.method not in ("GET", "HEAD"):
            sent = self.get_body_argument(TOKEN, "").encode()
            if not hmac.compare_digest(sent, self.form_token().encode()):
                raise RefusedError("form")
