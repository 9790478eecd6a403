"""Every input table by name, its typed empty frame, and how to bring a frame to its types."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from lodestar.schema.columns import Column, Table
from lodestar.schema.tables_investments import INVESTMENTS
from lodestar.schema.tables_market import MARKET
from lodestar.schema.tables_measures import MEASURES
from lodestar.schema.tables_people import PEOPLE

__all__ = ["TABLES", "conform", "empty", "typed"]

TABLES: dict[str, Table] = {
    table.name: table for table in (*PEOPLE, *MEASURES, *MARKET, *INVESTMENTS)
}


def empty(name: str) -> pd.DataFrame:
    """Return a frame of the table's columns and types without rows.

    Parameters
    ----------
    name : str
        Name of a table of TABLES.

    Examples
    --------
    >>> list(empty("comments").columns)
    ['respondent', 'topic', 'text']
    """
    return conform(name, pd.DataFrame())


def conform(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with every column of the table, in the types the loader guarantees.

    Parameters
    ----------
    name : str
        Name of a table of TABLES.
    frame : DataFrame
        Rows with values already in words and numbers; nothing is checked.

    Returns
    -------
    DataFrame
        The table's columns in their order (absent ones missing, defaults filled), then the
        extra columns as text; RangeIndex. ``ratings`` gains the boolean column ``applies``.

    Raises
    ------
    ValueError
        A cell cannot be read as its type: mend the frame; client files go through the loader.

    Examples
    --------
    >>> rows = pd.DataFrame({"node": ["n1"], "date": ["2026-01-31"]})
    >>> conform("history", rows).dtypes.astype("str").to_list()
    ['str', 'datetime64[ns]', 'float64']
    """
    table = TABLES[name]
    rows = frame.reset_index(drop=True)
    data: dict[str, pd.Series] = {}
    for column in table.columns:
        cells = rows[column.name] if column.name in rows else _blank(rows.index)
        if column.not_applicable:
            data["applies"] = _applies(rows, cells)
            cells = cells.where(data["applies"])
        data[column.name] = typed(column, cells)
    extra = [str(c) for c in rows.columns if c not in data]
    data |= {c: rows[c].astype("str") for c in extra}
    order = [*table.names, *(["applies"] if "applies" in data else []), *extra]
    return pd.DataFrame({c: data[c] for c in order}, index=pd.RangeIndex(len(rows)))


def typed(column: Column, cells: pd.Series) -> pd.Series:
    """Return the cells in the column's type, the default filled in for blank ones."""
    if column.type == "list":
        return pd.Series([_tuple(cell) for cell in cells], index=cells.index, dtype="object")
    if column.type == "date":
        return pd.to_datetime(cells).astype("datetime64[ns]")
    if column.type in ("number", "whole"):
        return cells.astype("float64")
    cast = cells.astype("str")
    return cast.fillna(column.default) if column.default else cast


def _blank(index: pd.Index) -> pd.Series:
    """Return missing cells."""
    return pd.Series([None] * len(index), index=index, dtype="object")


def _applies(rows: pd.DataFrame, cells: pd.Series) -> pd.Series:
    """Tell which cells are not ``na``; an existing ``applies`` column wins."""
    if "applies" in rows:
        return rows["applies"].astype("bool")
    return (cells.astype("str") != "na").astype("bool")


def _tuple(cell: object) -> tuple[str, ...]:
    """Return a list cell as a tuple of its parts."""
    if isinstance(cell, str):
        return tuple(part.strip() for part in cell.split(";") if part.strip())
    return tuple(str(part) for part in cell) if isinstance(cell, Iterable) else ()
