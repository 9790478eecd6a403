"""Why a request was not answered: in plain words, with what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from tornado.web import HTTPError

__all__ = ["REFUSALS", "Refusal", "RefusedError", "in_words", "refusal_of"]

_ASK = "Ask the person who gave you access for a new link."


@dataclass(frozen=True)
class Refusal:
    """One reason: its status, what is said, a command for who runs the server."""

    status: int
    heading: str
    lines: tuple[str, ...] = ()
    command: str = ""
    wait: int = 0


REFUSALS: dict[str, Refusal] = {
    "anonymous": Refusal(
        403,
        "Please open your link.",
        ("These pages open with a one-time link, which the person who runs this server has.",),
    ),
    "signed-out": Refusal(
        403,
        "You are signed out.",
        ("This happens after some time without use, or when your access was changed.", _ASK),
    ),
    "link": Refusal(
        403,
        "This link does not open anything any more.",
        ("It was used before, has expired or was withdrawn.", _ASK),
    ),
    "attempt": Refusal(
        403,
        "This sign-in took too long.",
        ("It may also have been started in another browser. Start it again here.",),
    ),
    "departure": Refusal(
        403,
        "Nobody signed out this way.",
        ("It may have taken too long, or have begun in another browser. Nothing was changed.",),
    ),
    "identity": Refusal(
        403,
        "Your organisation did not confirm who you are.",
        ("Nobody was signed in. Try again; if it happens again, tell the person who runs this.",),
    ),
    "unverified": Refusal(
        403,
        "Your organisation has not confirmed your e-mail address.",
        ("Confirm it there, then sign in again.",),
    ),
    "stranger": Refusal(
        403,
        "You are not among the people of these pages.",
        ("Your account works; it needs to be added. Ask the person who told you of these pages.",),
    ),
    "provider": Refusal(
        502,
        "Your organisation's sign-in does not answer.",
        ("Try again in a few minutes, or open the link that you were sent.",),
        wait=60,
    ),
    "no-right": Refusal(
        403,
        "This page is not for you to see.",
        ("It is kept for the consultants. Your own pages are one click away.",),
    ),
    "no-page": Refusal(
        404,
        "There is no such page.",
        ("It may have been renamed, or it is not yours to see.",),
    ),
    "host": Refusal(
        421,
        "This server is not known by that name.",
        ("Open it under the address that you were given.",),
    ),
    "insecure": Refusal(
        403,
        "This way in is not safe.",
        ("Open the address that you were given; it begins with https.",),
    ),
    "origin": Refusal(
        403,
        "This came from another site.",
        ("Nothing was done. Open the page itself and do it there.",),
    ),
    "form": Refusal(
        403,
        "This form was open for too long.",
        ("Nothing was done. Go back, load the page again and send it once more.",),
    ),
    "query": Refusal(
        400,
        "This address asks for another look.",
        ("Pages come in one look, the one that was reviewed. Leave out what follows the “?”.",),
    ),
    "request": Refusal(
        400,
        "The server did not understand this.",
        ("Go back, load the page again and repeat what you did.",),
    ),
    "method": Refusal(
        405,
        "This page cannot do that.",
        ("Go back and use the links and buttons of the page.",),
    ),
    "too-large": Refusal(
        413,
        "This is more than the server takes.",
        ("Nothing was done. Send less at once.",),
    ),
    "too-often": Refusal(
        429,
        "That were many attempts.",
        ("Wait a minute, then try again.",),
        wait=60,
    ),
    "crowd": Refusal(
        429,
        "Too many connections are open from where you are.",
        ("Close other windows of these pages, wait half a minute, then load this page again.",),
        wait=30,
    ),
    "earlier": Refusal(
        409,
        "This page was made before what-ifs could stand beside it.",
        ("Its figures stand. Whoever runs this server can make it again with:",),
        "lodestar run",
    ),
    "busy": Refusal(
        503,
        "All live copies are in use.",
        ("The reviewed page has every figure. Try again in a few minutes.",),
        wait=60,
    ),
    "lost": Refusal(
        502,
        "The live calculation was lost.",
        ("The reviewed figures are not affected. Close the what-if and open it again.",),
    ),
    "restarting": Refusal(
        503,
        "The server is restarting.",
        ("Your place is kept. Load this page again in a few seconds.",),
        wait=5,
    ),
    "crowded": Refusal(
        503,
        "Many people are signing in just now.",
        ("Try again in a few seconds.",),
        wait=5,
    ),
    "fault": Refusal(
        500,
        "This page could not be shown.",
        ("The fault is ours. Tell the person who runs this server this number:",),
    ),
}
"""Reason: what is said. The words of a reason never depend on what there is to be seen."""

_BY_STATUS = {
    400: "request",
    403: "no-right",
    404: "no-page",
    405: "method",
    409: "earlier",
    413: "too-large",
    429: "too-often",
    502: "lost",
    503: "busy",
}


class RefusedError(HTTPError):
    """A request that is refused for one of the reasons.

    Parameters
    ----------
    reason : str
        Key of ``REFUSALS``.
    wait : float
        Seconds after which trying again makes sense; 0 for the reason's own.
    """

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(REFUSALS[reason].status)
        self.why, self.wait = reason, wait or REFUSALS[reason].wait


def refusal_of(status: int, error: BaseException | None) -> tuple[str, float]:
    """Return the reason of an error, and the seconds to wait; a fault when it has none."""
    if isinstance(error, RefusedError):
        return error.why, error.wait
    reason = _BY_STATUS.get(status, "fault")
    return reason, REFUSALS[reason].wait


def in_words(seconds: float) -> str:
    """Return a wait as people say it, never shorter than it is.

    Examples
    --------
    >>> in_words(1), in_words(45), in_words(61), in_words(3600)
    ('1 second', '45 seconds', '2 minutes', '60 minutes')
    """
    whole = max(1, int(-(-seconds // 1)))
    count, unit = (whole, "second") if whole < 60 else (-(-whole // 60), "minute")
    return f"{count} {unit}{'' if count == 1 else 's'}"
