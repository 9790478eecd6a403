"""What stands together in a string: a row, a mark's data, a sentence, a tooltip."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from lodestar.audit.artefacts import Text
from lodestar.audit.model import Place

__all__ = ["Piece", "pieces"]

_SPOKEN = ("alt", "title", "aria-label", "content", "data-tip", "summary")
_COUNTS = ("n", "persons", "people", "answers", "customers", "employees", "number")


@dataclass(frozen=True)
class Piece:
    """Words and figures that stand together: a row, a mark's data, a sentence, a tooltip."""

    place: Place
    words: str
    counts: tuple[str, ...] = ()
    spoken: bool = False
    """For people: figures are written as the client's locale writes them."""


class _Reader(HTMLParser):
    """Collects rows of tables, sentences, spoken attributes and the data of charts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.data: list[str] = []
        self._row: list[str] | None = None
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = tag
        if tag == "tr":
            self._row = []
        self.found += [text for name, text in attrs if name in _SPOKEN and text]

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr" and self._row is not None:
            self.found.append(" | ".join(self._row))
            self._row = None
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within in ("script", "style"):
            self.data += [data] if self._within == "script" else []
        elif self._row is not None:
            self._row.append(data.strip())
        elif data.strip():
            self.found.append(data)


def pieces(text: Text) -> Iterator[Piece]:
    """Yield what stands together in a string: HTML by element, CSV by line, JSON by record.

    Parameters
    ----------
    text : Text
        As :func:`lodestar.audit.artefacts.texts` yields it.
    """
    content, place = text.content, text.place
    start = content.lstrip()[:1]
    if place.file.endswith(".csv"):
        yield from _lines(content, place)
    elif start == "<":
        reader = _Reader()
        reader.feed(content)
        yield from (Piece(place, words, spoken=True) for words in reader.found)
        for data in reader.data:
            yield from _json(data, place)
    elif start in ("{", "["):
        yield from _json(content, place)
    else:
        yield Piece(place, content, spoken=True)


def _lines(content: str, place: Place) -> Iterator[Piece]:
    """Yield the rows of a table, numbered as a spreadsheet does."""
    head, *rows = content.splitlines() or [""]
    names = head.split(",")
    for i, row in enumerate(rows, start=2):
        cells = row.split(",")
        counts = (c for name, c in zip(names, cells, strict=False) if _counts(name))
        here = Place(place.period, place.file, f"row {i}")
        yield Piece(here, " | ".join(cells), tuple(counts))


def _json(content: str, place: Place) -> Iterator[Piece]:
    try:
        document = json.loads(content)
    except ValueError:
        return
    yield from _records(document, place)


def _records(node: Any, place: Place) -> Iterator[Piece]:
    """Yield every record of plain values below a JSON value."""
    if isinstance(node, list):
        for item in node:
            yield from _records(item, place)
    elif isinstance(node, dict):
        plain = {k: v for k, v in node.items() if isinstance(v, (str, int, float))}
        if any(isinstance(v, str) for v in plain.values()):
            counts = tuple(str(v) for k, v in plain.items() if _counts(k))
            yield Piece(place, " | ".join(map(str, plain.values())), counts)
        for item in node.values():
            yield from _records(item, place)


def _counts(name: str) -> bool:
    return name.strip().lower() in _COUNTS
