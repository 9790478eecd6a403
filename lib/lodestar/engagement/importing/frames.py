"""Steps on frames of text: leave rows out, rename codes, write cells, turn columns into rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from lodestar.schema.nearest import meant

__all__ = ["StepError", "columns", "leave_out", "need", "recode", "sort", "unpivot", "write"]

_FIELD = re.compile(r"\{([^{}]*)\}")


class StepError(Exception):
    """A step that cannot be done: what is wrong, how to mend it, and the value it is about."""

    def __init__(self, message: str, remedy: str, value: str | None = None) -> None:
        super().__init__(message)
        self.message, self.remedy, self.value = message, remedy, value


def need(frame: pd.DataFrame, names: Iterable[str]) -> None:
    """Raise for the first name that is no column, with the nearest that is."""
    for name in names:
        if name not in frame.columns:
            known = f"Columns here: {', '.join(map(str, frame.columns))}."
            remedy = meant(str(name), map(str, frame.columns), known)
            raise StepError("There is no column of this name at this step.", remedy, str(name))


def leave_out(
    frame: pd.DataFrame,
    column: str,
    reason: str,
    values: Sequence[Any] | None = None,
    other_than: Sequence[Any] | None = None,
) -> pd.DataFrame:
    """Return the rows whose cell is not one of ``values`` (or is one of ``other_than``).

    Parameters
    ----------
    frame : DataFrame
        Cells as text.
    column : str
        Where to look.
    reason : str
        Why the rows are left out; the run counts them under it.
    values, other_than : list
        The cells to leave out, or the only ones to keep; one of the two.

    Examples
    --------
    >>> leave_out(pd.DataFrame({"a": ["1", "6"]}), "a", "never used", values=[6])["a"].tolist()
    ['1']
    """
    need(frame, [column])
    if (values is None) == (other_than is None):
        raise StepError("Which rows to leave out is not said.", "Give values, or other_than.")
    named = frame[column].isin([str(value) for value in (values or other_than or ())])
    return frame[named if values is None else ~named].reset_index(drop=True)


def recode(
    frame: pd.DataFrame, column: str, values: Mapping[Any, Any], others: str = ""
) -> pd.DataFrame:
    """Return the frame with a column's codes replaced by words.

    Parameters
    ----------
    frame : DataFrame
        Cells as text.
    column : str
        The column of codes.
    values : mapping
        Code to word.
    others : str
        ``keep`` leaves other cells as they are; else one that is not listed is a problem.
    """
    need(frame, [column])
    words = {str(code): str(word) for code, word in values.items()}
    unknown = [cell for cell in frame[column].unique() if cell not in words]
    if unknown and others != "keep":
        remedy = "List it under values, or write others: keep."
        raise StepError("A code has no word.", remedy, str(unknown[0]))
    return frame.assign(**{column: frame[column].map(lambda cell: words.get(cell, cell))})


def write(frame: pd.DataFrame, **cells: Any) -> pd.DataFrame:
    """Return the frame with columns written from a pattern of other columns.

    Parameters
    ----------
    frame : DataFrame
        Cells as text.
    cells
        Column to its text, in which ``{name}`` stands for the row's cell of another column.

    Examples
    --------
    >>> write(pd.DataFrame({"n": ["7"]}), respondent="p{n}", group="customer").iloc[0].tolist()
    ['7', 'p7', 'customer']
    """
    written = {name: _written(frame, str(pattern)) for name, pattern in cells.items()}
    return frame.assign(**written)


def columns(frame: pd.DataFrame, **names: str) -> pd.DataFrame:
    """Return the frame's columns under new names, in the order given: new name to old."""
    need(frame, names.values())
    return pd.DataFrame({new: frame[old] for new, old in names.items()})


def unpivot(
    frame: pd.DataFrame,
    keep: Sequence[str],
    values: Mapping[str, str],
    into: Sequence[str],
) -> pd.DataFrame:
    """Return one row for each cell of several columns, row by row.

    Parameters
    ----------
    frame : DataFrame
        Cells as text.
    keep : list of str
        Columns repeated on every row.
    values : mapping
        Column to the name it gets, in the order in which its cells follow each other.
    into : list of str
        Names of the two new columns: the name, the cell.

    Examples
    --------
    >>> wide = pd.DataFrame({"id": ["a", "b"], "Q1": ["4", "5"], "Q2": ["1", "2"]})
    >>> unpivot(wide, ["id"], {"Q1": "I1", "Q2": "I2"}, ["item", "value"])["value"].tolist()
    ['4', '1', '5', '2']
    """
    need(frame, [*keep, *values])
    if len(into) != 2:
        raise StepError("into needs two names.", "Write the new columns' names: [item, value].")
    long = frame.melt([*keep], [*values], var_name=into[0], value_name=into[1], ignore_index=False)
    place = {column: at for at, column in enumerate(values)}
    order = long[into[0]].map(place)
    long[into[0]], long["_order"] = long[into[0]].map(dict(values)), order
    long = long.rename_axis("_row").reset_index().sort_values(["_row", "_order"], kind="stable")
    return long.drop(columns=["_row", "_order"]).reset_index(drop=True)


def sort(frame: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return the rows in the order of these columns' texts."""
    need(frame, by)
    return frame.sort_values([*by], kind="stable").reset_index(drop=True)


def _written(frame: pd.DataFrame, pattern: str) -> pd.Series:
    """Return the pattern's text for each row."""
    parts = _FIELD.split(pattern)
    need(frame, parts[1::2])
    text = pd.Series(parts[0], index=frame.index, dtype="str")
    for name, after in zip(parts[1::2], parts[2::2], strict=True):
        text = text + frame[name] + after
    return text
