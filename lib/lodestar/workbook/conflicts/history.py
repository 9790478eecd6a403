"""Exhibit of what the measured series say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from lodestar.charts.conflicts import history_dots
from lodestar.findings.conflicts.history_words import driven
from lodestar.findings.conflicts.pairs_words import listed
from lodestar.findings.conflicts.rows import pair_labels
from lodestar.findings.conflicts.told import VERDICT_WORDS, node
from lodestar.findings.words import between, percent, plural, signed
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, Table, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["measured"]

SHOWN = 12
SHOWN_DRIVEN = 3
LEAST_CHANGE = 0.005
INTERVAL = (
    "Lines: 95 % interval at the lag shown. It does not count how many lags and pairs were tried; "
    "q does, so a pair may be off zero and still not be found. Dashed: weakest r that can be found."
)
COLUMNS = (
    Column("a", "First"),
    Column("b", "Then"),
    Column("r", "r (−1 to 1)", "precise"),
    Column("interval", "95 % interval"),
    Column("lag", "Months later", "integer"),
    Column("n", "Monthly changes", "integer"),
    Column("q", "q", "p"),
    Column("verdict", "Against the map"),
    Column("seen_in", "Known from"),
    Column("driver", "Common driver"),
    Column("without", "r without it"),
)
SEEN = {"both": "map and history", "map": "map", "history": "history", "neither": "–"}
MOVED = (
    Column("node", "Measure"),
    Column("before_12", "Mean of the twelve months before", "number"),
    Column("last_12", "Mean of the last twelve months", "number"),
    Column("change", "Change"),
    Column("wanted", "As wanted"),
    Column("on_target", "On target"),
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
        f"{frame['label'].iloc[0]}, r {signed(frame['r'].iloc[0], 2)}."
    )
    chart = history_dots(frame, history["weakest_r"], description)
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
    text = f"{numeral(pair['r'], '+.2f')}{lag}{'; ' + said if said else ''}"
    return {
        "r": pair["r"],
        "low": pair["low"],
        "high": pair["high"],
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
        | {
            "verdict": VERDICT_WORDS.get(pair["verdict"], "the map expects nothing"),
            "interval": between(pair["low"], pair["high"], 2) or "–",
            "seen_in": SEEN[pair["seen_in"]],
            "driver": node(results, pair["driver"]) if pair["driver"] else "–",
            "without": signed(pair["r_without_driver"], 2) if pair["driver"] else "–",
        }
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
            "on_target": words[row["on_target"]],
        }
        for row in results["conflicts"]["history"]["movements"]
    ]
    return table(pd.DataFrame(rows), MOVED)


def _notes(results: Mapping[str, Any]) -> tuple[str, ...]:
    """How to read the interval, what a third measure explains, and what moved the wrong way."""
    rows = results["conflicts"]["history"]["movements"]
    wrong = [r for r in rows if r["wanted"] is False and not r["on_target"]]
    against = sorted(
        (r for r in wrong if abs(r["change"]) >= LEAST_CHANGE),
        key=lambda r: (-abs(round(r["change"], 9)), r["node"]),
    )
    notes = (INTERVAL, *driven(results)[:SHOWN_DRIVEN])
    if not against:
        return notes
    worst = ", ".join(
        f"{node(results, r['node'])} ({'+' if r['change'] > 0 else ''}{percent(r['change'])})"
        for r in against[:4]
    )
    moved = plural(len(against), "measure")
    return (
        *notes,
        "Moved against the way wanted and not on target, last twelve months on the twelve "
        f"before: {moved}{', most of all' if len(against) > 4 else ':'} {worst}.",
    )
