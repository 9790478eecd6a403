"""What the what-if of 03 shows: sentences, the worst conflicts, the roof of functions, the plan."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from lodestar.assess.conflicts.scenario import Scenario
from lodestar.charts.conflicts import roof, severity_bars
from lodestar.charts.live import Live
from lodestar.controls.said import sentences
from lodestar.findings.conflicts.cells import roof_order, roof_rows, roof_words, side
from lodestar.findings.conflicts.pairs_words import count_sentence, listed
from lodestar.findings.conflicts.repair_words import change_words, left_words, plan_sentence
from lodestar.findings.conflicts.rows import severity_rows
from lodestar.findings.conflicts.what_if_words import remain_words
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table

__all__ = ["Shown", "counts", "plan_table"]

WORST = 10
MARGIN = 340
"""Room in pixels for the words beside a bar, which change."""

BARS = (
    '<p class="ls-reading">The worst conflicts. Bar = severity, 0–1, darker = better evidence; '
    "dashed line = severe from here; was = as reviewed.</p>"
)
ROOF = (
    '<p class="ls-reading">Each two functions: severity summed, and how many of their conflicts '
    "are severe.</p>"
)
COLUMNS = [Column("change", "Cheapest changes"), Column("cost", "Cost", "number")]


class Shown:
    """The parts of the what-if that follow.

    Parameters
    ----------
    results : mapping
        The reviewed results.
    """

    def __init__(self, results: Mapping[str, Any]) -> None:
        self.results = results
        self._bars: dict[int, Live] = {}
        self._roofs: dict[tuple[tuple[str, ...], tuple[str, ...]], Live] = {}
        self._severity = {_pair(i): i["severity"] for i in results["conflicts"]["items"]}

    def words(self, now: Mapping[str, Any], scenario: Scenario) -> str:
        """Return what remains, how many conflicts there are and the plan, as HTML."""
        said = [*remain_words(self.results, now, scenario), *counts(now)]
        return sentences(said, counts(self.results))

    def bars(self, now: Mapping[str, Any], function: str) -> str:
        """Return the worst conflicts as bars, of one function where it is given."""
        shown = listed(now["conflicts"])
        if function:
            shown = [i for i in shown if function in (i["function_a"], i["function_b"])]
        if not shown:
            whose = "of this function" if function else "between functions"
            return f"<p>No clear conflict {whose}.</p>"
        rows = self._rows(now, shown[:WORST])
        if len(rows) not in self._bars:
            self._bars[len(rows)] = Live(_bars, MARGIN)
        words = f"The worst of {len(shown)}: {rows['label'].iloc[0]}, {rows['text'].iloc[0]}."
        return BARS + self._bars[len(rows)].html(rows, words)

    def _rows(self, now: Mapping[str, Any], items: list[dict[str, Any]]) -> pd.DataFrame:
        """Return one row a conflict, with what was reviewed where that was otherwise."""
        rows = severity_rows(now, items).assign(threshold=now["conflicts"]["threshold"])
        said = [self._beside(text, i) for text, i in zip(rows["text"], items, strict=True)]
        return rows.assign(text=said)

    def _beside(self, text: str, item: Mapping[str, Any]) -> str:
        """Return the words beside a bar, which begin with its severity."""
        before = self._severity.get(_pair(item))
        if before is None:
            return f"new: {text}"
        same = numeral(before, ".2f") == numeral(item["severity"], ".2f")
        return text if same else f"{text[:4]} (was {numeral(before, '.2f')}){text[4:]}"

    def roof(self, now: Mapping[str, Any]) -> str:
        """Return how much each two functions collide, as a staircase."""
        cells = now["conflicts"]["functions"]
        if not cells:
            return ""
        rows, columns = roof_order(cells)
        order = tuple(side(now, k) for k in rows), tuple(side(now, k) for k in columns)
        if order not in self._roofs:
            self._roofs[order] = Live(lambda frame: roof(frame, *order, description=""))
        return ROOF + self._roofs[order].html(roof_rows(now, rows, columns), roof_words(now))


def plan_table(now: Mapping[str, Any]) -> str:
    """Return the cheapest changes as a table, and what none of them clears."""
    changes = now["conflicts"]["repairs"]["changes"]
    notes = "".join(f"<p>{escape(note)}</p>" for note in left_words(now))
    if not changes:
        return notes
    rows = [{"change": change_words(now, c), "cost": c["cost"]} for c in changes]
    return table(pd.DataFrame(rows), COLUMNS).html() + notes


def counts(results: Mapping[str, Any]) -> list[str]:
    """Return how many conflicts there are, and what the cheapest changes leave of them."""
    return [f"{count_sentence(results)}.", f"{plan_sentence(results['conflicts'])}."]


def _bars(rows: pd.DataFrame) -> Any:
    return severity_bars(rows, float(rows["threshold"].iloc[0]), description="")


def _pair(item: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return a conflict by its two ends and kind, whichever direction is the worse."""
    low, high = sorted((item["a"], item["b"]))
    return low, high, item["kind"]
