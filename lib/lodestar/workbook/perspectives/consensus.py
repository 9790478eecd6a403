"""Exhibits of consensus: the map of groups, and camps among employees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from lodestar.charts.perspectives import Series, dumbbells, place_map
from lodestar.charts.theme import INK, LEVEL_MARKS, SOFT
from lodestar.findings.names import headline
from lodestar.findings.perspectives.agreement import USUAL
from lodestar.findings.perspectives.camps import camps as camps_finding
from lodestar.findings.perspectives.camps import disputed
from lodestar.findings.perspectives.consensus import consensus as consensus_finding
from lodestar.findings.perspectives.consensus import shown_pairs
from lodestar.findings.perspectives.names import first_name, mark, scale_name, short_name
from lodestar.findings.words import named, percent, start
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit, Fold

__all__ = ["camps", "consensus"]

CAMPS = (
    Series("1", "camp 1", INK),
    Series("2", "camp 2", str(LEVEL_MARKS["experienced"]["color"]), "square"),
    Series("3", "camp 3", str(LEVEL_MARKS["required"]["color"]), "diamond"),
    Series("4", "camp 4", SOFT, "triangle-up"),
)
PAIRS = [
    Column("first", "One group"),
    Column("second", "Other group"),
    Column("subjects", "Subjects", "integer"),
    Column("distance", "Distance (points)", "number"),
    Column("low", "from", "number"),
    Column("high", "to", "number"),
    Column("q", "q (Holm)", "p"),
    Column("r", "Same order, r", "precise"),
    Column("p_r", "p of r", "p"),
    Column("same_items", "Same questions", "yesno"),
]
WITHIN = [
    Column("who", "Group"),
    Column("n", "Persons", "integer"),
    Column("consensus", "Consensus within (0–1)", "precise"),
    Column("chance", "By chance about", "precise"),
    Column("p", "p", "p"),
]


def consensus(results: Mapping[str, Any]) -> Exhibit:
    """Return the map of groups, every pair's distance, and consensus within each."""
    labels, section = results["labels"], results["perspectives"]["consensus"]
    pairs = pd.DataFrame(
        {
            **row,
            "first": first_name(labels, row["group_a"]),
            "second": first_name(labels, row["group_b"]),
        }
        for row in shown_pairs(results)
    )
    chart = _map(results) if section["map"]["points"] else None
    notes = _notes(results) if chart is not None else (section["map"]["points_reason"],)
    folds = _within(labels, section["groups"])
    return Exhibit(chart, table(pairs, PAIRS), notes, folds=folds)


def _within(labels: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> tuple[Fold, ...]:
    """Return consensus within each group, to unfold."""
    if not rows:
        return ()
    groups = pd.DataFrame(rows)
    groups["who"] = [first_name(labels, group) for group in groups["group"]]
    groups["chance"] = groups["n"].astype(float) ** -0.5
    title = "Consensus within groups: how alike their people order the subjects"
    return (Fold(title, table=table(groups, WITHIN), notes=(CHANCE,)),)


CHANCE = (
    "Consensus is the length of the mean standardised profile (strategic consensus mapping): 1 = "
    "all order the subjects alike. Few people reach some by chance, about one over the root of "
    "their number; p tells whether there is more."
)


def _map(results: Mapping[str, Any]) -> Any:
    """Return the map, squares for kinds of people and circles for functions."""
    points = pd.DataFrame(results["perspectives"]["consensus"]["map"]["points"])
    points["label"] = [start(short_name(results["labels"], group)) for group in points["group"]]
    points["shape"] = ["square" if k == "stakeholder" else "circle" for k in points["kind"]]
    points["agreed"] = points["agreement"].astype(float).round(9) >= USUAL
    return place_map(points, f"{headline(consensus_finding(results))}. Map of groups.")


def _notes(results: Mapping[str, Any]) -> tuple[str, ...]:
    """Return how to read the map, and how far to trust it."""
    found = results["perspectives"]["consensus"]["map"]
    hidden = sum(row["suppressed"] for row in results["perspectives"]["consensus"]["pairs"])
    notes = [
        "The farther apart two marks, the farther apart their means; to the right: higher means. "
        "Squares: kinds of people; circles: employees by function. Larger: more people. Hollow: "
        f"people within disagree (agreement below {numeral(USUAL)} on average).",
        f"A plane shows {percent(found['share'])} of the distances' spread (stress "
        f"{numeral(found['stress'], '.2f')}; 0 = exact). Small groups lie somewhat too far "
        "out, by chance.",
    ]
    if hidden:
        notes.append(f"{hidden} pairs are not shown, to protect answers.")
    return tuple(notes)


def camps(results: Mapping[str, Any]) -> Exhibit:
    """Return the camps by subject and by function, or the test that found none."""
    section, labels = results["perspectives"]["camps"], results["labels"]
    if not section["items"]:
        size = (
            f"Mean silhouette of the best grouping: {numeral(section['silhouette'], '.2f')} of 1."
        )
        return Exhibit(notes=(size,))
    told = [(scale, means) for scale, means in disputed(results) if len(means) > 1]
    rows = [_mark(labels, s, camp, x) for s, means in told for camp, x in sorted(means.items())]
    series = CAMPS[: len(section["items"])]
    chart = None
    if rows:
        description = f"{headline(camps_finding(results))}."
        chart = dumbbells(pd.DataFrame(rows), series, (1.0, 5.0), description)
    notes = [f"Camp {row['camp']}: {row['n']} people." for row in section["items"]]
    if any(row["suppressed"] for row in section["subjects"]):
        notes.append("Subjects on which a camp's mean would give answers away are not shown.")
    return Exhibit(chart, _functions(labels, section), tuple(notes), open_table=True)


def _mark(labels: Mapping[str, Any], scale: str, camp: int, mean: float) -> dict[str, Any]:
    """Return one camp's mean on one subject."""
    row = {"label": scale_name(labels, scale), "series": str(camp), "value": mean}
    return {**row, "low": None, "high": None, "text": mark(mean)}


def _functions(labels: Mapping[str, Any], section: Mapping[str, Any]) -> Any:
    """Return how many of each function are in each camp."""
    rows: dict[str, dict[str, Any]] = {}
    for row in section["functions"]:
        own = rows.setdefault(row["function"], {"who": named(labels["function"], row["function"])})
        own |= {f"n{row['camp']}": row["n"], f"share{row['camp']}": row["share"]}
        own["suppressed"] = own.get("suppressed", False) or row["suppressed"]
    columns = [Column("who", "Employees in")]
    for item in section["items"]:
        camp = item["camp"]
        columns.append(Column(f"n{camp}", f"Camp {camp}, persons", "integer"))
        columns.append(Column(f"share{camp}", f"Camp {camp}, share", "percent"))
    return table(pd.DataFrame(rows.values()), columns)
