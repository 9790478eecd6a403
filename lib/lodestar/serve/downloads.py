"""Charts and figures to take away: what a page shows, as files, without a kernel."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat

from lodestar.provenance import file_hash
from lodestar.schema.spreadsheets import safe_cell
from lodestar.serve.drawing import FIGURE, picture_of

__all__ = ["KINDS", "Taken", "file_name", "offered", "taken", "to_take"]

KINDS = {"csv": "text/csv; charset=utf-8", "svg": "image/svg+xml"}
CARD = re.compile(r'<section class="ls-card" id="([^"]+)">(.*?)</section>', re.DOTALL)
TABLE = re.compile(r"<div class='ls-scroll'><table class='ls-table'>.*?</table></div>", re.DOTALL)
NUMBER = re.compile(r"[-+]?[\d.,\u00a0\u202f’']+(?: ?%)?")
BOM = "\ufeff"
"""By this mark spreadsheets know that the file is UTF-8; without it they garble every accent."""


@dataclass(frozen=True)
class Taken:
    """One chart or table of a card.

    Parameters
    ----------
    name : str
        The finding, with a number from the second on.
    picture : bytes
        The chart with its font, as published; empty for a table alone.
    tables : tuple of str
        The tables under it, as HTML.
    ends : int
        Where in the card its last piece ends.
    """

    name: str
    picture: bytes
    tables: tuple[str, ...]
    ends: int

    def file(self, kind: str) -> bytes:
        """Return it as a file of a kind; empty where there is none."""
        if kind == "svg":
            return self.picture
        return _csv(self.tables).encode() if self.tables else b""


def to_take(name: str, card: str) -> list[Taken]:
    """Return what a card holds, in order: each chart with the tables that follow it."""
    figures = list(FIGURE.finditer(card))
    starts = [0, *(figure.start() for figure in figures), len(card)]
    found: list[Taken] = []
    for place, (start, end) in enumerate(pairwise(starts)):
        tables = list(TABLE.finditer(card, start, end))
        if not place and not tables:
            continue
        picture = picture_of(figures[place - 1]) if place else b""
        called = f"{name}-{len(found) + 1}" if found else name
        last = tables[-1].end() if tables else card.index("</figure>", start) + len("</figure>")
        found.append(Taken(called, picture, tuple(t[0] for t in tables), last))
    return found


def offered(html: str, stem: str) -> str:
    """Return cards with a line under each chart and table: what it can be taken away as.

    Parameters
    ----------
    html : str
        As the notebook shows it.
    stem : str
        The page; the files lie below its address.
    """

    def lined(found: re.Match[str]) -> str:
        card = found[2]
        for one in reversed(to_take(unescape(found[1]), card)):
            card = f"{card[: one.ends]}{_line(one, stem)}{card[one.ends :]}"
        return f'<section class="ls-card" id="{found[1]}">{card}</section>'

    return CARD.sub(lined, html)


@lru_cache(maxsize=16)
def _all_of(path: Path, identity: str) -> dict[str, Taken]:
    notebook = nbformat.read(path, as_version=4)
    cards = (card for html in _shown(notebook) for card in CARD.finditer(html))
    return {one.name: one for card in cards for one in to_take(unescape(card[1]), card[2])}


def _shown(notebook: Any) -> Iterator[str]:
    """Yield the HTML that a notebook's cells showed, in order."""
    for cell in notebook.cells:
        for output in cell.outputs if cell.cell_type == "code" else ():
            if "text/html" in output.get("data", {}):
                yield str(output["data"]["text/html"])


def taken(path: Path, name: str) -> Taken | None:
    """Return a chart or table of a published notebook by its name."""
    return _all_of(path, file_hash(path)).get(name)


def file_name(client: str, period: str, name: str, kind: str) -> str:
    """Return what a file is called where it lands: whose, when, which finding.

    Examples
    --------
    >>> file_name("demo", "2026-Q4", "level.four", "csv")
    'demo_2026-Q4_level.four.csv'
    """
    return f"{client}_{period}_{re.sub(r'[^A-Za-z0-9._-]', '-', name)}.{kind}"


def _line(one: Taken, stem: str) -> str:
    """Return the links; the picture as PNG is made by the page from the SVG."""
    where = escape(f"{stem}/{one.name}", quote=True)
    links = [f'<a href="{where}.csv" download>CSV</a>'] if one.tables else []
    if one.picture:
        links.append(f'<a href="{where}.svg" download>SVG</a>')
        links.append(
            f'<button type="button" class="ls-png" data-svg="{where}.svg" hidden>PNG</button>'
        )
    return f'<p class="ls-take">Take away: {" ".join(links)}</p>'


class _Cells(HTMLParser):
    """Reads the cells of a table as a person sees them; a small picture by its words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        self._open = tag in ("td", "th") or (self._open and tag == "img")
        if tag == "img" and self._open:
            self.handle_data(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.rows[-1][-1] += data


def _csv(tables: tuple[str, ...]) -> str:
    """Return tables one below the other, parted by an empty line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for place, table in enumerate(tables):
        writer.writerows([[]] * bool(place))
        writer.writerows(_rows(table))
    return BOM + text.getvalue()


def _rows(table: str) -> Iterator[list[str]]:
    cells = _Cells()
    cells.feed(table)
    for row in cells.rows:
        yield [_harmless(cell.strip().replace("−", "-")) for cell in row]


def _harmless(cell: str) -> str:
    """Return text that no spreadsheet takes for a formula; numbers stay numbers."""
    return cell if NUMBER.fullmatch(cell) else str(safe_cell(cell))
