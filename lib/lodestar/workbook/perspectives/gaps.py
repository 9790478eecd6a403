"""Exhibit of gaps between groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.perspectives import gap_intervals
from lodestar.findings.names import headline
from lodestar.findings.perspectives.gaps import credible, high_low, means, oriented, shown_gaps
from lodestar.findings.perspectives.gaps import gap as gap_finding
from lodestar.findings.perspectives.names import first_name, mark, scale_name, short_name
from lodestar.findings.words import start
from lodestar.stats.effects import magnitude
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit
from lodestar.workbook.perspectives.every_pair import every_pair

__all__ = ["gap"]

DRAWN, LISTED = 12, 60
COLUMNS = [
    Column("subject", "Subject"),
    Column("high", "Rates higher"),
    Column("low", "Rates lower"),
    Column("mean_high", "Mean", "number"),
    Column("mean_low", "Mean", "number"),
    Column("delta", "Delta", "precise"),
    Column("from", "from", "precise"),
    Column("to", "to", "precise"),
    Column("size", "Size"),
    Column("p", "p", "p"),
    Column("q", "q (Holm)", "p"),
    Column("same_items", "Same questions", "yesno"),
]


def gap(results: Mapping[str, Any]) -> Exhibit:
    """Return the widest gaps with their intervals, those that hold first."""
    held = credible(results)
    certain = {row["place"] for row in held}
    rows = sorted(shown_gaps(results), key=lambda row: row["place"] not in certain)
    labels, marks = results["labels"], means(results)
    listed = pd.DataFrame([_row(labels, marks, row, row["place"] in certain) for row in rows])
    chart = gap_intervals(_drawn(listed), f"{headline(gap_finding(results))}.")
    notes = [
        "Drawn: the widest gap of each pair of groups, with its two means (1–5) and on how many "
        "subjects the pair differs; functions stand for their employees. Filled: holds after "
        "correction; hollow: may be chance.",
        f"The table lists {min(len(rows), LISTED)} of {len(rows)} gaps, the widest first; every "
        "pair of groups is below, kind by kind.",
    ]
    hidden = sum(row["suppressed"] for row in results["perspectives"]["gaps"])
    if hidden:
        notes.append(f"{hidden} comparisons are not shown, to protect answers.")
    folds = every_pair(results)
    return Exhibit(chart, table(listed.head(LISTED), COLUMNS), tuple(notes), folds=folds)


def _row(
    labels: Mapping[str, Any],
    marks: Mapping[tuple[str, str], float],
    row: Mapping[str, Any],
    certain: bool,
) -> dict[str, Any]:
    """Return a gap as the group that rates higher against the other."""
    high, low = high_low(row)
    delta, lower, upper = oriented(row)
    ends = [marks[row["scale"], group] for group in (high, low)]
    subject = scale_name(labels, row["scale"])
    return {
        "label": start(f"{short_name(labels, high)} above {short_name(labels, low)}: {subject}"),
        "pair": (row["group_a"], row["group_b"]),
        "subject": subject,
        "high": first_name(labels, high),
        "low": first_name(labels, low),
        "mean_high": ends[0],
        "mean_low": ends[1],
        "text": f"{mark(ends[0])} against {mark(ends[1])}",
        "delta": delta,
        "from": lower,
        "to": upper,
        "size": magnitude(row["delta"]),
        "p": row.get("p_refined", row["p"]),
        "q": row.get("q_refined", row["q"]),
        "same_items": row["same_items"],
        "certain": certain,
    }


def _drawn(listed: pd.DataFrame) -> pd.DataFrame:
    """Return the widest gap of each pair in the columns the chart asks for."""
    counts = listed.groupby("pair")["certain"].sum()
    widest = listed.drop_duplicates("pair").head(DRAWN).copy()
    several = [f"; {counts[pair]} subjects" if counts[pair] > 1 else "" for pair in widest["pair"]]
    widest["text"] = widest["text"] + several
    names = ["label", "delta", "from", "to", "text", "certain"]
    return widest[names].rename(columns={"from": "low", "to": "high"})
