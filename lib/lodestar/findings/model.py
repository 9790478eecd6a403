"""A finding: one sentence with its evidence, what to do, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["Absent", "Finding"]


@dataclass(frozen=True)
class Finding:
    """One sentence with its evidence.

    Parameters
    ----------
    id : str
        Fixed slot of a workbook, e.g. ``level.distance``.
    workbook : str
        File stem, e.g. ``02_level``.
    headline : str
        A full sentence, true of the data, carrying a number with its interval.
    so_what : str
        What to do about it; one or two sentences.
    evidence : tuple of str
        JSON pointers into results.json, each of which resolves.
    reading : str
        How to read the exhibit in one line: units, interval, counts.
    """

    id: str
    workbook: str
    headline: str
    so_what: str
    evidence: tuple[str, ...]
    reading: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as results.json holds it."""
        return {
            "id": self.id,
            "workbook": self.workbook,
            "headline": self.headline,
            "so_what": self.so_what,
            "evidence": list(self.evidence),
        }


@dataclass(frozen=True)
class Absent:
    """A slot that cannot be filled: why, and which tables would fill it."""

    id: str
    workbook: str
    reason: str
    tables: tuple[str, ...] = ()
