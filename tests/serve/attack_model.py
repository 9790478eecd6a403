"""What an attack is: who sends which bytes, and the one answer it must get."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.raw import Request

PERIOD, STEM = "2026-Q4", "02_level"
KERNEL = "00000000-0000-4000-8000-00000000feed"
"""Stands for a kernel of acme's that runs while the suite does."""

GUESSED = "0a1b2c3d-0000-4000-8000-0123456789ab"
FORM = ("Content-Type", "application/x-www-form-urlencoded")
OWN = ("Origin", "http://HOST")
SOCKET = (
    ("Upgrade", "websocket"),
    ("Connection", "Upgrade"),
    ("Sec-WebSocket-Version", "13"),
    ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
)
Refusal = tuple[int, str]
GONE, UNKNOWN, OUT = (404, "no-page"), (403, "anonymous"), (403, "signed-out")
BARE: Refusal = (400, "")
"""What tornado answers to bytes that are no request: a status, and the connection ends."""

DROPPED: Refusal = (0, "")
"""Beyond what is read of a request's head the connection ends without a word."""

UNPUBLISHED: Refusal = (404, "unpublished")


@dataclass(frozen=True)
class Attack:
    """A request, who sends it, and the status and reason of its refusal."""

    name: str
    who: str
    request: Request
    expected: Refusal


NOBODY = {"anonymous": UNKNOWN, "expired": OUT, "revoked": OUT, "guesser": OUT}
"""Who holds no session, and what they are told."""
