"""Exhibits of the value chain: ripple, overlap of missions, leading indicators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.inclusion import chain_map, indicator_panels
from lodestar.findings.inclusion.chain import leading_sentence
from lodestar.findings.inclusion.chain import ripple as ripple_finding
from lodestar.findings.names import headline, months, short
from lodestar.findings.words import named, percent
from lodestar.tables import Column, Table, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["leading", "ripple"]

PANELS = 8
NAME = 34
FOUND = ("together", "against")
ORDER = {"worse": 0, "better": 1, "steady": 2}


def ripple(results: Mapping[str, Any]) -> Exhibit:
    """Return the chain with overlaps and ripples, and the comparisons in a table."""
    section = results["inclusion"]
    nodes, links = _nodes(results), _links(results)
    chart = chain_map(nodes, links, f"{headline(ripple_finding(results))}. {_chain_words(links)}")
    notes = ["Width and figure: overlap of missions. Ink: a ripple was found. Left serves right."]
    if section["ripple"]:
        few = sum(row["verdict"] == "too short" for row in section["ripple"])
        notes += [f"{few} comparisons have fewer than 24 months in common."] if few else []
    return Exhibit(chart, _ripples(results), tuple(notes))


def leading(results: Mapping[str, Any]) -> Exhibit:
    """Return panels of the indicators that signal first, and a table of all."""
    rows = sorted(
        results["inclusion"]["leading"], key=lambda r: (ORDER[r["state"]], r["indicator"])
    )
    points, titles = _points(results, rows[:PANELS])
    chart = indicator_panels(points, titles, f"{leading_sentence(results)}.")
    notes = [_lead_note(results["inclusion"]["lead_time"])]
    if len(rows) > PANELS:
        notes.append(f"{PANELS} of {len(rows)} indicators are drawn, those that signal first.")
    if any(not row["firm"] for row in rows):
        notes.append("Limits from fewer than six points are provisional.")
    return Exhibit(chart, _indicators(results, rows), tuple(n for n in notes if n), open_table=True)


def _nodes(results: Mapping[str, Any]) -> pd.DataFrame:
    """Return each node of the chain at its stage, stages that nobody holds left out."""
    rows = pd.DataFrame(results["inclusion"]["chain"])
    stages = {stage: place for place, stage in enumerate(sorted(rows["stage"].unique()))}
    y = rows.groupby("stage").cumcount().astype(float)
    tallest = rows["stage"].map(rows["stage"].value_counts())
    lift = (tallest.max() - tallest) / 2
    names = [short(named(results["labels"]["node"], node), NAME) for node in rows["node"]]
    return rows.assign(x=rows["stage"].map(stages).astype(float), y=y + lift, name=names)


def _links(results: Mapping[str, Any]) -> pd.DataFrame:
    """Return each link of the chain with its ends, overlap and whether a ripple was found."""
    section = results["inclusion"]
    nodes = _nodes(results)
    ends = zip(nodes["x"].map(float), nodes["y"].map(float), strict=True)
    place: dict[str, tuple[float, float]] = dict(zip(nodes["node"], ends, strict=True))
    found = {(r["source"], r["target"]) for r in section["ripple"] if r["verdict"] in FOUND}
    rows, names = [], results["labels"]["node"]
    for link in section["overlap"]:
        (x, y), (x2, y2) = place[link["source"]], place[link["target"]]
        known = link["overlap"] is not None
        rows.append(
            {
                "x": x,
                "y": y,
                "x2": x2,
                "y2": y2,
                "mx": (x + x2) / 2,
                "my": (y + y2) / 2,
                "overlap": link["overlap"] if known else 0.0,
                "text": percent(link["overlap"]) if known else "",
                "words": f"{named(names, link['source'])} to {named(names, link['target'])}: "
                f"{link['offer']}" + (f", {percent(link['overlap'])} shared" if known else ""),
                "ripples": (link["source"], link["target"]) in found,
            }
        )
    return pd.DataFrame(rows)


def _chain_words(links: pd.DataFrame) -> str:
    """Return the links in words."""
    return "; ".join(links["words"])


def _ripples(results: Mapping[str, Any]) -> Table:
    """Return the comparisons, found ones first; the overlaps where none was possible."""
    section, labels = results["inclusion"], results["labels"]
    if not section["ripple"]:
        return _overlaps(results)
    order = {verdict: place for place, verdict in enumerate((*FOUND, "not found", "too short"))}
    rows = [
        {
            **row,
            "leads": named(labels["indicator"], row["leader"]),
            "follows": named(labels["indicator"], row["follower"]),
        }
        for row in sorted(section["ripple"], key=lambda r: (order[r["verdict"]], r["q"] or 0.0))
    ]
    columns = [
        Column("leads", "When this moves"),
        Column("follows", "this follows"),
        Column("direction", "Direction"),
        Column("lag", "Months later", "integer"),
        Column("r", "Correlation of changes", "precise"),
        Column("q", "q", "p"),
        Column("n", "Months compared", "integer"),
        Column("verdict", "Verdict"),
    ]
    return table(pd.DataFrame(rows), columns, "Positive: better is followed by better")


def _overlaps(results: Mapping[str, Any]) -> Table:
    """Return the overlap of neighbours' missions."""
    nodes = results["labels"]["node"]
    rows = [
        {**row, "from": named(nodes, row["source"]), "to": named(nodes, row["target"])}
        for row in results["inclusion"]["overlap"]
    ]
    columns = [
        Column("from", "Who serves"),
        Column("to", "Who is served"),
        Column("offer", "With what"),
        Column("overlap", "Overlap of missions", "percent"),
        Column("common", "Themes in common", "list"),
    ]
    return table(pd.DataFrame(rows), columns)


def _points(
    results: Mapping[str, Any], rows: list[dict[str, Any]]
) -> tuple[pd.DataFrame, list[str]]:
    """Return the points of the panels, and their titles."""
    titles = [_title(results, row) for row in rows]
    parts = []
    for title, row in zip(titles, rows, strict=True):
        frame = pd.DataFrame(row["series"])
        way = frame["favourable"].map({True: "better", False: "worse"})
        signal = way.where(frame["signal"].astype(bool), "none")
        above = frame["value"] > frame["centre"].astype(float)
        parts.append(frame.assign(panel=title, signal=signal, above=above))
    columns = ["panel", "date", "value", "baseline", "centre", "lower", "upper", "signal", "above"]
    return pd.concat(parts, ignore_index=True)[columns], titles


def _title(results: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return a panel's title: the indicator, and which way is better."""
    better = "more" if row["better"] == "up" else "less"
    name = short(named(results["labels"]["indicator"], row["indicator"]), 38)
    return f"{name} ({better} is better)"


def _lead_note(part: Mapping[str, Any]) -> str:
    """Return the lead time of finished work and customers' part in design, in words."""
    if part["median"] is None:
        return ""
    said = f"Work that was finished took {months(part['median'])} from start to end (median)."
    if not part["design_affecting_customers"]:
        return said
    with_them, all_of_them = part["design_including_customers"], part["design_affecting_customers"]
    return f"{said} Customers took part in {with_them} of {all_of_them} design decisions on them."


def _indicators(results: Mapping[str, Any], rows: list[dict[str, Any]]) -> Table:
    """Return every indicator's state, limits, and what it leads to."""
    labels = results["labels"]
    shown = [
        {
            **row,
            "name": named(labels["indicator"], row["indicator"]),
            "leads": [named(labels["node"], lead["outcome"]) for lead in row["leads_to"]][:3],
        }
        for row in rows
    ]
    columns = [
        Column("name", "Indicator"),
        Column("state", "Latest point"),
        Column("value", "Latest", "precise"),
        Column("lower", "Usual from", "precise"),
        Column("upper", "to", "precise"),
        Column("target", "Target", "precise"),
        Column("points", "Points since restart", "integer"),
        Column("lead_months", "Leads by, months", "integer"),
        Column("leads", "Leads to", "list"),
    ]
    return table(pd.DataFrame(shown), columns)
