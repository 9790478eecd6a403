"""What the what-if of 02 shows: the ladder, the sentences, the targets of the dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.level import (
    ladder_chart,
    ladder_marks,
    ladder_words,
    target_chart,
    target_marks,
    target_words,
)
from lodestar.charts.live import Live
from lodestar.controls.said import sentences
from lodestar.findings.level import answer
from lodestar.findings.level.aim import consequence
from lodestar.findings.level.rows import ladder_rows
from lodestar.findings.level.way import way_sentence
from lodestar.findings.model import Finding
from lodestar.findings.words import named
from lodestar.tables import Column, table

__all__ = ["STEPS", "Shown", "told"]

STEPS = [1 + half / 2 for half in range(9)]
"""Levels that can be tried: whole ones and halves."""

MARGIN = 44
"""Room in pixels for the figure of a mark that stands at the last rung."""

READING = (
    '<p class="ls-reading">Dot = present level, band = 80 % interval, square = target at the '
    "chosen level.</p>"
)
CAPTION = "Levels 1–5; target at the level chosen here, and as reviewed."
COLUMNS = [
    Column("label", "Dimension"),
    Column("estimate", "Present", "number"),
    Column("target", "Target", "number"),
    Column("reviewed", "Reviewed", "number"),
]


class Shown:
    """The parts of the what-if that follow, each beside what was reviewed.

    Parameters
    ----------
    results : mapping
        The reviewed results.
    """

    def __init__(self, results: Mapping[str, Any]) -> None:
        self.results, self._reviewed = results, results["level"]
        rungs = results["labels"]["level"]
        self._ladder = Live(lambda rows: ladder_chart(rows, rungs), MARGIN)
        self._targets = Live(target_chart, MARGIN)

    def ladder(self, now: Mapping[str, Any]) -> str:
        """Return the four levels as HTML, reviewed ones in grey where they moved."""
        frame = ladder_rows(now)
        if frame.empty:
            return ""
        before = ladder_rows(self._reviewed).set_index("kind")["estimate"]
        rows = ladder_marks(frame.assign(reviewed=frame["kind"].map(before)))
        return self._ladder.html(rows, f"{answer({'level': now})[0]} {ladder_words(rows)}")

    def words(self, now: Mapping[str, Any]) -> str:
        """Return the answer of the page and what to do about it, as HTML."""
        return sentences(told(self.results, now), told(self.results, self._reviewed))

    def targets(self, now: Mapping[str, Any]) -> str:
        """Return level and target of each dimension as HTML; empty without a chosen level."""
        if now["chosen"] is None:
            return ""
        rows, names = target_marks(self._dimensions(now)), self.results["labels"]["dimension"]
        said = way_sentence(now, names)
        head = sentences([said], [way_sentence(self._reviewed, names)]) if said else ""
        chart = self._targets.html(rows, f"{said} {target_words(rows)}".strip())
        return f"{head}{READING}{chart}{table(rows, COLUMNS, CAPTION).html()}"

    def _dimensions(self, now: Mapping[str, Any]) -> pd.DataFrame:
        """Return the profile with its targets now and as reviewed, missing numbers as NaN."""
        names = self.results["labels"]["dimension"]
        numbers = ("estimate", "low", "high", "target")
        rows = [
            {
                "label": named(names, row["dimension"]),
                **{key: row[key] for key in numbers},
                "reviewed": was["target"],
            }
            for row, was in zip(
                now["present"]["dimensions"], self._reviewed["present"]["dimensions"], strict=True
            )
        ]
        return pd.DataFrame(rows).astype(dict.fromkeys((*numbers, "reviewed"), float))


def told(results: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Return the answer of the page and what to do about it.

    Parameters
    ----------
    results : mapping
        The reviewed results; labels and currency are used.
    now : mapping
        The section ``level``.
    """
    shown = {"level": now, **{key: results[key] for key in ("labels", "currency")}}
    follows = consequence(shown)
    return [*answer(shown), *([follows.so_what] if isinstance(follows, Finding) else [])]
