"""Every pair of groups with how often and where it differs, kind by kind, to be opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from lodestar.findings.perspectives.gaps import high_low, holds, oriented
from lodestar.findings.perspectives.names import first_name, scale_name
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Fold

__all__ = ["every_pair"]

TITLES = {
    "stakeholder": "Every pair of kinds of people, customers and employees among them",
    "function": "Every pair of functions",
    "seniority": "Every pair of levels of seniority",
}
COLUMNS = [
    Column("first", "One group"),
    Column("second", "Other group"),
    Column("compared", "Subjects compared", "integer"),
    Column("held", "Differ after correction", "integer"),
    Column("subject", "Widest on"),
    Column("higher", "Rates higher there"),
    Column("delta", "Delta", "precise"),
    Column("low", "from", "precise"),
    Column("high", "to", "precise"),
    Column("q", "q (Holm)", "p"),
]
NOTE = (
    "Subjects are scales: what people see, and where asked how important it is and how well it is "
    "done. Differ: on how many of them the two groups differ at 5 % after Holm's correction."
)


def every_pair(results: Mapping[str, Any]) -> tuple[Fold, ...]:
    """Return one table for each kind of group: all its pairs, the most divided first.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    found: dict[str, dict[tuple[str, str], list[dict[str, Any]]]] = {kind: {} for kind in TITLES}
    for row in results["perspectives"]["gaps"]:
        pairs = found[_kind(row["group_a"])]
        pairs.setdefault((row["group_a"], row["group_b"]), []).append(row)
    return tuple(
        Fold(f"{title} ({len(found[kind])})", table=_table(results, found[kind]), notes=(NOTE,))
        for kind, title in TITLES.items()
        if found[kind]
    )


def _kind(group: str) -> str:
    """Return which kind of group an id is of."""
    head, _, part = group.partition(":")
    if head == "seniority":
        return head
    return "function" if part else "stakeholder"


def _table(
    results: Mapping[str, Any], pairs: Mapping[tuple[str, str], Sequence[Mapping[str, Any]]]
) -> Any:
    """Return every pair of one kind, the most divided first, those not shown last."""
    rows = [_row(results, pair, gaps) for pair, gaps in pairs.items()]
    ordered = sorted(
        rows, key=lambda row: (row["suppressed"], -(row["held"] or 0), -(row["delta"] or 0))
    )
    return table(pd.DataFrame(ordered), COLUMNS)


def _row(
    results: Mapping[str, Any], pair: tuple[str, str], gaps: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return on how many subjects a pair differs, and where most."""
    labels = results["labels"]
    shown = [row for row in gaps if row["delta"] is not None]
    names = {"first": first_name(labels, pair[0]), "second": first_name(labels, pair[1])}
    if not shown:
        return {**dict.fromkeys(column.name for column in COLUMNS), **names, "suppressed": True}
    counts = {"compared": len(shown), "held": sum(holds(row) for row in shown)}
    widest = max(shown, key=lambda row: abs(row["delta"]))
    delta, low, high = oriented(widest)
    higher = first_name(labels, high_low(widest)[0])
    told = {
        "subject": scale_name(labels, widest["scale"]),
        "higher": higher,
        "q": widest.get("q_refined", widest["q"]),
    }
    return {**names, **counts, **told, "delta": delta, "low": low, "high": high} | {
        "suppressed": False
    }
