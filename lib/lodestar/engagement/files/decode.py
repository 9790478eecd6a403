"""From bytes to text: UTF-8 or UTF-16; what may be either of two encodings is refused."""

from __future__ import annotations

import codecs
import re

from lodestar.errors import Problem
from lodestar.schema.letters import control_in

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAVE = "Save the file as 'CSV UTF-8' and check its accented letters."
_KINDS = (
    (b"PK\x03\x04", "a spreadsheet or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file"),
    (b"%PDF", "a PDF"),
)


def decode(content: bytes, file: str) -> str | Problem:
    """Return the text of a file, or why it cannot be read.

    Parameters
    ----------
    content : bytes
        The file as stored.
    file : str
        Its name for messages.

    Returns
    -------
    str or Problem
        Without a byte order mark; line ends as stored.

    Notes
    -----
    Bytes that are no UTF-8 may be any of a dozen encodings that differ in the accented letters,
    so they are refused with the row of the first one.
    """
    for start, kind in _KINDS:
        if content.startswith(start):
            return _not_text(file, f"This is {kind}, not text.", "Save the table as CSV (UTF-8).")
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    try:
        text = content.decode(encoding or _unmarked(content))
    except UnicodeDecodeError as error:
        return _undecodable(content, encoding, error, file)
    if found := control_in(text):
        return _not_text(
            file,
            f"The file holds a control character (code {ord(found[0])}), which no text has.",
            "Export the table again as CSV (UTF-8), or delete the character in this row.",
            row=_row(text[: found.start()]),
        )
    return text


def _unmarked(content: bytes) -> str:
    """Return the encoding of bytes without a mark: every other byte 0 means UTF-16."""
    start = content[:4000]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if len(content) % 2 == 0 and max(even, odd) > len(start) / 5 and min(even, odd) == 0:
        return "utf-16-le" if odd else "utf-16-be"
    return "utf-8"


def _undecodable(content: bytes, encoding: str, error: UnicodeDecodeError, file: str) -> Problem:
    """Return the problem of bytes that do not fit the encoding."""
    if encoding and encoding != "utf-8-sig":
        return _not_text(file, f"The file says it is {encoding} and is not.", _SAVE)
    before = content[: error.start].decode("utf-8", "replace")
    return Problem(
        code="not-utf8",
        file=file,
        row=_row(before),
        message="The file is not UTF-8, and its accented letters may be any of several.",
        remedy=_SAVE,
    )


def _not_text(file: str, message: str, remedy: str, row: int | None = None) -> Problem:
    return Problem("not-text", file, message, remedy, row=row)


def _row(before: str) -> int:
    """Return the number of the line that follows this text."""
    return len(re.findall(r"\r\n|\r|\n", before)) + 1
