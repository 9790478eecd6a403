"""Numbers as people write them: decimal commas, thousands, per cent; ambiguity is refused."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal

from lodestar.engagement.cells.cell import Cell, fault
from lodestar.schema.columns import Column

__all__ = ["read_numbers"]

_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_SPACED = re.compile(r"[+-]?\d{1,3}([ \u00a0\u202f\u2009'’]\d{3})+([.,]\d+)?", re.ASCII)
_COMMA = re.compile(r"[+-]?\d*,\d+", re.ASCII)
_EITHER_COMMA = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
_EITHER_DOT = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_COMMA_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}((,\d{3})+\.\d+|(,\d{3}){2,})", re.ASCII)
_DOT_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}((\.\d{3})+,\d+|(\.\d{3}){2,})", re.ASCII)
_NOT_FINITE = {"nan", "inf", "infinity", "∞"}
_BEFORE_DECIMALS = str.maketrans("", "", " \u00a0\u202f\u2009'’")


def read_numbers(texts: Sequence[str], column: Column) -> list[Cell]:
    """Return each text as a number of the column, or what is wrong with it.

    Parameters
    ----------
    texts : sequence of str
        The different texts of one column, trimmed; an empty one is blank.
    column : Column
        Gives unit, range and step.

    Notes
    -----
    ``1,5`` is one and a half. ``1,234`` may be either and is refused, unless another cell of the
    column has a comma that can only be decimal and none has a decimal point; ``1.234`` is refused
    in a column where a comma is the decimal mark.
    """
    comma = any(map(_comma_is_decimal, texts))
    point = any(map(_point_is_decimal, texts))
    return [_read(text, column, comma, comma and not point) for text in texts]


def _comma_is_decimal(text: str) -> bool:
    """Tell whether the comma in this text can only be a decimal mark."""
    bare = text.rstrip("% \u00a0")
    if _COMMA.fullmatch(bare):
        return not _EITHER_COMMA.fullmatch(bare)
    return "," in bare and bool(_DOT_THOUSANDS.fullmatch(bare) or _SPACED.fullmatch(bare))


def _point_is_decimal(text: str) -> bool:
    """Tell whether this text can only be read with a decimal point."""
    bare = text.rstrip("% \u00a0")
    if _PLAIN.fullmatch(bare):
        return "." in bare and not _EITHER_DOT.fullmatch(bare)
    return bool(_COMMA_THOUSANDS.fullmatch(bare))


def _read(text: str, column: Column, comma: bool, decimal_comma: bool) -> Cell:
    """Return one text as a number within the column's range."""
    if not text:
        return Cell()
    bare, notes = _unsigned(text)
    if bare.endswith("%"):
        if column.unit != "share":
            return fault("percent", "This column takes no per cent.", "Write a plain number.")
        bare, notes = bare[:-1].rstrip(), [*notes, "percent"]
    cell = _value(bare, comma, decimal_comma)
    if cell.fault:
        return cell
    value = float(Decimal(cell.value) / 100 if "percent" in notes else cell.value)
    if not math.isfinite(value):
        return _not_finite()
    return _within(value, column) or Cell(value, (*notes, *cell.notes))


def _unsigned(text: str) -> tuple[str, list[str]]:
    """Return the text with a plain minus sign."""
    if text[0] in "−–" and len(text) > 1:
        return "-" + text[1:], ["minus-sign"]
    return text, []


def _value(text: str, comma: bool, decimal_comma: bool) -> Cell:
    """Return the number as plain digits with a point, if it can be read in one way only."""
    if _PLAIN.fullmatch(text):
        return _ambiguous(text) if comma and _EITHER_DOT.fullmatch(text) else Cell(text)
    if _EITHER_COMMA.fullmatch(text) and not decimal_comma:
        return _ambiguous(text)
    if _COMMA.fullmatch(text):
        return Cell(text.replace(",", "."), ("decimal-comma",))
    if _COMMA_THOUSANDS.fullmatch(text):
        return Cell(text.replace(",", ""), ("thousands",))
    if _DOT_THOUSANDS.fullmatch(text):
        return Cell(text.replace(".", "").replace(",", "."), ("thousands",))
    if _SPACED.fullmatch(text):
        return Cell(text.translate(_BEFORE_DECIMALS).replace(",", "."), ("thousands",))
    if text.lstrip("+-").casefold() in _NOT_FINITE:
        return _not_finite()
    return fault("not-a-number", "This is not a number.", "Write digits with a point for decimals.")


def _ambiguous(text: str) -> Cell:
    """Return the refusal of a mark that may stand for decimals or thousands."""
    digits = text.replace(",", "").replace(".", "")
    pointed = text.replace(",", ".")
    return fault(
        "ambiguous-number",
        f"This may be {pointed} or {digits}.",
        f"Write {digits}, or {pointed}0 with a decimal point.",
    )


def _not_finite() -> Cell:
    """Return the refusal of NaN and infinity."""
    return fault(
        "not-finite", "This is not a finite number.", "Write a number, or leave the cell blank."
    )


def _within(value: float, column: Column) -> Cell | None:
    """Return the fault of a number outside the column's range or between its steps."""
    low, high = column.low, column.high
    if (low is not None and value < low) or (high is not None and value > high):
        return fault("out-of-range", "The number is out of range.", _range(value, column))
    if column.step == 1 and value % 1:
        return fault("not-whole", "This must be a whole number.", "Write a whole number.")
    if column.step and (value / column.step) % 1:
        return fault(
            "not-a-step",
            f"Only steps of {column.step:g} are allowed.",
            f"Write a multiple of {column.step:g}.",
        )
    return None


def _range(value: float, column: Column) -> str:
    """Return the remedy for a number out of range."""
    if column.unit == "share" and 1 < value <= 100:
        return f"Write a share from 0 to 1: {value / 100:g} for {value:g} %."
    if column.high is None:
        return f"Write {column.low:g} or more."
    return f"Write a number from {column.low:g} to {column.high:g}."
