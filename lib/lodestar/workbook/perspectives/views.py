"""Exhibits of views side by side, and of agreement within groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import fill
from typing import Any

import pandas as pd

from lodestar.charts.perspectives import Panel, agreement_dots, view_map
from lodestar.findings.names import headline
from lodestar.findings.perspectives.agreement import USUAL, agreements
from lodestar.findings.perspectives.agreement import agreement as agreement_finding
from lodestar.findings.perspectives.judging import alike, coded
from lodestar.findings.perspectives.names import OTHER, first_name, mark, scale_name
from lodestar.findings.perspectives.together import together
from lodestar.findings.perspectives.views import seen as seen_finding
from lodestar.findings.words import named
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit, Fold

__all__ = ["agreement", "seen"]

FEW = "too few"
WEAKEST = 10
ACROSS = 9
LABEL = 10
TITLES = {
    "stakeholder": "Kinds of people",
    "seniority": "Seniority",
    "function": "Employees by function",
}
COLUMNS = [
    Column("subject", "Subject"),
    Column("who", "Group"),
    Column("n", "Persons", "integer"),
    Column("mean", "Mean (1–5)", "number"),
    Column("low", "from", "number"),
    Column("high", "to", "number"),
    Column("rwg", "Agreement rwg(J)", "precise"),
    Column("rwg_single", "rwg, one question", "precise"),
    Column("ad_mean", "Average deviation", "precise"),
    Column("icc1", "ICC(1) over functions", "precise"),
    Column("icc2", "ICC(2)", "precise"),
    Column("alpha", "Alpha", "precise"),
    Column("omega", "Omega", "precise"),
]
JUDGED = [
    Column("what", "Judged"),
    Column("who", "Whose work, or who was asked"),
    Column("raters", "Persons", "integer"),
    Column("units", "Things judged", "integer"),
    Column("alpha", "Krippendorff’s alpha", "precise"),
    Column("low", "from", "precise"),
    Column("high", "to", "precise"),
]


def seen(results: Mapping[str, Any]) -> Exhibit:
    """Return means of every subject by every group."""
    rows = [r for r in results["perspectives"]["scales"] if r["scale"].endswith(".level")]
    labels = results["labels"]
    cells = pd.DataFrame([_cell(labels, row) for row in rows])
    subjects = list(dict.fromkeys(cells["subject"]))
    description = f"{headline(seen_finding(results))}. Means by subject and group."
    chart = view_map(cells, subjects, _lines(labels, rows), description)
    notes = ["Beside each mean: how many persons it rests on. Blank: not asked."]
    if any(row["suppressed"] for row in rows):
        notes.append(
            "Dashed: not shown, because few people answered or their answers would follow by "
            "subtraction; “low end” and “high end” where all answers are alike."
        )
    notes += together(results)
    return Exhibit(
        chart, table(_table(labels, results["perspectives"]["scales"]), COLUMNS), tuple(notes)
    )


def agreement(results: Mapping[str, Any]) -> Exhibit:
    """Return the views in which people agree least."""
    labels = results["labels"]
    known = agreements(results)
    weakest = known[:WEAKEST]
    frame = pd.DataFrame(
        {
            "label": [_view(labels, row) for row in weakest],
            "rwg": [row["rwg"] for row in weakest],
            "text": [f"{numeral(row['rwg'], '.2f')}  (n {int(row['n'])})" for row in weakest],
        }
    )
    chart = agreement_dots(frame, USUAL, f"{headline(agreement_finding(results))}.")
    notes = (
        f"The {len(weakest)} views with the weakest agreement are drawn, of "
        f"{len(known)}; the table of views above holds all.",
        "ICC(1) is the share of differences among a group's people that goes with their function.",
        "Average deviation: how many steps of the 1–5 scale answers lie from their question's "
        f"mean; 0 = all alike, above {numeral(0.83)} (a sixth of the five steps) weak by "
        "convention. rwg(J) "
        "grows with the number of questions; rwg of one question, their average, does not.",
        "From, to: 95 % interval of the mean by Student's t.",
    )
    figures = table(_table(labels, weakest), COLUMNS)
    return Exhibit(chart, figures, notes, folds=_judged(results))


def _judged(results: Mapping[str, Any]) -> tuple[Fold, ...]:
    """Return whether people judge the same things alike, to unfold."""
    rows = coded(results)
    if not rows:
        return ()
    title = "Do people judge the same things alike?"
    return (Fold(title, table=table(pd.DataFrame(rows), JUDGED), notes=alike(results)),)


def _cell(labels: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a cell of the map."""
    hidden = row["mean"] is None
    return {
        "subject": scale_name(labels, row["scale"]),
        "group": _short(labels, row["group"]),
        "mean": row["mean"],
        "text": row.get("coarsened", FEW) if hidden else mark(row["mean"]),
        "n": "" if hidden else str(int(row["n"])),
    }


def _short(labels: Mapping[str, Any], group: str) -> str:
    """Return a group's label for a narrow column."""
    kind, _, part = group.partition(":")
    if part == OTHER and part not in labels["function"]:
        return fill("Other seniority" if kind == "seniority" else "Other functions", LABEL)
    name = part if kind == "seniority" else named(labels["function"], part) if part else ""
    return fill(str(name or first_name(labels, group)), LABEL)


def _lines(labels: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> list[list[Panel]]:
    """Return panels, as many on a line as fit."""
    groups: dict[str, list[str]] = {kind: [] for kind in TITLES}
    for row in rows:
        label = _short(labels, row["group"])
        if label not in groups[row["kind"]]:
            groups[row["kind"]].append(label)
    panels = [
        Panel(TITLES[kind] if start == 0 else "", found[start : start + ACROSS])
        for kind, found in groups.items()
        for start in range(0, len(found), ACROSS)
    ]
    lines: list[list[Panel]] = []
    for panel in panels:
        room = ACROSS - sum(len(p.groups) for p in lines[-1]) if lines else 0
        if len(panel.groups) <= room:
            lines[-1].append(panel)
        else:
            lines.append([panel])
    return lines


def _view(labels: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return who on what."""
    return f"{first_name(labels, row['group'])}: {scale_name(labels, row['scale'])}"


def _table(labels: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return cells with their names for people."""
    named_rows = [
        {
            **row,
            "subject": scale_name(labels, row["scale"]),
            "who": first_name(labels, row["group"]),
        }
        for row in rows
    ]
    return pd.DataFrame(named_rows)
