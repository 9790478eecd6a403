"""The way from the present level to the chosen one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.charts.level import climb
from lodestar.findings.level.studies import pays
from lodestar.findings.words import money, plural
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit
from lodestar.workbook.level.columns import dimension_rows

__all__ = ["consequence"]


def consequence(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``level.consequence``: the way from present to target."""
    frame = dimension_rows(results).dropna(subset=["estimate", "target"])
    if frame.empty:
        return Exhibit(notes=_notes(results))
    frame["way"] = frame["target"] - frame["estimate"]
    frame = frame.sort_values(["way", "dimension"], ascending=[False, True])
    frame["text"] = [numeral(way, "+.1f") for way in frame["way"]]
    first = frame.iloc[0]
    said = f"Way from present level to target; longest {first['label']}, {first['text']}."
    columns = [
        Column("label", "Dimension"),
        Column("estimate", "Present", "number"),
        Column("target", "Target", "number"),
        Column("way", "Way to go", "signed"),
    ]
    return Exhibit(
        chart=climb(frame.reset_index(drop=True), said),
        table=table(frame, columns, "Levels 1–5."),
        notes=_notes(results),
    )


def _notes(results: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what the break-even leaves open where a cost is told, and what studies say."""
    each = results["level"]["consequence"]["last_level"]["per_recurring_customer"]
    if not each:
        return (pays(),)
    customers = results["level"]["revenue"]["recurring_customers"]
    return (
        f"The last level costs {money(each, str(results['currency']))} a year for each of "
        f"{plural(customers, 'recurring customer')}. Contribution is revenue less what serving it "
        "costs; no table gives margins, so the extra revenue it takes is larger than the amount "
        "named.",
        pays(),
    )
