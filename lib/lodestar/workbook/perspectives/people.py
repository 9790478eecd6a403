"""Exhibits of blind spots, priorities that people can name, and topics of comments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.perspectives import Series, dumbbells, topic_bars
from lodestar.charts.theme import INK, LEVEL_MARKS, SOFT
from lodestar.findings.names import headline
from lodestar.findings.perspectives.blind_spots import blind_spots as blind_spots_finding
from lodestar.findings.perspectives.names import first_name, mark
from lodestar.findings.perspectives.people import known_priorities
from lodestar.findings.perspectives.people import priorities as priorities_finding
from lodestar.findings.perspectives.people import topics as topics_finding
from lodestar.findings.words import named, percent
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["blind_spots", "priorities", "topics"]

VIEWS = (
    Series("own", "own function", INK),
    Series("others", "other functions", SOFT, filled=False),
    Series("customers", "customers", str(LEVEL_MARKS["experienced"]["color"]), "square"),
)
RECALL = (
    Series("stated", "say they know", SOFT, filled=False),
    Series("hit_rate", "can name", INK),
)
DRAWN = 10


def blind_spots(results: Mapping[str, Any]) -> Exhibit:
    """Return own view, others' and customers', the widest distance first."""
    labels, rows = results["labels"], results["perspectives"]["insular"]
    shown = sorted((r for r in rows if r["own"] is not None), key=lambda row: not row["insular"])
    values = pd.DataFrame([_view(labels, row, one.name) for row in shown[:DRAWN] for one in VIEWS])
    chart = dumbbells(values, VIEWS, (1.0, 5.0), f"{headline(blind_spots_finding(results))}.")
    frame = pd.DataFrame(rows).assign(
        function=[named(labels["function"], row["function"]) for row in rows],
        subject=[named(labels["dimension"], row["dimension"]) for row in rows],
    )
    columns = [
        Column("function", "Function"),
        Column("subject", "Subject"),
        Column("own", "By itself", "number"),
        Column("others", "By other functions", "number"),
        Column("customers", "By customers", "number"),
        Column("n_own", "Raters, own", "integer"),
        Column("n_others", "Raters, others", "integer"),
        Column("insular", "Insular", "yesno"),
    ]
    notes = ["Customers rate the subject, not the function; levels 1–5."]
    if any(row["suppressed"] for row in rows):
        notes.append("Rows with too few raters on one side are not shown.")
    return Exhibit(chart, table(frame, columns), tuple(notes))


def priorities(results: Mapping[str, Any]) -> Exhibit:
    """Return what groups say they know beside what they can name."""
    labels = results["labels"]
    rows = known_priorities(results)
    values = pd.DataFrame([_share(labels, row, one.name) for row in rows for one in RECALL])
    chart = dumbbells(values, RECALL, (0.0, 1.0), f"{headline(priorities_finding(results))}.")
    every = results["perspectives"]["priorities"]
    frame = pd.DataFrame(every).assign(who=[first_name(labels, row["group"]) for row in every])
    columns = [
        Column("who", "Group"),
        Column("stated", "Say they know", "percent"),
        Column("n_stated", "Persons", "integer"),
        Column("hit_rate", "Can name, of the list", "percent"),
        Column("hit_rate_low", "from", "percent"),
        Column("hit_rate_high", "to", "percent"),
        Column("n_hit_rate", "Persons asked", "integer"),
    ]
    few = any(row["suppressed"] for row in every)
    notes = ("Groups with too few answers are not shown.",) if few else ()
    return Exhibit(chart, table(frame, columns), notes)


def topics(results: Mapping[str, Any]) -> Exhibit:
    """Return persons by topic."""
    rows = results["perspectives"]["topics"]
    frame = pd.DataFrame(rows)
    shown = frame[frame["n"].notna()]
    bars = pd.DataFrame({"label": shown["topic"], "n": shown["n"]})
    bars["text"] = [f"{int(n)}" for n in bars["n"]]
    columns = [
        Column("topic", "Topic"),
        Column("n", "Persons", "integer"),
        Column("comments", "Comments", "integer"),
    ]
    chart = topic_bars(bars, f"{headline(topics_finding(results))}.")
    return Exhibit(chart, table(frame, columns))


def _view(labels: Mapping[str, Any], row: Mapping[str, Any], side: str) -> dict[str, Any]:
    """Return one view of a function's work on a subject."""
    subject = named(labels["dimension"], row["dimension"])
    return {
        "label": f"{named(labels['function'], row['function'])}: {subject}",
        "series": side,
        "value": row[side],
        "low": None,
        "high": None,
        "text": "" if row[side] is None else mark(row[side]),
    }


def _share(labels: Mapping[str, Any], row: Mapping[str, Any], side: str) -> dict[str, Any]:
    """Return one share of a group."""
    known = row[side] is not None
    return {
        "label": first_name(labels, row["group"]),
        "series": side,
        "value": row[side],
        "low": row[f"{side}_low"],
        "high": row[f"{side}_high"],
        "text": percent(row[side]) if known else "",
    }
