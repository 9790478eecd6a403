"""Exhibits of revenue: by class and quarter, its concentration, and its runway."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.labels import spread
from lodestar.charts.purpose import concentration_line, revenue_columns, runway_line
from lodestar.findings.names import headline
from lodestar.findings.purpose.revenue import concentration as concentration_finding
from lodestar.findings.purpose.revenue import revenue as revenue_finding
from lodestar.findings.purpose.revenue import runway as runway_finding
from lodestar.findings.words import money, percent, plural
from lodestar.tables import Column, Table, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["concentration", "revenue", "runway"]

CLASSES = ("recurring", "episodic", "new", "gone", "unnamed")
WORDS = {
    "recurring": "come back",
    "episodic": "episodic",
    "new": "new",
    "gone": "gone since",
    "unnamed": "no customer named",
}


def revenue(results: Mapping[str, Any]) -> Exhibit:
    """Return revenue by quarter and class, with the classes and their fit."""
    part = results["purpose"]["revenue"]
    pieces = _pieces(part["quarters"])
    quarters = list(dict.fromkeys(pieces["quarter"]))
    description = headline(revenue_finding(results))
    chart = revenue_columns(pieces, _piece_labels(pieces), quarters, description)
    return Exhibit(chart, _classes(part), _revenue_notes(part))


def concentration(results: Mapping[str, Any]) -> Exhibit:
    """Return the concentration of revenue over customers, with the largest ones."""
    part = results["purpose"]["concentration"]
    curve = pd.DataFrame(part["curve"])
    description = headline(concentration_finding(results))
    chart = concentration_line(curve, _curve_marks(part), description)
    columns = [
        Column("rank", "Rank", "integer"),
        Column("customer", "Customer"),
        Column("class", "Class"),
        Column("net", f"Net revenue, {results['currency']}", "integer"),
        Column("share", "Share", "percent"),
        Column("cumulative", "Together", "percent"),
    ]
    return Exhibit(chart, table(pd.DataFrame(part["largest"]), columns))


def runway(results: Mapping[str, Any]) -> Exhibit:
    """Return the path of revenue against the floor."""
    part, currency = results["purpose"]["runway"], results["currency"]
    path = pd.DataFrame(part["path"])
    last = path.iloc[-1]
    month, top = float(last["month"]), float(path["high"].max())
    places = spread([float(last["revenue"]), part["floor"]], top * 0.09, 0.0, top)
    labels = pd.DataFrame(
        [
            (month, places[0], money(float(last["revenue"]), currency), True),
            (month, places[1], f"{part['floor_kind']} {money(part['floor'], currency)}", False),
        ],
        columns=["month", "y", "label", "strong"],
    )
    description = headline(runway_finding(results))
    columns = [
        Column("month", "Months from now", "integer"),
        Column("revenue", f"Revenue a month, {currency}", "integer"),
        Column("low", "From", "integer"),
        Column("high", "To", "integer"),
    ]
    rows = path[path["month"] % 3 == 0]
    return Exhibit(runway_line(path, part["floor"], labels, description), table(rows, columns))


def _pieces(quarters: list[dict[str, Any]]) -> pd.DataFrame:
    """Return the stacked pieces of each quarter: gains upwards, net refunds downwards."""
    rows = []
    for quarter in dict.fromkeys(row["quarter"] for row in quarters):
        own = {row["class"]: row["net"] for row in quarters if row["quarter"] == quarter}
        up = down = 0.0
        for name in (n for n in CLASSES if n in own):
            start = up if own[name] >= 0 else down
            rows.append((quarter, name, start, start + own[name]))
            up, down = (max(up, start + own[name]), min(down, start + own[name]))
    return pd.DataFrame(rows, columns=["quarter", "class", "start", "end"])


def _piece_labels(pieces: pd.DataFrame) -> pd.DataFrame:
    """Return a label for each class: beside its piece of the last quarter, else where it was."""
    last = pieces["quarter"].iloc[-1]
    rows = pieces.drop_duplicates("class", keep="last")
    rows = rows.set_index("class").reindex([n for n in CLASSES if n in set(rows["class"])])
    top, low = float(pieces["end"].max()), min(0.0, float(pieces["end"].min()))
    middle = ((rows["start"] + rows["end"]) / 2).tolist()
    return pd.DataFrame(
        {
            "quarter": last,
            "class": rows.index,
            "y": spread(middle, (top - low) * 0.07, low, top),
            "label": [WORDS[name] for name in rows.index],
            "strong": [name == "recurring" for name in rows.index],
        }
    )


def _classes(part: Mapping[str, Any]) -> Table:
    """Return the classes with their fit to the ideal customer, where that is recorded."""
    rows = pd.DataFrame(part["classes"])
    columns = [
        Column("class", "Customers who are"),
        Column("customers", "Customers", "integer"),
        Column("net", "Net revenue", "integer"),
        Column("share", "Share of named revenue", "percent"),
    ]
    if part["fit"]:
        fit = pd.DataFrame(part["fit"])[["class", "ideal_fit", "acquisition_effort"]]
        rows = rows.merge(fit, on="class", how="left")
        columns.append(Column("ideal_fit", "Fit to the ideal customer, 0–1 (mean)", "precise"))
        columns.append(Column("acquisition_effort", "Effort to win one (mean)", "number"))
    return table(rows, columns)


def _revenue_notes(part: Mapping[str, Any]) -> tuple[str, ...]:
    """Return how the share has moved, and what the colours are."""
    known = [row for row in part["trend"] if row["recurring_share"] is not None]
    notes = ["Net revenue by quarter; shades by what its customers are today, named at the right."]
    if len(known) > 1:
        said = ", ".join(f"{r['quarter']} {percent(r['recurring_share'])}" for r in known)
        notes.append(f"Share that keeps coming back, as it stood at the end of: {said}.")
    later = part["left_out"]["later_rows"]
    if later:
        notes.append(f"{plural(later, 'row')} after the day of the assessment left out.")
    return tuple(notes)


def _curve_marks(part: Mapping[str, Any]) -> pd.DataFrame:
    """Return the points to name on the curve: the ten largest, half of revenue, equality."""
    total, largest = part["customers"], part["largest"]
    ten, half = largest[-1], int(part["half"])
    near = min(part["curve"], key=lambda row: (abs(row["customers"] - half), row["customers"]))
    rows = [
        (near["customer_share"], near["revenue_share"], f"{plural(half, 'customer')}: half", True),
        (0.5, 0.44, "if all were equal", False),
    ]
    first = (ten["rank"] / total, ten["cumulative"], f"largest {ten['rank']}", True)
    if abs(first[0] - rows[0][0]) + abs(first[1] - rows[0][1]) > 0.08:
        rows.insert(0, first)
    names = ["customer_share", "revenue_share", "label", "strong"]
    return pd.DataFrame(rows, columns=names)
