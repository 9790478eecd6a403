"""Passwords: Argon2id, and the same work whether or not there is such a person."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cached_property
from typing import Any

from lodestar.access.names import problem
from lodestar.errors import InputError

__all__ = ["Passwords"]

SHORTEST, LONGEST = 12, 1024
FEWEST = 5
"""Different characters that a password needs."""


class Passwords:
    """Hashes of passwords.

    Parameters
    ----------
    hasher : argon2.PasswordHasher, optional
        By default with the library's parameters, which are those of RFC 9106 for servers with
        little memory: 64 MiB and three passes.
    """

    def __init__(self, hasher: Any = None) -> None:
        self._given = hasher

    @cached_property
    def _hasher(self) -> Any:
        from argon2 import PasswordHasher

        return self._given or PasswordHasher()

    @cached_property
    def _decoy(self) -> str:
        return str(self._hasher.hash(secrets.token_urlsafe()))

    def hash(self, password: str) -> str:
        """Return what is kept of a new password.

        Raises
        ------
        InputError
            It is too short, too long, or the same few characters again and again.
        """
        plain = _plain(password)
        short = len(plain) < SHORTEST or len(set(plain)) < FEWEST
        if short or len(plain) > LONGEST or "\0" in plain or "\n" in plain:
            message = f"This password is not between {SHORTEST} and {LONGEST:,} varied characters."
            remedy = "Use three or four unrelated words, on one line."
            raise InputError([problem("weak-password", message, remedy)])
        return str(self._hasher.hash(plain))

    def matches(self, kept: str | None, password: str) -> bool:
        """Tell whether a password is the one kept; without one, do the same work and say no."""
        from argon2.exceptions import Argon2Error, InvalidHashError

        decoy, plain = self._decoy, _plain(password)[: LONGEST + 1]
        try:
            return bool(self._hasher.verify(kept or decoy, plain)) and kept is not None
        except (Argon2Error, InvalidHashError):
            return False

    def outdated(self, kept: str) -> bool:
        """Tell whether a hash was made with other parameters than those of now."""
        return bool(self._hasher.check_needs_rehash(kept))


def _plain(password: str) -> str:
    """Return one spelling of letters that keyboards write in several ways."""
    return unicodedata.normalize("NFC", password)
