"""What the exhibits of 02 share: columns and rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.findings.words import named
from lodestar.tables import Column

__all__ = ["BOUNDS", "dimension_rows"]

BOUNDS = [Column("low", "From", "number"), Column("high", "To", "number")]


def dimension_rows(results: Mapping[str, Any]) -> pd.DataFrame:
    """Return the profile's dimensions with their names, missing numbers as NaN."""
    names = results["labels"]["dimension"]
    rows = results["level"]["present"]["dimensions"]
    frame = pd.DataFrame([{**row, "label": named(names, row["dimension"])} for row in rows])
    numbers = dict.fromkeys(("estimate", "low", "high", "target"), float)
    return frame.astype(numbers)
