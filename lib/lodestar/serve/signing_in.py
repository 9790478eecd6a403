"""The ways in: a link that was sent, a name with its password."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tornado.ioloop import IOLoop

from lodestar.access import Refused
from lodestar.serve.handling import PageHandler
from lodestar.serve.limits import Allowance
from lodestar.serve.refusals import RefusedError
from lodestar.serve.words import place_of

__all__ = ["EnterHandler", "SignInHandler", "Way"]

QUEUE = 40
"""Passwords that may wait to be checked; each takes a quarter of a second and 64 MiB."""


class Way(PageHandler):
    """A way in: whoever comes through it holds a new session, and no old one any more."""

    def let_in(self, key: str, going: str = "") -> None:
        """Give the browser its session's key and lead to a page."""
        if self.visit.session:
            self.application.close(self.visit)
        self.keep_cookie(self.application.address.cookie, key, "Lax")
        self.set_header("Cache-Control", "no-store")
        base = self.application.address.base
        self.redirect(place_of(going, base) or base, status=303)

    def counted(self, allowance: Allowance) -> None:
        """Refuse when too many attempts come from where this one comes from."""
        wait = allowance.wait(self.visit.arrival.address)
        if wait:
            raise RefusedError("too-often", wait)


class EnterHandler(Way):
    """A link: its page sends the key back as a form, so that only looking it up spends nothing."""

    def get(self) -> None:
        """Show the page that enters."""
        key = self.get_query_argument("key", "")
        if not key:
            raise RefusedError("link")
        self.show(self.application.site.render("enter.html", key=key, token=self.form_token()))

    def post(self) -> None:
        """Enter; a browser that is inside already just goes on."""
        self.counted(self.application.entries)
        link = self.get_body_argument("key", "")
        key = self.application.access.enter(link, self.visit.arrival.address)
        if key is None:
            if self.session:
                self.redirect(self.application.address.base, status=303)
                return
            raise RefusedError("link")
        self.let_in(key)
        self.application.entered(link)


class SignInHandler(Way):
    """A name and its password."""

    checking = ThreadPoolExecutor(1, thread_name_prefix="passwords")
    waiting = 0

    def get(self) -> None:
        """Show the page to sign in on; whoever is inside already goes on."""
        if self.session:
            self.redirect(self.application.address.base, status=303)
            return
        going = place_of(self.get_query_argument("going", ""), self.application.address.base)
        self.show(self.application.words.sign_in(self.form_token(), going))

    async def post(self) -> None:
        """Sign in, or say why not."""
        self.counted(self.application.attempts)
        name, going = self.get_body_argument("name", ""), self.get_body_argument("going", "")
        password = self.get_body_argument("password", "", strip=False)
        found = await self.checked(name, password)
        if isinstance(found, str):
            self.let_in(found, going)
            return
        self.set_status(429 if found.reason == "wait" else 403)
        if found.wait:
            self.set_header("Retry-After", str(-int(-found.wait // 1)))
        going = place_of(going, self.application.address.base)
        token = self.form_token()
        self.show(self.application.words.not_let_in(found, token, going, name[:254]))

    async def checked(self, name: str, password: str) -> str | Refused:
        """Check a password aside, one at a time: pages go on meanwhile."""
        if SignInHandler.waiting >= QUEUE:
            raise RefusedError("crowded")
        SignInHandler.waiting += 1
        try:
            address = self.visit.arrival.address
            sign_in = self.application.access.sign_in
            found: str | Refused = await IOLoop.current().run_in_executor(
                self.checking, sign_in, name, password, address
            )
        finally:
            SignInHandler.waiting -= 1
        return found
