"""Pictures in which nothing depends on how wide words are: drawn without measuring them."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from lodestar.charts.render import drawn

__all__ = ["drawn_unmeasured"]

FIELD = re.compile(r'isValid\(datum\["([^"\\]+)"\]\) \? datum\["\1"\] : ""\+datum\["\1"\]')
"""A mark that says what stands in a column, as it stands there."""

SIGN, STANDS = "~", re.compile(r">~(\d+)</text>")
"""What stands for a word while the picture is drawn."""

View = dict[str, Any]


def drawn_unmeasured(vega: View) -> str:
    """Return the picture of a compiled chart whose plot stands where it is told to.

    Parameters
    ----------
    vega : dict
        A compiled specification with ``autosize`` none and padding in pixels.

    Returns
    -------
    str
        The same as `lodestar.charts.render.drawn` returns.

    Notes
    -----
    The converter measures each word that marks say, which takes most of its time, though only
    where a picture makes room for them does it matter. Here a number is drawn in a word's place,
    and the word put back into the picture. Where a mark cuts its words, or says anything but what
    stands in a column, the picture is drawn as usual.
    """
    fields = sorted({_field(mark, vega) for mark in vega["marks"] if mark["type"] == "text"})
    words = _words(vega["data"], fields)
    if words is None:
        return drawn(vega)
    numbers = {word: f"{SIGN}{number}" for number, word in enumerate(words)}
    svg = drawn(
        {
            **vega,
            "data": [_numbered(source, fields, numbers) for source in vega["data"]],
            "marks": [_saying_numbers(mark) for mark in vega["marks"]],
        }
    )
    return STANDS.sub(lambda found: f">{escape(words[int(found[1])], quote=False)}</text>", svg)


def _field(mark: View, vega: View) -> str:
    """Return the column that a mark says; empty where it says something else, or not all of it."""
    shown = mark["encode"]["update"]
    kinds = vega.get("config", {}).get("style", {})
    cut = "limit" in shown or any("limit" in kinds.get(one, {}) for one in mark.get("style", []))
    text = shown.get("text")
    found = FIELD.fullmatch(text.get("signal", "")) if isinstance(text, dict) else None
    return found[1] if found and not cut else ""


def _words(sources: list[View], fields: list[str]) -> list[str] | None:
    """Return every word that marks say; None where they cannot be told from what stands for one."""
    rows = [row for source in sources for row in source.get("values", [])]
    said = [row.get(field) for row in rows for field in fields]
    words = list(dict.fromkeys(word for word in said if word and isinstance(word, str)))
    odd = any(word != word.strip() or word.startswith(SIGN) for word in words)
    return None if "" in fields or odd else words


def _short(field: str) -> str:
    return f"{field}, short"


def _numbered(source: View, fields: list[str], numbers: dict[str, str]) -> View:
    """Return a source whose rows have, beside each word, what stands for it."""
    if "values" not in source:
        return source
    rows = []
    for row in source["values"]:
        said = {field: row.get(field) for field in fields if isinstance(row.get(field), str)}
        short = {_short(field): numbers[word] for field, word in said.items() if word}
        rows.append({**row, **short})
    return {**source, "values": rows}


def _saying_numbers(mark: View) -> View:
    """Return a mark that says what stands for a word, where something does."""
    if mark["type"] != "text":
        return mark
    shown = mark["encode"]["update"]
    said = shown["text"]["signal"]
    short = f'datum["{_short(FIELD.fullmatch(said)[1])}"]'  # type: ignore[index]
    text = {"signal": f"isValid({short}) ? {short} : {said}"}
    return {**mark, "encode": {**mark["encode"], "update": {**shown, "text": text}}}
