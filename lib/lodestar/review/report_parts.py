"""What a comparison is shown with: sections of sentences, tables and words side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lodestar.findings.words import count
from lodestar.review.moves import entry_name
from lodestar.review.shown import change_text, leaf_ends
from lodestar.review.tree import Leaf
from lodestar.review.words import Piece

__all__ = [
    "Block",
    "Fold",
    "Grid",
    "Limits",
    "Said",
    "Section",
    "Words",
    "flat",
    "leaf_grid",
    "leaf_name",
    "rest",
]

LEAF_HEAD = ("Where", "Before", "After", "Change")


@dataclass(frozen=True)
class Limits:
    """How much is shown; the rest is counted, and ``--json`` holds all of it.

    Parameters
    ----------
    rows : int
        Rows of a table, leaves of a kind.
    groups : int
        Kinds of leaves of a section.
    detail : bool
        Whether leaves, rows and cells are listed under their counts.
    """

    rows: int
    groups: int
    detail: bool


@dataclass(frozen=True)
class Said:
    """A sentence; ``strong`` ones lead."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: headings, rows of text, which columns hold numbers, and what was left out."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    left_out: str = ""


@dataclass(frozen=True)
class Words:
    """Two texts side by side in pieces, under what they are."""

    title: str
    before: Sequence[Piece]
    after: Sequence[Piece]


@dataclass(frozen=True)
class Fold:
    """Blocks under a line that unfolds them on the page."""

    title: str
    blocks: tuple[Block, ...]


Block = Said | Grid | Words | Fold


@dataclass(frozen=True)
class Section:
    """One question of the comparison."""

    title: str
    blocks: tuple[Block, ...] = field(default_factory=tuple)


def leaf_grid(
    leaves: Sequence[Leaf], limit: int, labels: Mapping[str, Mapping[str, str]], skip: int = 0
) -> Grid:
    """Return differing leaves as a table.

    Parameters
    ----------
    leaves : sequence of Leaf
        In the order to show.
    limit : int
        Rows shown; the others are counted.
    labels : mapping
        Names by kind and id.
    skip : int
        Keys at the front of a leaf's place that the heading already says.
    """
    rows = tuple(
        (leaf_name(leaf, labels, skip), *leaf_ends(leaf), change_text(leaf))
        for leaf in leaves[:limit]
    )
    left = rest(len(leaves), limit)
    if not any(row[-1] for row in rows):
        return Grid(LEAF_HEAD[:-1], tuple(row[:-1] for row in rows), left_out=left)
    return Grid(LEAF_HEAD, rows, frozenset({len(LEAF_HEAD) - 1}), left)


def leaf_name(leaf: Leaf, labels: Mapping[str, Mapping[str, str]], skip: int = 0) -> str:
    """Return where a leaf is: who its entries are, then its keys."""
    keys = [step for step in leaf.place if isinstance(step, str)][skip:]
    who = entry_name(leaf, labels)
    dotted = ".".join(keys)
    return f"{who}: {dotted}" if who and dotted else who or dotted or "all of it"


def rest(total: int, limit: int) -> str:
    """Return how much of a list is not shown; empty when all of it is.

    Examples
    --------
    >>> rest(12, 5), rest(5, 5)
    ('… and seven more', '')
    """
    return f"… and {count(total - limit)} more" if total > limit else ""


def flat(blocks: Iterable[Block]) -> list[Block]:
    """Return blocks with those that are folded in their place, for a medium without folds."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Fold):
            out += [Said(block.title), *flat(block.blocks)]
        else:
            out.append(block)
    return out
