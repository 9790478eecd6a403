"""Who rates: each function's view of the same work beside everybody else's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.level import rater_views
from lodestar.findings.level.informants import how_far, views
from lodestar.findings.words import named
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["informants"]

WORK = {"all": "all shared", "own": "its own"}


def informants(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``level.informants``: own and others' view of the same cells."""
    names = results["labels"]["function"]
    rows = [
        {**view, "label": named(names, view["function"]), "work": WORK[view["on"]]}
        for view in views(results["level"]["present"])
    ]
    if not rows:
        return Exhibit()
    frame = pd.DataFrame(rows)
    numbers = ["own", "others", "difference", "low", "high"]
    frame[numbers] = frame[numbers].astype(float)
    drawn = frame.assign(
        text=[how_far(row) for row in rows],
        low=(frame["others"] + frame["low"]).clip(1, 5),
        high=(frame["others"] + frame["high"]).clip(1, 5),
    )
    said = "; ".join(
        f"{row['label']} on {row['work']} work {numeral(row['own'], '.1f')}, others "
        f"{numeral(row['others'], '.1f')}"
        for row in rows
    )
    columns = [
        Column("label", "Function"),
        Column("work", "On work"),
        Column("own", "Rates", "number"),
        Column("others", "Others rate", "number"),
        Column("difference", "Difference", "signed"),
        Column("low", "From", "signed"),
        Column("high", "To", "signed"),
        Column("n", "Raters", "integer"),
        Column("n_others", "Other raters", "integer"),
        Column("cells", "Cells", "integer"),
    ]
    return Exhibit(
        chart=rater_views(drawn, f"How each function rates against others. {said}."),
        table=table(frame, columns, "Means over the cells that both rated, levels 1–5."),
    )
