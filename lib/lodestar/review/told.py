"""Findings on both sides: which are new, which are gone, and whose words changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lodestar.review.words import Piece, compare_words

__all__ = ["ChangedFinding", "Findings", "compare_findings"]

SAID = ("headline", "so_what")


@dataclass(frozen=True)
class ChangedFinding:
    """A finding whose headline or advice changed: the pieces of each, before and after."""

    id: str
    workbook: str
    words: Mapping[str, tuple[Sequence[Piece], Sequence[Piece]]]

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as ``diff --json`` prints it."""
        sides = {
            key: {"before": _text(there), "after": _text(here)}
            for key, (there, here) in self.words.items()
        }
        return {"id": self.id, "workbook": self.workbook, **sides}


@dataclass(frozen=True)
class Findings:
    """Findings added and gone (as results hold them), and changed."""

    added: tuple[Mapping[str, Any], ...] = ()
    gone: tuple[Mapping[str, Any], ...] = ()
    changed: tuple[ChangedFinding, ...] = ()

    def __len__(self) -> int:
        return len(self.added) + len(self.gone) + len(self.changed)

    def as_dict(self) -> dict[str, Any]:
        """Return the findings as ``diff --json`` prints them."""
        return {
            "added": [dict(one) for one in self.added],
            "gone": [dict(one) for one in self.gone],
            "changed": [one.as_dict() for one in self.changed],
        }


def compare_findings(before: Mapping[str, Any], after: Mapping[str, Any]) -> Findings:
    """Return what two sides' findings say differently, in the walk's order.

    Parameters
    ----------
    before, after : mapping
        results.json of each side.
    """
    there, here = (
        {one["id"]: one for one in results.get("findings", [])} for results in (before, after)
    )
    changed = [_changed(there[name], one) for name, one in here.items() if name in there]
    return Findings(
        tuple(one for name, one in here.items() if name not in there),
        tuple(one for name, one in there.items() if name not in here),
        tuple(one for one in changed if one is not None),
    )


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> ChangedFinding | None:
    words = {
        key: compare_words(before[key], after[key]) for key in SAID if before[key] != after[key]
    }
    return ChangedFinding(after["id"], after["workbook"], words) if words else None


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)
