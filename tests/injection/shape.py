"""What a page is made of, apart from its words: elements, attributes, and a chart's expressions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from tests.support.cards import chart_specs

__all__ = ["chart_shapes", "html_shape"]

RUN = {"expr", "signal", "labelExpr", "calculate", "filter", "test", "update", "init", "as"}
NAMED = {"field", "type", "aggregate", "groupby", "href", "url", "src"}
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'')


class _Shape(HTMLParser):
    """Elements with the names of their attributes, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, *sorted(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append((f"/{tag}",))

    def handle_comment(self, data: str) -> None:
        self.seen.append(("comment",))

    def handle_decl(self, decl: str) -> None:
        self.seen.append(("declaration",))

    def unknown_decl(self, data: str) -> None:
        self.seen.append(("declaration",))


def html_shape(html: str) -> list[tuple[str, ...]]:
    """Return every element with the names of its attributes, every end, comment and declaration.

    Rows alike that follow one another count once: two names that are cut to the same words share
    one row of a table of values.
    """
    parser = _Shape()
    parser.feed(html)
    parser.close()
    found: list[tuple[str, ...]] = []
    start = 0
    for part in parser.seen:
        start = len(found) if part[0] == "tr" else start
        found.append(part)
        row = found[start:]
        if part == ("/tr",) and found[start - len(row) : start] == row:
            del found[start:]
    return found


def chart_shapes(html: str) -> list[tuple[Any, ...]]:
    """Return of each chart: keys, expressions with quoted words blanked, fields, data columns."""
    return [_shape(spec) for spec in chart_specs(html)]


def _shape(spec: dict[str, Any]) -> tuple[Any, ...]:
    """A chart's shape; tables of data are named by their content, so they count unordered."""
    data = spec.pop("datasets", {})
    columns = Counter(tuple(sorted({key for row in rows for key in row})) for rows in data.values())
    return list(_parts(spec, ())), columns


def _parts(node: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if isinstance(node, dict):
        yield path, tuple(sorted(node))
        for key in sorted(node):
            yield from _parts(node[key], (*path, key))
    elif isinstance(node, list):
        for at, inner in enumerate(node):
            yield from _parts(inner, (*path, at))
    elif isinstance(node, str) and RUN.intersection(map(str, path)):
        yield path, _QUOTED.sub("words", node)
    elif isinstance(node, str) and path and path[-1] in NAMED:
        yield path, node
