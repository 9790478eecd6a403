"""Tables for people: labelled columns, numbers as a person writes them, every cell escaped."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

import pandas as pd

from lodestar.schema.numerals import numeral

__all__ = ["SUPPRESSED", "Column", "Picture", "Table", "table"]

SUPPRESSED = "too few to show"

FORMATS: dict[str, Callable[[Any], str]] = {
    "text": str,
    "integer": lambda x: numeral(x, ",.0f"),
    "number": lambda x: numeral(x, ",.1f"),
    "precise": lambda x: numeral(x, ",.2f"),
    "signed": lambda x: numeral(x, "+,.1f"),
    "percent": lambda x: f"{numeral(100 * x, '.0f')} %",
    "list": lambda x: ", ".join(map(str, x)),
    "yesno": lambda x: "yes" if x else "no",
    "p": lambda x: f"< {numeral(0.001)}" if x < 0.001 else numeral(x, ".3f"),
    "picture": str,
}


@dataclass(frozen=True)
class Picture:
    """A small picture in a cell.

    Parameters
    ----------
    svg : str
        Complete and self-contained; it is shown as an image, so no script in it can run.
    text : str
        Its text alternative.
    """

    svg: str
    text: str

    def html(self) -> str:
        """Return the image with its text alternative."""
        data = base64.b64encode(self.svg.encode()).decode()
        alt = escape(self.text, quote=True)
        return f"<img class='ls-spark' alt=\"{alt}\" src='data:image/svg+xml;base64,{data}'>"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name : str
        Column of the frame.
    label : str
        Heading that a person reads, with the unit where there is one.
    format : str
        text, integer, number (1 decimal), precise (2), signed, percent (of a share), list,
        yesno, p, picture.
    """

    name: str
    label: str
    format: str = "text"

    def cell(self, value: Any) -> str | Picture:
        """Return a cell's text, or its picture; a missing value is a dash."""
        if isinstance(value, Picture):
            return value
        return "–" if _missing(value) else FORMATS[self.format](value)


@dataclass(frozen=True)
class Table:
    """A table ready to be shown: heading cells, text cells, which columns hold numbers."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Picture, ...], ...]
    caption: str = ""

    def html(self) -> str:
        """Return the table as HTML with every text escaped."""
        head = "".join(f"<th{_kind(c)} scope='col'>{escape(c.label)}</th>" for c in self.columns)
        body = "".join(self._row(row) for row in self.rows)
        caption = f"<caption>{escape(self.caption)}</caption>" if self.caption else ""
        return (
            f"<div class='ls-scroll'><table class='ls-table'>{caption}"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def _row(self, row: tuple[str | Picture, ...]) -> str:
        cells = zip(self.columns, row, strict=True)
        return (
            "<tr>" + "".join(f"<td{_kind(c)}>{_inside(cell)}</td>" for c, cell in cells) + "</tr>"
        )


def table(frame: pd.DataFrame, columns: Sequence[Column], caption: str = "") -> Table:
    """Return a frame as a table for people.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a line; a true ``suppressed`` column turns a row's missing numbers into the words
        of the confidentiality rule.
    columns : sequence of Column
        Which columns, in order, with their headings and formats.
    caption : str
        What the table holds, with units, in one line.

    Examples
    --------
    >>> table(pd.DataFrame({"a": [0.5]}), [Column("a", "Share", "percent")]).rows
    (('50 %',),)
    """
    hidden = frame["suppressed"].tolist() if "suppressed" in frame else [False] * len(frame)
    rows = tuple(
        tuple(_shown(c, row[c.name], bool(few)) for c in columns)
        for row, few in zip(frame.to_dict("records"), hidden, strict=True)
    )
    return Table(tuple(columns), rows, caption)


def _inside(cell: str | Picture) -> str:
    return cell.html() if isinstance(cell, Picture) else escape(cell)


def _shown(column: Column, value: Any, suppressed: bool) -> str | Picture:
    if suppressed and column.format not in ("text", "list", "picture") and _missing(value):
        return SUPPRESSED
    return column.cell(value)


def _kind(column: Column) -> str:
    return "" if column.format in ("text", "list", "yesno", "picture") else " class='ls-number'"


def _missing(value: Any) -> bool:
    if isinstance(value, (list, tuple, dict)):
        return len(value) == 0
    if isinstance(value, date) and not isinstance(value, pd.Timestamp):
        return False
    return bool(pd.isna(value))
