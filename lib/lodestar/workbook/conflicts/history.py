"""Exhibit of what the measured series say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from lodestar.charts.conflicts import history_dots
from lodestar.findings.conflicts.pairs_words import listed
from lodestar.findings.conflicts.rows import pair_labels
from lodestar.findings.conflicts.told import VERDICT_WORDS, node
from lodestar.findings.words import percent, plural
from lodestar.tables import Column, Table, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["measured"]

SHOWN = 12
LEAST_CHANGE = 0.005
COLUMNS = (
    Column("a", "First"),
    Column("b", "Then"),
    Column("r", "r (−1 to 1)", "precise"),
    Column("lag", "Months later", "integer"),
    Column("n", "Monthly changes", "integer"),
    Column("q", "q", "p"),
    Column("verdict", "Against the map"),
)
MOVED = (
    Column("node", "Measure"),
    Column("before_12", "Mean of the twelve months before", "number"),
    Column("last_12", "Mean of the last twelve months", "number"),
    Column("change", "Change"),
    Column("wanted", "As wanted"),
)


def measured(results: Mapping[str, Any]) -> Exhibit:
    """Return pairs that history was asked about, the strongest first, or how measures moved."""
    history = results["conflicts"]["history"]
    pairs = _shown(results)
    if not pairs:
        return Exhibit(table=_moved(results), open_table=True)
    dots = pd.DataFrame([_dot(pair) for pair in pairs])
    frame = dots.assign(label=pair_labels(results, pairs))
    found = sum(pair["q"] <= 0.05 for pair in history["pairs"])
    description = (
        f"{plural(found, 'pair')} of {history['tested']} move together; the strongest: "
        f"{frame['label'].iloc[0]}, r {frame['r'].iloc[0]:.2f}."
    )
    chart = history_dots(frame, description)
    moved = history["movements"] and not listed(results["conflicts"])
    shown = _moved(results) if moved else _table(results, pairs)
    return Exhibit(chart, shown, _notes(results), open_table=bool(moved))


def _shown(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The pairs of the conflicts listed, else all; strongest first."""
    section = results["conflicts"]
    pairs = section["history"]["pairs"]
    ends = {frozenset((item["a"], item["b"])) for item in listed(section)}
    judged = [pair for pair in pairs if frozenset((pair["a"], pair["b"])) in ends]
    return (judged or pairs)[:SHOWN]


def _dot(pair: Mapping[str, Any]) -> dict[str, Any]:
    found = pair["q"] <= 0.05
    lag = f" after {plural(pair['lag'], 'month')}" if pair["lag"] else ", same month"
    said = VERDICT_WORDS.get(pair["verdict"], "") if found else "not found"
    text = f"{pair['r']:+.2f}{lag}{'; ' + said if said else ''}"
    return {
        "r": pair["r"],
        "look": _look(pair),
        "text": text.replace("-", "−"),
    }


def _look(pair: Mapping[str, Any]) -> str:
    if pair["q"] > 0.05:
        return "missed"
    return "against" if pair["verdict"] == "contradicted" else "agrees"


def _table(results: Mapping[str, Any], pairs: Sequence[Mapping[str, Any]]) -> Table:
    rows = [
        dict(pair)
        | {end: node(results, pair[end]) for end in ("a", "b")}
        | {"verdict": VERDICT_WORDS.get(pair["verdict"], "the map expects nothing")}
        for pair in pairs
    ]
    return table(pd.DataFrame(rows), COLUMNS)


def _moved(results: Mapping[str, Any]) -> Table:
    words = {True: "yes", False: "no", None: "–"}
    rows = [
        dict(row)
        | {
            "node": node(results, row["node"]),
            "change": ("+" if row["change"] > 0 else "") + percent(row["change"]),
            "wanted": words[row["wanted"]],
        }
        for row in results["conflicts"]["history"]["movements"]
    ]
    return table(pd.DataFrame(rows), MOVED)


def _notes(results: Mapping[str, Any]) -> tuple[str, ...]:
    """What moved against the way it is rewarded, over whole years."""
    rows = results["conflicts"]["history"]["movements"]
    wrong = [r for r in rows if r["wanted"] is False and abs(r["change"]) >= LEAST_CHANGE]
    against = sorted(wrong, key=lambda r: (-abs(round(r["change"], 9)), r["node"]))
    if not against:
        return ()
    worst = ", ".join(
        f"{node(results, r['node'])} ({'+' if r['change'] > 0 else ''}{percent(r['change'])})"
        for r in against[:4]
    )
    moved = plural(len(against), "measure")
    return (
        f"Against the way that is wanted moved, last twelve months on the twelve before: "
        f"{moved}, most of all {worst}.",
    )
