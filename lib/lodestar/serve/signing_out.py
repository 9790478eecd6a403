"""The way out, and a person's own password."""

from __future__ import annotations

from tornado.ioloop import IOLoop

from lodestar.errors import InputError
from lodestar.serve.handling import PageHandler
from lodestar.serve.oidc_provider import new_secret
from lodestar.serve.refusals import RefusedError
from lodestar.serve.signing_in import SignInHandler

__all__ = ["AliveHandler", "PasswordHandler", "SignOutHandler"]


class SignOutHandler(PageHandler):
    """Ends the session, and what is open of it."""

    async def post(self) -> None:
        """Sign out here, then lead on to where somebody signed in, if that can be."""
        front, proof = self.application, None
        if self.session and front.provider:
            proof = front.provider.departures.proof(self.session.id)
        vouched = bool(proof) or (self.session is not None and front.vouched(self.session))
        front.close(self.visit)
        self.drop_cookie(front.address.cookie)
        self.set_header("Clear-Site-Data", '"cache"')
        way = await self._way_out(proof or "") if vouched else ""
        self.show(front.words.signed_out(way, False if vouched else None))

    async def _way_out(self, proof: str) -> str:
        """Return where to sign out next; empty when the provider has or says nothing."""
        provider, browser = self.application.provider, new_secret()
        try:
            way: str = await provider.remote.way_out(proof, provider.departures.begin(browser))
        except RefusedError:
            return ""
        if way:
            self.keep_cookie(f"{self.application.address.cookie}-oidc", browser, "Lax")
        return way


class AliveHandler(PageHandler):
    """Tells a page that is open whether the server is there and the session lasts."""

    def get(self) -> None:
        """Answer with nothing: the gate has looked."""
        self.set_header("Cache-Control", "no-store")
        self.set_status(204)


class PasswordHandler(SignInHandler):
    """Changes the password of the person who is signed in."""

    def prepare(self) -> None:
        """Refuse whoever has no password here: guests, and whom somebody else vouches for."""
        super().prepare()
        if self.session is None or not self.application.keeps_password(self.session):
            raise RefusedError("no-page")

    def get(self) -> None:
        """Show the form."""
        self._show("Change your password", [])

    async def post(self) -> None:
        """Change it; every other session of this person ends."""
        self.counted(self.application.attempts)
        new = self.get_body_argument("new", "", strip=False)
        if new != self.get_body_argument("again", "", strip=False):
            self._show("The two new passwords differ.", ["Type the same one twice."])
            return
        if self._known() and not await self._old_is_right():
            self._show("The password as it is now is not right.", ["Nothing was changed."])
            return
        person = self.session.person if self.session else ""
        access, loop = self.application.access, IOLoop.current()
        try:
            await loop.run_in_executor(self.checking, access.set_password, person, new)
        except InputError as error:
            lines = [f"{problem.message} {problem.remedy}" for problem in error.problems]
            self._show("This password cannot be taken.", lines)
            return
        self.application.close(self.visit)
        found = await self.checked(person, new)
        if not isinstance(found, str):
            raise RefusedError("signed-out")
        self.let_in(found)

    async def _old_is_right(self) -> bool:
        person = self.session.person if self.session else ""
        found = await self.checked(person, self.get_body_argument("old", "", strip=False))
        if isinstance(found, str):
            self.application.access.end(found)
        return isinstance(found, str)

    def _known(self) -> bool:
        """Tell whether the password now must be shown: whoever came by a link may not know it."""
        session = self.session
        if session is None or session.link:
            return False
        return bool(self.application.access.person(session.person).password)

    def _show(self, heading: str, lines: list[str]) -> None:
        self.set_status(422 if lines else 200)
        page = self.application.site.render(
            "password.html",
            reason="password",
            heading=heading,
            lines=lines,
            token=self.form_token(),
            person=self.session.person if self.session else "",
            known=self._known(),
        )
        self.show(page)
