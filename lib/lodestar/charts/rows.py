"""The rows of a table as a chart carries them: what Altair makes of it, column by column."""

from __future__ import annotations

from math import isfinite
from typing import Any

import altair as alt
import pandas as pd

__all__ = ["chart_rows"]

MOST = 1_000
"""Rows up to which a table is read here; of more, Altair minds whether a browser can take them."""


def chart_rows(table: Any) -> Any:
    """Return what ``alt.default_data_transformer`` returns, sooner for tables of plain columns.

    Parameters
    ----------
    table : DataFrame, dict, or either as Altair passes it on
        Rows of a chart. Columns of numbers, texts and truth values are read here; of other tables
        (days, categories, objects) Altair makes the rows.

    Notes
    -----
    What is missing, and among numbers what is infinite, becomes null.

    Examples
    --------
    >>> chart_rows(pd.DataFrame({"name": ["a", None], "x": [1.0, float("inf")]}))
    {'values': [{'name': 'a', 'x': 1.0}, {'name': None, 'x': None}]}
    """
    native = table.to_native() if hasattr(table, "to_native") else table
    columns = _columns(native) if isinstance(native, pd.DataFrame) else None
    if not columns:
        return alt.default_data_transformer(table)
    rows = zip(*columns.values(), strict=True)
    return {"values": [dict(zip(columns, row, strict=True)) for row in rows]}


def _columns(table: pd.DataFrame) -> dict[str, list[Any]] | None:
    """Return the values of each column; None where one of them is not plain."""
    named = all(isinstance(name, str) for name in table.columns) and table.columns.is_unique
    if not named or len(table) > MOST or isinstance(table.index, pd.MultiIndex):
        return None
    found: dict[str, list[Any]] = {}
    for name, column in table.items():
        values = _values(column)
        if values is None:
            return None
        found[str(name)] = values
    return found


def _values(column: pd.Series) -> list[Any] | None:
    """Return the values of a plain column; None of another."""
    kind, values = str(column.dtype), column.tolist()
    if kind in ("int64", "bool"):
        return values
    if kind == "float64":
        return [one if isfinite(one) else None for one in values]
    if kind == "str":
        return [one if isinstance(one, str) else None for one in values]
    return values if kind == "object" and all(type(one) is str for one in values) else None
