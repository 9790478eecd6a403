"""An output of a cell in pieces that a person compares: charts' data, tables' cells, text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

__all__ = [
    "SPEC",
    "Chart",
    "Grid",
    "Pieces",
    "chart_of",
    "joined",
    "pieces_of",
    "together",
    "widget_pieces",
]

SPEC = re.compile(
    r'<script type="application/json" class="ls-spec">(.*?)</script>', re.IGNORECASE | re.DOTALL
)
"""A chart's specification in a card."""

_DROPPED = re.compile(r"<(script|style|svg)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_PICTURE = re.compile(r"""(src\s*=\s*["']?)data:[^"'\s>]+""", re.IGNORECASE)
_UNTOLD = ("$schema", "datasets", "config")
_BLOCKS = ("p", "h1", "h2", "h3", "h4", "li", "summary", "figcaption", "div", "section", "br")


@dataclass(frozen=True)
class Chart:
    """A chart's specification: its data sets in the order they are drawn, and all the rest."""

    data: tuple[list[Any], ...]
    encoding: Mapping[str, Any]


@dataclass(frozen=True)
class Grid:
    """A table's heading cells and rows."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def records(self) -> list[dict[str, str]]:
        """Return the rows by heading; a heading that stands again is numbered."""
        width = max([len(self.head), *map(len, self.rows)], default=0)
        names = [self.head[i] if i < len(self.head) else "" for i in range(width)]
        unique = [
            name if name and name not in names[:i] else f"{name} ({i + 1})".strip()
            for i, name in enumerate(names)
        ]
        return [dict(zip(unique, row, strict=False)) for row in self.rows]


@dataclass
class Pieces:
    """What an output shows."""

    charts: list[Chart] = field(default_factory=list)
    tables: list[Grid] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def pieces_of(output: Mapping[str, Any]) -> Pieces:
    """Return the pieces of one output of a cell.

    Parameters
    ----------
    output : mapping
        As nbformat 4 holds it.

    Notes
    -----
    Pictures are never taken apart: a chart is its specification, which lies beside it as
    ``<script class="ls-spec">``. An image inside a table or text is told by its alternative text.
    """
    data = output.get("data", {})
    if "text/html" in data:
        return _html(joined(data["text/html"]))
    if output.get("output_type") == "stream":
        return Pieces(lines=joined(output.get("text", "")).splitlines())
    if output.get("output_type") == "error":
        return Pieces(lines=[f"{output.get('ename')}: {output.get('evalue')}"])
    return Pieces(lines=joined(data.get("text/plain", "")).splitlines())


def together(pieces: Iterable[Pieces]) -> Pieces:
    """Return the pieces of several outputs as those of one."""
    whole = Pieces()
    for one in pieces:
        whole.charts += one.charts
        whole.tables += one.tables
        whole.lines += one.lines
    return whole


def joined(text: Any) -> str:
    """Return text that a notebook may hold as a list of lines."""
    return "".join(map(str, text)) if isinstance(text, list) else str(text)


def widget_pieces(metadata: Mapping[str, Any]) -> Pieces:
    """Return what a notebook's stored controls show, in the order they are stored."""
    stored = metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {})
    return together(_widget(*one) for one in sorted(stored.get("state", {}).items()))


def _widget(name: str, model: Mapping[str, Any]) -> Pieces:
    """Return what one control shows; nothing when it holds no value."""
    state = model.get("state", {})
    if "HTML" in str(model.get("model_name")):
        return _html(str(state.get("value", "")))
    if "value" not in state:
        return Pieces()
    told = {key: state[key] for key in ("value", "min", "max", "step") if key in state}
    label = state.get("description") or name[:8]
    return Pieces(lines=[f"{label}: {json.dumps(told, sort_keys=True)}"])


def chart_of(spec: Mapping[str, Any]) -> Chart:
    """Return a Vega-Lite specification as its data in drawing order, and its encoding.

    Notes
    -----
    Data sets are named by their content, so a changed row renames the set: they are matched by
    the order in which the layers use them.
    """
    named = spec.get("datasets", {})
    used: list[str] = []
    rest = _without_data({key: spec[key] for key in spec if key not in _UNTOLD}, used)
    sets = [named[name] for name in dict.fromkeys(used) if name in named]
    inline = [json.loads(name) for name in dict.fromkeys(used) if name.startswith("[")]
    return Chart((*sets, *inline), {**rest, "config": spec.get("config", {})})


def _without_data(node: Any, used: list[str]) -> Any:
    """Return a specification without its data, noting which data it uses in order."""
    if isinstance(node, Mapping):
        out = {}
        for key in node:
            value = node[key]
            if key == "data" and isinstance(value, Mapping) and ({"name", "values"} & set(value)):
                own = value.get("name")
                used.append(str(own) if own else json.dumps(value["values"], sort_keys=True))
            else:
                out[key] = _without_data(value, used)
        return out
    return [_without_data(value, used) for value in node] if isinstance(node, list) else node


def _html(text: str) -> Pieces:
    charts = [chart_of(spec) for spec in _specs(text)]
    parser = _Reader()
    parser.feed(_PICTURE.sub(r"\1data:", _DROPPED.sub("", SPEC.sub("", text))))
    parser.close()
    return Pieces(charts, parser.tables(), parser.lines())


def _specs(text: str) -> Iterator[Mapping[str, Any]]:
    for match in SPEC.finditer(text):
        try:
            spec = json.loads(match[1])
        except ValueError:
            continue
        if isinstance(spec, Mapping):
            yield spec


class _Reader(HTMLParser):
    """Takes tables and lines of text out of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._tables: list[tuple[list[str], list[list[str]]]] = []
        self._lines: list[str] = [""]
        self._cell: list[str] | None = None
        self._in_table = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row, a cell or a line."""
        if tag == "table":
            self._in_table += 1
            self._tables.append(([], []))
        elif tag == "tr" and self._in_table:
            self._tables[-1][1].append([])
        elif tag in ("td", "th") and self._in_table:
            self._cell = []
        elif tag == "img":
            self._say(dict(attrs).get("alt") or "", of_picture=True)
        elif tag in _BLOCKS and not self._in_table:
            self._lines.append("")

    def handle_endtag(self, tag: str) -> None:
        """Close a table, a cell or a line."""
        if tag == "table" and self._in_table:
            self._in_table -= 1
        elif tag in ("td", "th") and self._cell is not None:
            rows = self._tables[-1][1]
            text = " ".join("".join(self._cell).split())
            if tag == "th" and len(rows) <= 1:
                self._tables[-1][0].append(text)
            else:
                (rows or [[]])[-1].append(text)
            self._cell = None
        elif tag in _BLOCKS and not self._in_table:
            self._lines.append("")
        elif tag == "b":
            self._say(" ")

    def handle_data(self, data: str) -> None:
        """Take text to the open cell or line."""
        self._say(data)

    def _say(self, text: str, of_picture: bool = False) -> None:
        if self._cell is not None:
            self._cell.append(text)
        elif not of_picture:
            self._lines[-1] += text

    def tables(self) -> list[Grid]:
        """Return the tables seen."""
        return [
            Grid(tuple(head), tuple(tuple(row) for row in rows if row))
            for head, rows in self._tables
        ]

    def lines(self) -> list[str]:
        """Return the lines of text outside tables."""
        tidy = (" ".join(line.split()) for line in self._lines)
        return [line for line in tidy if line]
