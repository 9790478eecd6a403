"""Where not to act: what stands above target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.alignment import over_shoot_bars
from lodestar.findings.words import money
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.alignment.columns import LEVELS, PLACE, SHOWN, named_rows
from lodestar.workbook.exhibit import Exhibit

__all__ = ["overshoot"]


def overshoot(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``alignment.overshoot``: cells above target, dearest first."""
    above = results["alignment"]["overshoot"]
    rows = named_rows(results, above["cells"][:SHOWN])
    if not rows:
        return Exhibit()
    currency, costed = str(results["currency"]), above["cost_year"] is not None
    shown = pd.DataFrame(
        [
            {
                "label": f"{row['capability']} · {row['function']}",
                "size": (row["cost_year"] or 0.0) if costed else row["gap"],
                "text": _held(row, currency) if costed else f"+{numeral(row['gap'], '.1f')}",
            }
            for row in rows
        ]
    )
    said = "; ".join(f"{row['label']} {row['text']}" for row in shown.to_dict("records"))
    columns = [
        *PLACE,
        *LEVELS,
        Column("cost_year", f"Cost a year, {currency}", "integer"),
        Column("share", "Share of misalignment", "percent"),
    ]
    every = named_rows(results, above["cells"])
    chart = over_shoot_bars(shown, f"Cells above target: {said}.")
    return Exhibit(chart=chart, table=table(pd.DataFrame(every), columns, "Cells above target."))


def _held(row: Mapping[str, Any], currency: str) -> str:
    cost = row["cost_year"]
    return "not costed" if cost is None else money(cost, currency)
