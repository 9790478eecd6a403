"""What may be sent to the ways in and out of a provider's sign-in, and must open nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.serve.attack_model import FORM, OWN, Attack, Refusal
from tests.support.raw import Request

IDENTITY, ATTEMPT, DEPARTURE = (403, "identity"), (403, "attempt"), (403, "departure")
RETURN, LEFT, START = "/oidc/return", "/oidc/left", "/oidc/start"


def uninvited() -> Iterator[Attack]:
    """Return requests that no way there came before."""
    for name, query in {
        "forged": "?code=x&state=y",
        "bare": "",
        "without state": "?code=x",
        "without code": "?state=y",
        "state twice": "?state=a&state=b&code=x",
        "an error of nobody's": "?error=access_denied&state=y",
        "long": f"?state={'A' * 4000}&code=x",
        "with line breaks": "?state=%0d%0aX-Injected:%201&code=x",
        "with another look": "?state=y&code=x&going=//evil.example",
    }.items():
        yield Attack(f"a callback {name}", "anonymous", Request(f"{RETURN}{query}"), ATTEMPT)
        yield Attack(f"a departure {name}", "anonymous", Request(f"{LEFT}{query}"), DEPARTURE)
    for path in (START, RETURN, LEFT):
        looked = Request(f"{path}?state=y", "HEAD")
        yield Attack(f"only looked at {path}", "anonymous", looked, (405, ""))
        posted = Request(path, "POST", (FORM, OWN), "state=y&code=x")
        yield Attack(f"a form to {path}", "anonymous", posted, (403, "form"))
        foreign = (("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"))
        picture = Request(f"{path}?state=y", headers=foreign)
        yield Attack(f"a picture of {path} elsewhere", "anonymous", picture, (403, "origin"))
        named = Request(f"{path}?state=y", headers=(("Host", "evil.example"),))
        yield Attack(f"{path} under another name", "anonymous", named, (421, "host"))
        themed = Request(f"{path}?theme=x")
        yield Attack(f"{path} in another look", "anonymous", themed, (400, "query"))
    for path in ("/oidc", "/oidc/", "/oidc/x", "/oidc/return/", "/OIDC/start", "/oauth_callback"):
        refused = (403, "anonymous") if path.startswith("/OIDC") else (404, "no-page")
        yield Attack(f"beside the ways {path}", "anonymous", Request(path), refused)


@dataclass(frozen=True)
class Forgery:
    """A sign-in that was begun in order, and what is changed before its answer comes back.

    Parameters
    ----------
    name : str
        What is forged.
    expected : tuple
        Status and reason of its refusal.
    claims, header : dict
        Changes to what the provider says.
    path : callable
        Changes to the address that it sends the browser back to.
    browser : str
        ``own``, ``none`` or ``other``: whose browser brings the answer.
    """

    name: str
    expected: Refusal
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    path: Callable[[str], str] = str
    browser: str = "own"


def forgeries() -> Iterator[Forgery]:
    """Return answers to a real attempt with one thing forged in each."""
    yield Forgery("another browser", ATTEMPT, browser="other")
    yield Forgery("no browser", ATTEMPT, browser="none")
    yield Forgery("wrong state", ATTEMPT, path=lambda path: f"{path}x")
    yield Forgery("wrong nonce", IDENTITY, {"nonce": "x" * 43})
    yield Forgery("no nonce", IDENTITY, {"nonce": None})
    yield Forgery("wrong issuer in the token", IDENTITY, {"iss": "https://evil.example"})
    yield Forgery("another server's token", IDENTITY, {"aud": "another"})
    yield Forgery("an old token", IDENTITY, {"exp": 1_000_000_000})
    yield Forgery("an unknown key", IDENTITY, header={"kid": "two"})
    yield Forgery(
        "a key of its own", IDENTITY, header={"jwk": {"kty": "oct", "k": "eA"}, "kid": "x"}
    )
    yield Forgery("somebody else", (403, "stranger"), {"email": "bo@example.com"})
    yield Forgery("an unproven address", (403, "unverified"), {"email_verified": False})
    yield Forgery("wrong issuer", IDENTITY, path=_with("iss=https://evil.example"))
    yield Forgery("an error beside the code", IDENTITY, path=_with("error=access_denied"))
    yield Forgery("a guessed code", IDENTITY, path=lambda path: path.replace("code=", "code=x"))


def _with(more: str) -> Callable[[str], str]:
    return lambda path: path.replace("?", f"?{more}&")
