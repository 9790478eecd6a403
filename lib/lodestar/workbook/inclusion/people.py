"""Exhibits of people: who recommends, what needs rest on, how the workforce moves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.inclusion import advocacy_intervals, needs_strip, workforce_columns
from lodestar.findings.inclusion.advocacy import SCORES, advocacy_sentence, score_text
from lodestar.findings.inclusion.needs import needs_sentence
from lodestar.findings.inclusion.people import workforce_sentence
from lodestar.findings.words import joined, named, points, start
from lodestar.tables import Column, Table, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["advocacy", "needs", "workforce"]

FRESH_MONTHS = 12
UNDATED = -4.0
LAYER, SPREAD = 7, 5
PANELS = 6
BASIS_WORDS = {
    "co-created": "made with customers",
    "observed": "observed",
    "told-us": "told by customers",
    "past-experience": "past experience",
    "intuition": "intuition",
    "anticipation": "anticipation",
}


def advocacy(results: Mapping[str, Any]) -> Exhibit:
    """Return the scores on one scale, with their parts in a table."""
    section = results["inclusion"]
    rows = [
        {"label": start(words), "text": score_text(section[name]), **section[name]}
        for name, words in SCORES.items()
        if section[name]["score"] is not None
    ]
    chart = advocacy_intervals(pd.DataFrame(rows), f"{advocacy_sentence(results)}.")
    return Exhibit(chart, _parts(results), _advocacy_notes(section))


def needs(results: Mapping[str, Any]) -> Exhibit:
    """Return needs by basis and age, with the needs themselves, widest gap first."""
    part = results["inclusion"]["needs"]
    counts = {row["basis"]: row["needs"] for row in part["by_basis"]}
    labels = {basis: f"{words} ({counts[basis]})" for basis, words in BASIS_WORDS.items()}
    dots = _dots(pd.DataFrame(part["items"]), labels)
    chart = needs_strip(dots, list(labels.values()), FRESH_MONTHS, f"{needs_sentence(results)}.")
    columns = [
        Column("name", "Need"),
        Column("segment", "Segment"),
        Column("importance", "Importance, 1–5", "number"),
        Column("satisfaction", "Satisfaction, 1–5", "number"),
        Column("gap", "Gap", "signed"),
        Column("basis", "Known from"),
        Column("months", "Months ago", "integer"),
        Column("n", "Asked", "integer"),
    ]
    rows = pd.DataFrame(part["items"]).assign(basis=lambda f: f["basis"].map(BASIS_WORDS))
    notes = ("Dark dots: known from customers themselves. Light dots: guessed.",)
    return Exhibit(chart, table(rows, columns), notes)


def workforce(results: Mapping[str, Any]) -> Exhibit:
    """Return hires and layoffs over time, with the last year's movements."""
    part, names = results["inclusion"]["workforce"], results["labels"]["function"]
    shown = [row["function"] for row in _by_layoffs(part)][:PANELS]
    chart = None
    if shown:
        rows = pd.DataFrame(part["series"])
        rows = rows[rows["function"].isin(shown)]
        panels = [named(names, function) for function in rows["function"]]
        moves = rows.assign(panel=panels, laid_off=-rows["laid_off"])
        titles = [named(names, function) for function in shown]
        chart = workforce_columns(moves, titles, f"{workforce_sentence(results)}.")
    notes = () if shown else ("No function laid anybody off, so there is nothing to draw.",)
    return Exhibit(chart, _movements(results), notes, open_table=True)


def _parts(results: Mapping[str, Any]) -> Table:
    """Return every score, and its parts by function and segment."""
    section, functions = results["inclusion"], results["labels"]["function"]
    whole = [{"who": start(SCORES[name]), "part": "all", **section[name]} for name in SCORES]
    parts = [
        {**row, "who": start(SCORES[row["measure"]]), "part": _part_name(functions, row)}
        for row in section["advocacy_parts"]
    ]
    columns = [
        Column("who", "Who would recommend what"),
        Column("part", "Of whom"),
        Column("score", "Score", "integer"),
        Column("low", "From", "integer"),
        Column("high", "To", "integer"),
        Column("n", "Answers", "integer"),
    ]
    if any(row.get("coarse") for row in parts):
        columns.append(Column("coarse", "Where all answers lie"))
    order = [start(words) for words in SCORES.values()]
    rows = sorted([*whole, *parts], key=lambda row: order.index(row["who"]))
    names = [*(column.name for column in columns), "suppressed"]
    frame = pd.DataFrame(rows).reindex(columns=names)
    return table(frame, columns, "Promoters less detractors, −100 to 100")


def _part_name(functions: Mapping[str, str], row: Mapping[str, Any]) -> str:
    """Return what a part is called; parts shown together name each."""
    if row.get("members"):
        names = [_part_name(functions, {"by": row["by"], "part": one}) for one in row["members"]]
        return f"{joined(names)}, together"
    if row["by"] == "function":
        return named(dict(functions), row["part"])
    return str(row["part"])


def _advocacy_notes(section: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the referral gap in words, and what held-back numbers mean."""
    gap = section["referral_gap"]
    if gap["value"] is None:
        return (gap["value_reason"],)
    span = f"{points(gap['low'])} to {points(gap['high'])}"
    return (f"Referral gap, employees less customers: {points(gap['value'])} points ({span}).",)


def _dots(needs: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """Return one dot a need, neighbours moved apart up and down."""
    months = needs["months"].astype(float)
    placed = needs.assign(months=months.fillna(UNDATED), label=needs["basis"].map(labels))
    near = placed.groupby(["label", (placed["months"] / 1.5).round()]).cumcount() % SPREAD
    step = ((near + 1) // 2) * LAYER
    return placed.assign(offset=step.where(near % 2 == 1, -step))


def _by_layoffs(part: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the functions that laid people off, most first."""
    return sorted(part["chase"], key=lambda row: (-row["laid_off"], row["function"]))


def _movements(results: Mapping[str, Any]) -> Table:
    """Return the last year's movements beside layoffs and who was replaced."""
    part, names = results["inclusion"]["workforce"], results["labels"]["function"]
    ever = {row["function"]: row for row in part["chase"]}
    rows = [
        {
            **row,
            "name": named(names, row["function"]),
            "ever": ever.get(row["function"], {}).get("laid_off", 0.0),
            "replaced": ever.get(row["function"], {}).get("replaced", 0.0),
        }
        for row in part["turnover"]
    ]
    columns = [
        Column("name", "Function"),
        Column("headcount", "People (mean of the year)", "integer"),
        Column("hired", "Hired", "integer"),
        Column("left", "Left", "integer"),
        Column("laid_off", "Laid off", "integer"),
        Column("overtime", "Overtime, hours a head", "number"),
        Column("ever", "Laid off, all years given", "integer"),
        Column("replaced", "of them filled again within a year", "integer"),
    ]
    frame = pd.DataFrame(rows, columns=[c.name for c in columns])
    return table(frame, columns, "Movements of the last twelve months")
