"""Exhibits of who collides with whom: the roof, conflicts with customers, contested pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from lodestar.charts.conflicts import roof, severity_bars
from lodestar.findings.conflicts.cells import amount, roof_order, roof_rows, roof_words, side
from lodestar.findings.conflicts.pairs_words import customer_items
from lodestar.findings.conflicts.rows import severity_rows
from lodestar.findings.conflicts.told import (
    EVIDENCE_WORDS,
    VERDICT_WORDS,
    chain,
    node,
    told,
)
from lodestar.findings.words import joined, plural, start
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["COLUMNS", "contested", "customer", "rows_of", "worst"]

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
    description = f"The worst, {first['label']}: severity {first['severity']:.2f}."
    chart = severity_bars(bars, section["threshold"], description)
    shown = table(rows_of(results, found[:SHOWN]), COLUMNS)
    more = (f"The {SHOWN} worst of {len(found)} are shown.",) if len(found) > SHOWN else ()
    return Exhibit(chart, shown, more)


def contested(results: Mapping[str, Any]) -> Exhibit:
    """Return the contested pairs with the path for and the path against."""
    items = [item for item in results["conflicts"]["items"] if item["contested"]]
    rows = [
        {
            "severity": amount(item["severity"]),
            "determinacy": item["determinacy"],
            "told": told(results, item),
            "counter": _counter(results, item),
        }
        for item in items[:SHOWN]
    ]
    columns = [
        Column("severity", "Severity (0–1)"),
        Column("determinacy", "Determinacy (0–1)", "precise"),
        Column("told", "The path for"),
        Column("counter", "The path against"),
    ]
    shown = table(pd.DataFrame(rows), columns) if rows else None
    return Exhibit(table=shown, notes=_conditional(results), open_table=True)


def _conditional(results: Mapping[str, Any]) -> tuple[str, ...]:
    """Which target metrics have no value yet, and how many pairs hang on them."""
    section = results["conflicts"]
    if not section["conditional"]:
        return ()
    nodes = section["register"]["nodes"]
    open_ones = [n["id"] for n in nodes if n["group"] == "metric" and n["direction"] is None]
    names = joined([f"“{node(results, key)}”" for key in open_ones if key in _ends(section)])
    pairs = plural(section["conditional"], "pair")
    verb = "hangs" if section["conditional"] == 1 else "hang"
    return (
        f"{start(pairs)} {verb} on a target without a value yet ({names}): conditional, never "
        "severe until its history is filled.",
    )


def _ends(section: Mapping[str, Any]) -> set[str]:
    items = [item for item in section["items"] if item["conditional"]]
    return {item[end] for item in items for end in ("a", "b")}


def rows_of(results: Mapping[str, Any], items: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
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
    said = []
    if item.get("review"):
        said.append(f"reviewed: {item['review']['verdict']}")
    if item["sign"] in ("mixed", "undecided"):
        said.append("another path works the other way" if item["sign"] == "mixed" else "undecided")
    if item["sign"] == "loop-only":
        said.append("a loop works the other way")
    if item.get("conditions"):
        said.append("; ".join(item["conditions"]))
    if not item["severe"] and item["kind"] == "policy":
        said.append("nobody is paid along its path")
    return "; ".join(said)


def _counter(results: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    counter = item.get("counter")
    if not counter:
        return ""
    path = {**item, "path": counter["path"]}
    return " → ".join(
        f"{node(results, name)} {'↑' if way > 0 else '↓'}" for name, way in chain(results, path)
    )
