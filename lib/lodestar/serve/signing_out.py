"""The way out, and a person's own password."""

from __future__ import annotations

from tornado.ioloop import IOLoop

from lodestar.access import GUEST
from lodestar.errors import InputError
from lodestar.serve.handling import PageHandler
from lodestar.serve.refusals import RefusedError
from lodestar.serve.signing_in import SignInHandler

__all__ = ["AliveHandler", "PasswordHandler", "SignOutHandler"]


class SignOutHandler(PageHandler):
    """Ends the session, and what is open of it."""

    def post(self) -> None:
        """Sign out and say so."""
        self.application.close(self.visit)
        self.drop_cookie(self.application.address.cookie)
        self.set_header("Clear-Site-Data", '"cache"')
        base = self.application.address.base
        heading = "You are signed out."
        page = self.application.site.render(
            "message.html",
            reason="out",
            heading=heading,
            lines=["You may close this window."],
            link=(f"{base}sign-in", "Sign in again"),
        )
        self.show(page)


class AliveHandler(PageHandler):
    """Tells a page that is open whether the server is there and the session lasts."""

    def get(self) -> None:
        """Answer with nothing: the gate has looked."""
        self.set_header("Cache-Control", "no-store")
        self.set_status(204)


class PasswordHandler(SignInHandler):
    """Changes the password of the person who is signed in."""

    def prepare(self) -> None:
        """Refuse whoever came by a link that is nobody's in particular."""
        super().prepare()
        if self.session is None or self.session.person == GUEST:
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
