"""Exhibit of misunderstandings to settle first, each with its question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.perspectives import gap_intervals
from lodestar.findings.names import headline
from lodestar.findings.perspectives.gaps import holds
from lodestar.findings.perspectives.misunderstandings import misunderstandings as finding
from lodestar.findings.perspectives.misunderstandings import question
from lodestar.findings.perspectives.names import (
    first_name,
    group_name,
    mark,
    scale_name,
    short_name,
)
from lodestar.findings.words import joined, plural, start
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit, Fold

__all__ = ["misunderstandings"]

COLUMNS = [
    Column("place", "To settle", "integer"),
    Column("higher_name", "Rates higher"),
    Column("lower_name", "Rates lower"),
    Column("subject", "Subject"),
    Column("mean_higher", "Mean, higher", "number"),
    Column("mean_lower", "Mean, lower", "number"),
    Column("delta", "Delta", "precise"),
    Column("low", "from", "precise"),
    Column("high", "to", "precise"),
    Column("people", "People", "integer"),
    Column("importance", "Importance (1 = average)", "number"),
    Column("q", "q (Holm)", "p"),
]


def misunderstandings(results: Mapping[str, Any]) -> Exhibit:
    """Return the pairs in the order to settle them, with the question for each conversation."""
    labels = results["labels"]
    rows = results["perspectives"]["misunderstandings"]
    told = [_row(labels, place, row) for place, row in enumerate(rows, start=1)]
    listed = pd.DataFrame(told)
    chart = gap_intervals(listed, f"{headline(finding(results))}.")
    notes = [
        "From the first to settle; beside each: the two means (1–5) and how many people answered. "
        "Filled: holds after correction for all comparisons; hollow: the interval leaves out 0 by "
        "itself only.",
        "One line for each pair of groups: the subject to begin with. Below: the question that "
        "opens each conversation.",
    ]
    folds = tuple(_conversation(labels, one, one["place"] == 1) for one in told)
    return Exhibit(chart, table(listed, COLUMNS), tuple(notes), folds=folds)


def _conversation(labels: Mapping[str, Any], row: Mapping[str, Any], first: bool) -> Fold:
    """Return the question to one pair, and on what they differ, as something to open."""
    pair = joined([group_name(labels, row[side]) for side in ("higher", "lower")])
    names = [scale_name(labels, scale) for scale in row["subjects"]]
    differ = f"They differ on {plural(len(names), 'subject')}: {joined(names)}."
    title = f"{row['place']}. A question to {pair}"
    return Fold(title, notes=(question(labels, row), differ), open=first)


def _row(labels: Mapping[str, Any], place: int, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return one pair with its names, words and question."""
    higher, lower = (short_name(labels, row[side]) for side in ("higher", "lower"))
    subject = scale_name(labels, row["scale"])
    means = f"{mark(row['mean_higher'])} against {mark(row['mean_lower'])}"
    return {
        **row,
        "place": place,
        "label": f"{place}. {start(higher)} above {lower}: {subject}",
        "text": f"{means}; {numeral(row['people'], ',.0f')} people",
        "certain": holds(row),
        "higher_name": first_name(labels, row["higher"]),
        "lower_name": first_name(labels, row["lower"]),
        "subject": subject,
    }
