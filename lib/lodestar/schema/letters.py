"""Characters that are no writing: controls, marks that turn the direction of what follows."""

from __future__ import annotations

import re

__all__ = ["LONGEST", "TURNING", "control_in", "visible"]

LONGEST = 32_767
"""Characters that a spreadsheet's cell holds; nothing that a client writes is longer."""

_MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

TURNING: dict[int, str | None] = dict.fromkeys(map(ord, _MARKS))
"""For ``str.translate``: leaves out marks that turn the direction of the words after them."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    r"\ufeff\ufffe\uffff]"
)


def control_in(text: str) -> re.Match[str] | None:
    r"""Return the first character that no text has: it steers a terminal or breaks a picture.

    Line ends and tabs, upright and feeding ones too, count as spaces.

    Examples
    --------
    >>> control_in("Sales\u2028and\tservice\n"), control_in("a\x1b[2J").start()
    (None, 1)
    """
    return _CONTROL.search(text)


def visible(text: str) -> str:
    r"""Return a text for a terminal: what would steer it, or not be seen, is written out.

    Examples
    --------
    >>> print(visible("a\x1b[2Jb\u202ec é"))
    a\u001b[2Jb\u202ec é
    """
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
