"""Content packed before it is asked for: by brotli, and by gzip for browsers without it."""

from __future__ import annotations

import gzip

import brotli

__all__ = ["PAGE", "best", "packed"]

PAGE = 6
"""How hard pages are packed, of 11: a tenth of a second for the longest."""


def packed(content: bytes, hard: int) -> tuple[bytes, bytes]:
    """Return content packed by gzip and by brotli.

    Parameters
    ----------
    content : bytes
        Text.
    hard : int
        0-11, brotli's measure; gzip goes as far as it can within it.
    """
    zipped = gzip.compress(content, min(hard, 9), mtime=0)
    return zipped, brotli.compress(content, mode=brotli.MODE_TEXT, quality=hard)


def best(accepted: str, zipped: bytes | None, tight: bytes | None) -> tuple[str, bytes] | None:
    """Return the name and bytes of the tightest packing that a browser takes; None for none.

    Parameters
    ----------
    accepted : str
        Its ``Accept-Encoding``.
    zipped, tight : bytes or None
        As gzip and brotli packed it.

    Examples
    --------
    >>> best("gzip, deflate, br", b"z", b"b"), best("gzip;q=0", b"z", b"b")
    (('br', b'b'), None)
    """
    taken = [part.partition(";") for part in accepted.replace(" ", "").split(",")]
    names = {name for name, _, weight in taken if weight not in ("q=0", "q=0.0")}
    for name, content in (("br", tight), ("gzip", zipped)):
        if content is not None and name in names:
            return name, content
    return None
