"""Exhibits of who collides with whom: the roof, conflicts with customers, contested pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from lodestar.charts.conflicts import roof, severity_bars
from lodestar.findings.conflicts.pairs_words import customer_items
from lodestar.findings.conflicts.rows import severity_rows
from lodestar.findings.conflicts.told import (
    EVIDENCE_WORDS,
    VERDICT_WORDS,
    chain,
    node,
    told,
)
from lodestar.findings.words import joined, named, plural, start
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["COLUMNS", "contested", "customer", "rows_of", "worst"]

SHOWN = 10
SMALLEST = 0.01
OUTCOMES = {"customers": "Customers", "outcomes": "Other outcomes"}
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
    rows, columns = _order(results, cells)
    frame = _cells(results, rows, columns)
    names = {key: _name(results, key) for key in (*rows, *columns)}
    most = cells[0]
    description = (
        f"Most severity between {_name(results, most['function_a'])} and "
        f"{_name(results, most['function_b'])}: {most['severity']:.2f} in "
        f"{plural(most['conflicts'], 'conflict')}."
    )
    chart = roof(frame, [names[k] for k in rows], [names[k] for k in columns], description)
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
            "severity": _amount(item["severity"]),
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


def _order(
    results: Mapping[str, Any], cells: Sequence[Mapping[str, Any]]
) -> tuple[list[str], list[str]]:
    """Functions with the most severity first; a staircase of rows and columns."""
    weight: dict[str, float] = {}
    for cell in cells:
        for key in {cell["function_a"], cell["function_b"]} - set(OUTCOMES):
            weight[key] = weight.get(key, 0.0) + cell["severity"]
    functions = sorted(weight, key=lambda key: (-round(weight[key], 9), key))
    ends = [key for key in OUTCOMES if any(cell["function_b"] == key for cell in cells)]
    return functions, [*ends, *reversed(functions[1:])]


def _cells(results: Mapping[str, Any], rows: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    """One row for each cell of the staircase."""
    cells = results["conflicts"]["functions"]
    known = {frozenset((c["function_a"], c["function_b"])): c for c in cells}
    top = max(cell["severity"] for cell in cells) or 1.0
    frame = []
    for place, row in enumerate(rows):
        for column in columns:
            if column in rows[: place + 1]:
                continue
            cell = known.get(frozenset((row, column)))
            frame.append(
                {
                    "row": _name(results, row),
                    "column": _name(results, column),
                    "share": cell["severity"] / top if cell else 0.0,
                    "text": _amount(cell["severity"]) if cell else "",
                    "count": _severe(cell) if cell else "",
                }
            )
    return pd.DataFrame(frame)


def _amount(severity: float) -> str:
    return f"{severity:.2f}" if severity >= SMALLEST else f"< {SMALLEST}"


def _severe(cell: Mapping[str, Any]) -> str:
    return (
        f"{cell['severe']} severe of {cell['conflicts']}"
        if cell["severe"]
        else (f"{cell['conflicts']} small")
    )


def _table(results: Mapping[str, Any], cells: Sequence[Mapping[str, Any]]) -> Any:
    rows = pd.DataFrame(
        [
            dict(cell) | {key: _name(results, cell[key]) for key in ("function_a", "function_b")}
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


def _name(results: Mapping[str, Any], key: str) -> str:
    return OUTCOMES.get(key) or named(results["labels"]["function"], key)


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
