"""Severity between each two functions, and of functions on outcomes, as cells of a staircase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from lodestar.findings.words import named, plural
from lodestar.schema.numerals import numeral

__all__ = ["amount", "roof_order", "roof_rows", "roof_words", "side"]

SMALLEST = 0.01
OUTCOMES = {"customers": "Customers", "outcomes": "Other outcomes"}


def amount(severity: float) -> str:
    """Return a severity as cells and tables show it.

    Examples
    --------
    >>> amount(0.123), amount(0.004)
    ('0.12', '< 0.01')
    """
    return numeral(severity, ".2f") if severity >= SMALLEST else f"< {numeral(SMALLEST)}"


def side(results: Mapping[str, Any], key: str) -> str:
    """Return the name of a function, or of the outcomes it acts on."""
    return OUTCOMES.get(key) or named(results["labels"]["function"], key)


def roof_order(cells: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[str]]:
    """Return functions with the most severity first: a staircase of rows and columns.

    Parameters
    ----------
    cells : sequence of mapping
        ``conflicts.functions``.
    """
    weight: dict[str, float] = {}
    for cell in cells:
        for key in {cell["function_a"], cell["function_b"]} - set(OUTCOMES):
            weight[key] = weight.get(key, 0.0) + cell["severity"]
    functions = sorted(weight, key=lambda key: (-round(weight[key], 9), key))
    ends = [key for key in OUTCOMES if any(cell["function_b"] == key for cell in cells)]
    return functions, [*ends, *reversed(functions[1:])]


def roof_rows(
    results: Mapping[str, Any], rows: Sequence[str], columns: Sequence[str]
) -> pd.DataFrame:
    """Return one row for each cell of the staircase.

    Parameters
    ----------
    results : mapping
        Sections of results.json; ``conflicts.functions`` and names are read.
    rows, columns : sequence of str
        From :func:`roof_order`, of these cells or of more.

    Returns
    -------
    DataFrame
        Columns row, column (names), share (of the largest severity, 0–1), text, count.
    """
    cells = results["conflicts"]["functions"]
    known = {frozenset((c["function_a"], c["function_b"])): c for c in cells}
    top = max((cell["severity"] for cell in cells), default=0.0) or 1.0
    frame = []
    for place, row in enumerate(rows):
        for column in columns:
            if column in rows[: place + 1]:
                continue
            cell = known.get(frozenset((row, column)))
            frame.append(
                {
                    "row": side(results, row),
                    "column": side(results, column),
                    "share": cell["severity"] / top if cell else 0.0,
                    "text": amount(cell["severity"]) if cell else "",
                    "count": _severe(cell) if cell else "",
                }
            )
    return pd.DataFrame(frame)


def roof_words(results: Mapping[str, Any]) -> str:
    """Return which two collide most, as the text alternative of the staircase."""
    cells = results["conflicts"]["functions"]
    if not cells:
        return "No two functions’ measures collide."
    most = cells[0]
    return (
        f"Most severity between {side(results, most['function_a'])} and "
        f"{side(results, most['function_b'])}: {numeral(most['severity'], '.2f')} in "
        f"{plural(most['conflicts'], 'conflict')}."
    )


def _severe(cell: Mapping[str, Any]) -> str:
    if cell["severe"]:
        return f"{cell['severe']} severe of {cell['conflicts']}"
    return f"{cell['conflicts']} small"
