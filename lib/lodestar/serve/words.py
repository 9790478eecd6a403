"""Pages that say why something was not done, and the page to sign in on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from lodestar.access import Refused
from lodestar.serve.refusals import REFUSALS, in_words
from lodestar.serve.site import Site
from lodestar.serve.verdict import Visit, segments

__all__ = ["Words", "place_of"]

WAYS_IN = ("anonymous", "signed-out", "link", "attempt", "identity", "unverified", "stranger")
"""Reasons whose next step is to sign in."""

NOT_LET_IN = {
    "wrong": (
        "Name and password do not match.",
        "Check both. If you have forgotten the password, ask the person who gave you access.",
    ),
    "wait": (
        "That were several attempts that did not work.",
        "Wait {wait}, then try again; until then nobody can sign in with this name from here.",
    ),
    "ended": (
        "Your access has ended.",
        "Ask the person who gave it to you to extend it.",
    ),
}


class Words:
    """The pages of the ways in and of refusals.

    Parameters
    ----------
    site : Site
        Renders them.
    anybody : callable
        Tells whether there are people who could sign in with a name.
    provider : str
        What the organisation's own sign-in is called; empty when there is none.
    """

    def __init__(self, site: Site, anybody: Callable[[], bool], provider: str = "") -> None:
        self.site, self.anybody, self.provider = site, anybody, provider

    def refusal(
        self, reason: str, visit: Visit, request: Any, wait: float, fault: str, token: str
    ) -> str:
        """Return the page of a reason; where signing in helps, with the form for it."""
        why = REFUSALS[reason]
        heading, lines = why.heading, list(why.lines)
        if reason in WAYS_IN and self._open():
            if reason == "anonymous":
                heading, lines = "Please sign in.", []
            going = place_of(request.path, self.site.base) if request.method == "GET" else ""
            return self._sign_in(reason, heading, lines, token, "" if reason == "link" else going)
        if wait and reason in ("too-often", "busy"):
            lines = [f"Wait {in_words(wait)}, then try again."]
        link = (self.site.base, "To your pages") if visit.session else ("", "")
        return self.site.render(
            "message.html",
            reason=reason,
            heading=heading,
            lines=lines,
            command=why.command or fault,
            link=link,
        )

    def sign_in(self, token: str, going: str = "", name: str = "") -> str:
        """Return the page to sign in on."""
        if not self._open():
            return self._sign_in("anonymous", REFUSALS["anonymous"].heading, [], token, going)
        return self._sign_in("sign-in", "Please sign in.", [], token, going, name)

    def not_let_in(self, why: Refused, token: str, going: str, name: str) -> str:
        """Return the page to sign in on after an attempt that did not work."""
        heading, line = NOT_LET_IN[why.reason]
        said = [line.format(wait=in_words(why.wait))]
        return self._sign_in(why.reason, heading, said, token, going, name)

    def signed_out(self, way: str = "", there: bool | None = None) -> str:
        """Return the page after signing out.

        Parameters
        ----------
        way : str
            Address at the provider that signs out there too; the page goes there by itself.
        there : bool or None
            Whether the provider's own session has ended; None when there is nothing to end.
        """
        place, again = self.provider, (f"{self.site.base}sign-in", "Sign in again")
        heading, lines = "You are signed out.", ["You may close this window."]
        if way:
            heading, again = "You are signed out here.", (way, f"Sign out at {place} too")
            lines = [f"Next you are signed out at {place}."]
        elif there:
            heading = f"You are signed out, here and at {place}."
        elif there is not None:
            heading = "You are signed out here."
            lines = [f"You are still signed in at {place}: on a shared computer, sign out there."]
        return self.site.render(
            "message.html", reason="out", heading=heading, lines=lines, link=again, onward=way
        )

    def _open(self) -> bool:
        return self.anybody() or bool(self.provider)

    def _sign_in(
        self,
        reason: str,
        heading: str,
        lines: list[str],
        token: str,
        going: str,
        name: str = "",
    ) -> str:
        return self.site.render(
            "sign_in.html",
            reason=reason,
            heading=heading,
            lines=lines,
            token=token,
            going=going,
            name=name,
            people=self.anybody(),
            provider=self.provider,
            query=f"?going={quote(going)}" if going else "",
        )


def place_of(path: str, base: str = "/") -> str:
    """Return a path to go to after signing in; empty unless it is plainly a page of this server.

    Examples
    --------
    >>> place_of("/c/demo/2026-Q4/02_level"), place_of("//evil.example"), place_of("https://x")
    ('/c/demo/2026-Q4/02_level', '', '')
    >>> place_of("/lodestar/c/demo", "/lodestar/"), place_of("/other/c/demo", "/lodestar/")
    ('/lodestar/c/demo', '')
    """
    parts = segments(path) if path.startswith(f"{base}c/") and len(path) < 400 else None
    return path if parts else ""
