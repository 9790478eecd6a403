"""Keys of links and sessions: long random text, of which only a hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets

__all__ = ["derived", "hashed", "new_key"]

_BYTES = 32


def new_key() -> str:
    """Return a key that nobody can guess: 256 random bits in 43 letters."""
    return secrets.token_urlsafe(_BYTES)


def hashed(key: str) -> str:
    """Return what is kept of a key; a plain hash is enough for 256 random bits."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def derived(key: str, purpose: str) -> str:
    """Return a token that only the holder of the key, or of this token, can show.

    Examples
    --------
    >>> derived("k", "csrf") == derived("k", "csrf") != derived("l", "csrf")
    True
    """
    return hmac.new(key.encode("utf-8", "surrogatepass"), purpose.encode(), "sha256").hexdigest()
