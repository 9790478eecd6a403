"""Exhibits of who collides with whom: the roof of functions, conflicts with customers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from lodestar.charts.conflicts import roof, severity_bars
from lodestar.findings.conflicts.cells import roof_order, roof_rows, roof_words, side
from lodestar.findings.conflicts.customer_words import customer_items
from lodestar.findings.conflicts.review_words import verdict_word
from lodestar.findings.conflicts.rows import severity_rows
from lodestar.findings.conflicts.told import (
    EVIDENCE_WORDS,
    VERDICT_WORDS,
    told,
)
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["customer", "worst"]

SHOWN = 10
COLUMNS = (
    Column("severity", "Severity (0–1)", "precise"),
    Column("told", "What happens"),
    Column("evidence", "Weakest link"),
    Column("measured", "History"),
    Column("note", "Note"),
)


def worst(results: Mapping[str, Any]) -> Exhibit:
    """Return the roof of functions, with its figures."""
    cells = results["conflicts"]["functions"]
    if not cells:
        return Exhibit()
    rows, columns = roof_order(cells)
    names = {key: side(results, key) for key in (*rows, *columns)}
    frame = roof_rows(results, rows, columns)
    told_names = [names[k] for k in rows], [names[k] for k in columns]
    chart = roof(frame, *told_names, roof_words(results))
    return Exhibit(chart, _table(results, cells))


def customer(results: Mapping[str, Any]) -> Exhibit:
    """Return the worst conflicts with customers' outcomes as bars, and all of them as a table."""
    section = results["conflicts"]
    found = customer_items(section)
    if not found:
        return Exhibit()
    bars = severity_rows(results, found[:SHOWN])
    first = bars.iloc[0]
    description = f"The worst, {first['label']}: severity {numeral(first['severity'], '.2f')}."
    chart = severity_bars(bars, section["threshold"], description)
    shown = table(_rows(results, found[:SHOWN]), COLUMNS)
    more = (f"The {SHOWN} worst of {len(found)} are shown.",) if len(found) > SHOWN else ()
    return Exhibit(chart, shown, more)


def _rows(results: Mapping[str, Any], items: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return conflicts as rows for people: severity, sentence, evidence, history, notes."""
    return pd.DataFrame(
        [
            {
                "severity": item["severity"],
                "told": told(results, item),
                "evidence": EVIDENCE_WORDS[item["evidence"]],
                "measured": VERDICT_WORDS[item["measured"]],
                "note": _note(item),
            }
            for item in items
        ]
    )


def _table(results: Mapping[str, Any], cells: Sequence[Mapping[str, Any]]) -> Any:
    rows = pd.DataFrame(
        [
            dict(cell) | {key: side(results, cell[key]) for key in ("function_a", "function_b")}
            for cell in cells
        ]
    )
    columns = [
        Column("function_a", "Function"),
        Column("function_b", "Against"),
        Column("severity", "Severity, summed", "precise"),
        Column("conflicts", "Conflicts", "integer"),
        Column("severe", "Severe", "integer"),
    ]
    return table(rows, columns)


def _note(item: Mapping[str, Any]) -> str:
    """Verdict of people, and what weakens the sentence."""
    said = [verdict_word(item)] if item.get("review") else []
    if item["sign"] in ("mixed", "undecided"):
        said.append("another path works the other way" if item["sign"] == "mixed" else "undecided")
    if item["sign"] == "loop-only":
        said.append("a loop works the other way")
    if item.get("conditions"):
        said.append("; ".join(item["conditions"]))
    if not item["severe"] and item["kind"] == "policy":
        said.append("nobody is paid along its path")
    return "; ".join(said)
