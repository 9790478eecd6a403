"""Functions side by side: who stands apart from whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.findings.words import named
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["functions"]


def functions(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``alignment.functions``: every pair, furthest apart first."""
    labels = results["labels"]
    rows = [
        {
            **row,
            "pair": f"{named(labels['function'], row['function_a'])} and "
            f"{named(labels['function'], row['function_b'])}",
            "apart": row["distance"] if row["corrected"] is None else row["corrected"],
            "capability": named(labels["capability"], row["capability"]),
        }
        for row in results["alignment"]["pairs"]
    ]
    columns = [
        Column("pair", "Functions"),
        Column("apart", "Apart, levels", "number"),
        Column("low", "From", "number"),
        Column("high", "To", "number"),
        Column("capability", "Most apart on"),
        Column("difference", "Difference there", "signed"),
    ]
    caption = "Every pair, furthest apart first; difference = first minus second."
    return Exhibit(table=table(pd.DataFrame(rows), columns, caption), open_table=True)
