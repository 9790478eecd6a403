"""Answers with one column an item, turned into one row an answer."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from lodestar.engagement.collector import Collector
from lodestar.engagement.files.sheet import Sheet
from lodestar.schema.nearest import close_matches

__all__ = ["check_form", "is_wide", "lengthened"]


def is_wide(sheet: Sheet, items: tuple[str, ...]) -> bool:
    """Tell whether a sheet of answers has one column an item."""
    long = {"item", "value"} & set(sheet.cells)
    return "respondent" in sheet.cells and not long and bool(set(items) & set(sheet.cells))


def check_form(sheet: Sheet, items: tuple[str, ...], collector: Collector) -> None:
    """Refuse a sheet that has one row an answer and columns of items beside."""
    beside = [name for name in sheet.cells if name in items]
    if beside and {"item", "value"} & set(sheet.cells):
        collector.problem(
            "two-forms",
            sheet.file,
            "The table has one row an answer and columns of items as well.",
            "Keep respondent, item and value, or respondent and one column an item.",
            row=sheet.header,
            column=beside[0],
        )


def lengthened(sheet: Sheet, items: tuple[str, ...], collector: Collector) -> Sheet:
    """Return the sheet with one row an answer, person by person in the order of the columns.

    Notes
    -----
    A column that is no item is kept as an extra column, unless its name is so near an item's
    that it may be meant: that is a problem.
    """
    answers = [name for name in sheet.cells if name in items]
    others = [name for name in sheet.cells if name not in items and name != "respondent"]
    _check_names(sheet, others, items, collector)
    count = len(answers)
    value = np.column_stack([sheet.cells[name] for name in answers]).ravel()
    headings = np.tile(np.array(answers, dtype=object), len(sheet.rows))
    cells = {name: np.repeat(sheet.cells[name], count) for name in ("respondent", *others)}
    return replace(
        sheet,
        cells={**cells, "item": headings, "value": value},
        rows=np.repeat(sheet.rows, count),
        headings=headings,
    )


def _check_names(
    sheet: Sheet, others: list[str], items: tuple[str, ...], collector: Collector
) -> None:
    """Refuse columns that look like a misspelt item; note the others as kept beside."""
    shapes = {_shape(item) for item in items}
    for name in others:
        near = close_matches(name, items)
        if near or _shape(name) in shapes:
            collector.problem(
                "unknown-id",
                sheet.file,
                "The framework has no item of this name.",
                f"Did you mean {' or '.join(map(repr, near))}?" if near else "Rename the column.",
                row=sheet.header,
                column=name,
                value=name,
            )
        else:
            collector.notice(
                "extra-column", sheet.file, "The column is no item; it is kept beside.", column=name
            )


def _shape(name: str) -> str:
    """Return a name with its digits made equal, as ``I0`` for ``I17``."""
    return re.sub(r"\d+", "0", name.casefold())
