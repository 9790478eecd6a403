"""Exhibits of the plan by quarter, and of what past promises became."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from lodestar.assess.roadmap import calendar_of
from lodestar.charts.roadmap import gantt
from lodestar.findings.names import headline, short
from lodestar.findings.roadmap.time import leaves_early
from lodestar.findings.roadmap.time import plan as plan_finding
from lodestar.findings.roadmap.told import by_id, investment, month_after, month_of, telling
from lodestar.findings.words import named, plural
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit, Fold

__all__ = ["plan", "returns"]

LABEL, OWNER, ENDS = 58, 22, 26


def plan(results: Mapping[str, Any]) -> Exhibit:
    """Return the chosen investments by quarter, with owners and sponsors."""
    section = results["roadmap"]
    rows = [by_id(section)[key] for key in section["chosen"]]
    names = telling(results, section["chosen"], LABEL)
    horizon = float(section["horizon_months"])
    frame = pd.DataFrame([_bar(row, names[row["investment"]], horizon) for row in rows])
    quarters = _quarters(results)
    said = headline(plan_finding(results))
    order = _order(rows, names)
    chart = gantt(frame, quarters, horizon, f"{said}.{_told(order)}", order)
    return Exhibit(chart, _figures(results, rows), _notes(results, rows))


def _bar(row: Mapping[str, Any], name: str, horizon: float) -> dict[str, Any]:
    """Return one bar, in months from today and not beyond the horizon."""
    early = leaves_early(row)
    return {
        "label": name,
        "start": float(row["start_month"]),
        "end": min(row["delivered_month"], horizon),
        "full": min(row["full_month"], horizon),
        "text": short(row["owner"], OWNER),
        "sponsor": max(0.0, row["sponsor_month"]) if early else None,
        "warning": f"sponsor until {month_of(row['sponsor_until'])}" if early else "",
    }


def _order(rows: list[dict[str, Any]], names: Mapping[str, str]) -> pd.DataFrame:
    """Return an arrow from the start of each investment to that of one that requires it."""
    begins = {row["investment"]: float(row["start_month"]) for row in rows}
    pairs = [(a, row["investment"]) for row in rows for a in row["requires"] if a in begins]
    made = [
        (link, names[end], begins[end], end == pair[1])
        for link, pair in enumerate(pairs)
        for end in pair
    ]
    return pd.DataFrame(made, columns=["link", "label", "month", "head"]).astype({"head": bool})


def _told(order: pd.DataFrame) -> str:
    """Return the arrows in words, for the text alternative."""
    ends = [group["label"].tolist() for _, group in order.groupby("link")]
    return "".join(f" {after} requires {before}." for before, after in ends)


def _quarters(results: Mapping[str, Any]) -> pd.DataFrame:
    """Return where each quarter begins; the first of a year goes by the year."""
    today, horizon = date.fromisoformat(results["as_of"]), results["roadmap"]["horizon_months"]
    made = calendar_of(today, horizon)
    names = [_quarter(name) for name in made.quarters]
    return pd.DataFrame({"month": made.offsets.astype(float), "label": names})


def _quarter(name: str) -> str:
    year, quarter = name.split("-")
    return year if quarter == "Q1" else quarter


def _figures(results: Mapping[str, Any], rows: list[dict[str, Any]]) -> Any:
    """Return the plan as a table."""
    day = results["as_of"]
    shown = [
        {
            **row,
            "name": investment(results, row["investment"]),
            "delivered": month_after(day, round(row["delivered_month"])),
            "first": month_after(day, round(row["first_month"])),
            "whole": month_after(day, round(row["full_month"])),
            "first_of": "; ".join(investment(results, key) for key in row["requires"]) or None,
            "until": month_of(row["sponsor_until"]) if row["sponsor_until"] else None,
        }
        for row in rows
    ]
    columns = [
        Column("name", "Investment"),
        Column("owner", "Owner"),
        Column("start", "Starts"),
        Column("delivered", "Delivered"),
        Column("first", "First effect after"),
        Column("whole", "Whole effect"),
        Column("first_of", "Requires"),
        Column("until", "Sponsor until"),
        Column("cost", f"Cost, {results['currency']}", "integer"),
    ]
    return table(pd.DataFrame(shown), columns)


def _notes(results: Mapping[str, Any], rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return what lies beyond the horizon, and what was held to an early start."""
    section = results["roadmap"]
    late = [row for row in rows if row["full_month"] > section["horizon_months"]]
    notes = []
    if late:
        names = ", ".join(investment(results, row["investment"]) for row in late)
        notes.append(f"Their whole effect comes after the months drawn: {names}.")
    if section["held"]:
        names = ", ".join(investment(results, name) for name in section["held"])
        notes.append(f"Started as soon as there is room, so that no effect is hidden: {names}.")
    return tuple(notes)


def returns(results: Mapping[str, Any]) -> Exhibit:
    """Return promised against observed change, effect by effect."""
    rows = _by_name(results, results["roadmap"]["returns"]["effects"])
    columns = [
        Column("name", "Investment"),
        Column("what", "What it was to change"),
        Column("where", "Function"),
        Column("promised", "Promised", "precise"),
        Column("observed", "Observed", "precise"),
        Column("kept", "Kept", "percent"),
        Column("observed_on", "Observed on"),
    ]
    return Exhibit(table=table(pd.DataFrame(rows), columns), folds=_promises(results))


def _by_name(
    results: Mapping[str, Any], effects: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return effects with what they change, where and by which investment, in names."""
    labels = results["labels"]
    targets = {**labels["capability"], **labels["node"]}
    return [
        {
            **row,
            "name": investment(results, row["investment"]),
            "what": short(_target(targets, row["target"])),
            "where": named(labels["function"], row["function"]) if row["function"] else None,
        }
        for row in effects
    ]


def _promises(results: Mapping[str, Any]) -> tuple[Fold, ...]:
    """Return every open promise, with the chance stated and the chance it is counted with."""
    rows = _by_name(results, results["roadmap"]["returns"]["promises"])
    if not rows:
        return ()
    columns = [
        Column("name", "Investment"),
        Column("what", "What it is to change"),
        Column("where", "Function"),
        Column("change", "Promised", "precise"),
        Column("chance", "Chance stated", "percent"),
        Column("counted", "Chance counted", "percent"),
    ]
    title = f"What that makes of {plural(len(rows), 'new promise')}"
    return (Fold(title, table=table(pd.DataFrame(rows), columns)),)


def _target(names: dict[str, str], target: str) -> str:
    """Return what a promise is about: a capability, a node, a link or the pay for a measure."""
    if target.startswith("link:"):
        ends = target.removeprefix("link:").split(">")
        return " → ".join(short(named(names, end), ENDS) for end in ends)
    if target.startswith("incentive:"):
        return f"Pay for {named(names, target.removeprefix('incentive:'))}"
    return named(names, target)
