"""What a mark says when somebody points at it: its name and the figures that it draws, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from lodestar.charts.vocabulary import (
    CODES,
    DIGITS,
    ELSE,
    LINKS,
    MEASURES,
    NAMED,
    PLACES,
    RANGED,
    SIGNS,
    STYLES,
    WITHIN,
)
from lodestar.schema.numerals import numeral

__all__ = ["SAYS", "Told", "told"]

SAYS = ":\u2062 "
"""Between the name of a mark and its figures; the sign in it is not seen."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """A mark in words.

    Parameters
    ----------
    names : tuple of str
        What it stands for.
    parts : tuple of str
        Its figures, or the words that the chart itself puts beside it.
    low, high : str
        Ends of the interval of one part; empty without one, or where the words say it.
    ranged : int
        Which part it is.
    """

    names: tuple[str, ...]
    parts: tuple[str, ...]
    low: str = ""
    high: str = ""
    ranged: int = 0

    @property
    def value(self) -> str:
        """Return the figures without the interval."""
        return ", ".join(self.parts)

    def __str__(self) -> str:
        """Return it as one line."""
        span = f" ({self.low} to {self.high})" if self.low else ""
        said = [part + span * (i == self.ranged) for i, part in enumerate(self.parts)]
        return f"{', '.join(self.names)}{SAYS}{', '.join(said)}"


def told(row: Row) -> Told | None:
    """Return what a row of a chart's data says; None where it names or tells nothing.

    Parameters
    ----------
    row : mapping
        Columns as the charts name them; null and NaN count as absent.

    Examples
    --------
    >>> str(told({"label": "Present", "text": "2.6", "estimate": 2.6, "low": 2.51, "high": 2.65}))
    'Present:\u2062 2.6 (2.5 to 2.6)'
    """
    if row.get("words"):
        return _edge(str(row["words"]), row)
    names, parts = _names(row), _parts(row)
    if not names or not parts:
        return None
    said = " ".join(parts).casefold()
    kept = names[:1] + tuple(name for name in names[1:] if name.casefold() not in said)
    return _ranged(Told(kept, parts), row)


def _edge(words: str, row: Row) -> Told:
    """Return a line between two things, whose words already say how it is drawn."""
    name, _, rest = words.rpartition(", ")
    return Told((name or words,), (rest if name else _word(row.get("text")),))


def _names(row: Row) -> tuple[str, ...]:
    found = [_word(row.get(name)) for name in NAMED]
    if not any(found):
        found = [next(filter(None, (_word(row.get(name)) for name in ELSE[:2])), "")]
        found += [_word(row.get("group")), _column(row)]
        found += [_word(row.get("kind"))] if row.get("kind") not in CODES["kind"] else []
    found += [_word(row.get(name)) for name in WITHIN]
    found += [CODES[name].get(str(row[name]), "") for name in CODES if row.get(name)]
    found += [_said(*PLACES[name], row[name]) for name in PLACES if _there(row.get(name))]
    if not any(found) and _there(row.get("level")):
        found = [_said("level {}", "level", row["level"])]
    return tuple({part.casefold(): part for part in reversed(found) if part}.values())[::-1]


def _column(row: Row) -> str:
    """Return the column of a cell; those of a matrix of measures are numbered."""
    column = _word(row.get("column"))
    return f"with measure {column}" if column.isdigit() else column


def _parts(row: Row) -> tuple[str, ...]:
    """Return a mark's own words, else its figures."""
    words = [_word(row.get(name)) for name in ("text", "count", "cost", "part", "owner")]
    words += [SIGNS.get(_word(row.get("glyph")), ""), LINKS.get(_word(row.get("sign")), "")]
    if not any(words):
        measures = [name for name in MEASURES if name != "share" or "text" not in row]
        words = [_figure(row, name) for name in measures if _there(row.get(name))]
        words.append(_piece(row))
    return tuple(part for part in (*words, *_more(row)) if part)


def _more(row: Row) -> list[str]:
    """Return what some charts draw beside their main figure."""
    more = []
    if "delta" in row:
        more.append(_said("delta {}", "fine", row["delta"]))
    if "centre" in row and _there(row.get("lower")):
        more.append(f"usual {_digits(row['lower'], 'given')} to {_digits(row['upper'], 'given')}")
    if _there(row.get("at_below")):
        ends = (_digits(row[name], "level") for name in ("at_below", "at_above"))
        more.append("level {} with a point less, {} with a point more".format(*ends))
    if _word(row.get("text")) and _there(row.get("target")):
        more += [_figure(row, name) for name in ("estimate", "target") if _there(row.get(name))]
    if "full" in row:
        ends = (_digits(row[name], "whole") for name in ("start", "end"))
        more += ["months {} to {}".format(*ends), _word(row.get("warning"))]
    if "mean" in row and _word(row.get("n")):
        more.append(f"{row['n']} people")
    if "size" in row:
        more.append(_said("{} people", "whole", row.get("n")))
    if _word(row.get("said")):
        more.append(_word(row["said"]))
    return more


def _figure(row: Row, name: str) -> str:
    """Return a figure, with an interval of its own where it has one."""
    words, style = MEASURES[name]
    low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
    said = _said(words, style, row[name])
    if not (_there(low) and _there(high)):
        return said
    return f"{said} ({_digits(low, style)} to {_digits(high, style)})"


def _piece(row: Row) -> str:
    """Return the size of a piece of a stacked bar."""
    if not ("concern" in row or "class" in row) or not _there(row.get("end")):
        return ""
    return _digits(row["end"] - row["start"], "percent" if "concern" in row else "whole")


def _ranged(one: Told, row: Row) -> Told:
    """Return a mark with its interval, where the figure it bounds is the one that is said."""
    low, high = row.get("low"), row.get("high")
    if not (_there(low) and _there(high)) or "(" in one.value:
        return one
    for name in RANGED:
        for place, part in enumerate(one.parts):
            style = _style(part, row.get(name))
            if style:
                ends = _digits(low, style), _digits(high, style)
                return replace(one, low=ends[0], high=ends[1], ranged=place)
    return one


def _style(part: str, value: Any) -> str:
    """Return with which digits words say a number; empty when they say another or none."""
    if not _there(value) or isinstance(value, str):
        return ""
    for style in STYLES:
        said = _digits(value, style)
        if re.search(rf"(?<![\d.,]){re.escape(said)}(?![.,]?\d)", part):
            return style
    return ""


def _said(words: str, style: str, value: Any) -> str:
    return words.format(_digits(value, style)) if _there(value) else ""


def _digits(value: Any, style: str) -> str:
    """Return a number as the client's locale writes it."""
    if style == "text":
        return str(value)
    if style == "percent":
        return f"{numeral(100 * value, '.0f')} %"
    if style == "size":
        return numeral(abs(value), ",.0f")
    if style == "level" and float(value).is_integer():
        return numeral(value, ".0f")
    return numeral(value, DIGITS[style])


def _there(value: Any) -> bool:
    """Tell whether there is a number, or a word for a date."""
    if isinstance(value, str):
        return bool(value)
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _word(value: Any) -> str:
    """Return words on one line; numbers and truth values are none."""
    return " ".join(value.split()) if isinstance(value, str) else ""
