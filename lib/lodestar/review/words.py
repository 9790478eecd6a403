"""Two texts word by word: what stayed, what went, what came; numbers marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

__all__ = ["Piece", "compare_words", "shared_start"]

_TOKENS = re.compile(r"\s+|[−+-]?\d[\d.,]*\d|[−+-]?\d|\w+|[^\w\s]")
_NUMBER = re.compile(r"[−+-]?\d[\d.,]*")
LONGEST = 4_000
"""Words of a text compared one by one; longer ones are told whole."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; ``kind`` is same, changed or number (a changed number)."""

    kind: str
    text: str


def compare_words(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces: what both share, and what differs on each side.

    Parameters
    ----------
    before, after : str
        The texts; the pieces of each side put together give it back exactly.

    Examples
    --------
    >>> there, here = compare_words("index 61 of 100", "index 64 of 100")
    >>> [(piece.kind, piece.text) for piece in here]
    [('same', 'index '), ('number', '64'), ('same', ' of 100')]
    """
    there, here = _TOKENS.findall(before), _TOKENS.findall(after)
    if max(len(there), len(here)) > LONGEST:
        return [Piece("changed", before)], [Piece("changed", after)]
    matcher = SequenceMatcher(None, there, here, autojunk=False)
    blocks = matcher.get_matching_blocks()
    shared = sum(len("".join(there[at : at + size])) for at, _, size in blocks)
    if 2 * shared < min(len(before), len(after)):
        return _pieces(there, False), _pieces(here, False)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        left += _pieces(there[a:a_end], tag == "equal")
        right += _pieces(here[b:b_end], tag == "equal")
    return _bridged(left), _bridged(right)


def shared_start(one: str, two: str) -> int:
    """Return how many characters two texts begin with alike.

    Examples
    --------
    >>> shared_start("index 61", "index 64"), shared_start("a", "ab")
    (7, 1)
    """
    pairs = enumerate(zip(one, two, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(two)))


def _bridged(pieces: list[Piece]) -> list[Piece]:
    """Return pieces with blanks between two changes counted as changed."""
    kinds = ["same", *(piece.kind for piece in pieces), "same"]
    return [
        piece
        if piece.text.strip() or "same" in (kinds[at], kinds[at + 2])
        else Piece("changed", piece.text)
        for at, piece in enumerate(pieces)
    ]


def _pieces(tokens: list[str], equal: bool) -> list[Piece]:
    """Return tokens as pieces: neighbours of one kind together."""
    out: list[Piece] = []
    for token in tokens:
        kind = "same" if equal else "number" if _NUMBER.fullmatch(token) else "changed"
        if out and out[-1].kind == kind != "number":
            out[-1] = Piece(kind, out[-1].text + token)
        else:
            out.append(Piece(kind, token))
    return out
