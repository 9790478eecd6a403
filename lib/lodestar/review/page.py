"""A comparison as one self-contained page: no script, no network, light and dark, for a phone."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path

from lodestar.review.difference import Difference
from lodestar.review.report import PAGE, sections
from lodestar.review.report_parts import Block, Fold, Grid, Said, Section, Words
from lodestar.review.words import Piece
from lodestar.schema import resources

__all__ = ["difference_page"]

_FONT = re.compile(r"url\((fonts/[\w.-]+\.woff2)\)")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
MORE = "<code>lodestar diff --json</code> lists every difference, without a limit."


def difference_page(found: Difference) -> str:
    """Return a comparison as a page.

    Parameters
    ----------
    found : Difference
        Both sides compared.

    Returns
    -------
    str
        HTML that loads nothing; every text in it is escaped.
    """
    made = sections(found, PAGE)
    name = str(found.after.results.get("client_name") or found.after.client)
    which = f"{name}: {found.before.title()} → {found.after.title()}"
    links = "".join(f'<a href="#s{at}">{escape(one.title)}</a>' for at, one in enumerate(made))
    body = "".join(_section(at, one) for at, one in enumerate(made))
    footer = f'<p class="ls-left">{MORE}</p>' if found.differs else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(which)}</title><style>{_style()}</style></head>"
        f'<body><main class="ls-diff"><p class="ls-which">{escape(which)}</p>'
        f"<h1>{escape(found.sentence())}</h1><nav>{links}</nav>{body}{footer}</main></body></html>\n"
    )


@cache
def _style() -> str:
    """Return the house's tokens with the fonts inside, then the page's own rules."""
    static = resources.templates() / "voila" / "lodestar" / "static"
    tokens = (static / "tokens.css").read_text(encoding="utf-8")
    inside = _FONT.sub(lambda match: f"url({_font(static / match[1])})", tokens)
    return inside + (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


def _font(path: Path) -> str:
    return f"data:font/woff2;base64,{base64.b64encode(path.read_bytes()).decode()}"


def _section(at: int, section: Section) -> str:
    title = f"<h2>{escape(section.title)}</h2>"
    return f'<section id="s{at}">{title}{_blocks(section.blocks)}</section>'


def _blocks(blocks: Iterable[Block]) -> str:
    return "".join(map(_block, blocks))


def _block(block: Block) -> str:
    if isinstance(block, Said):
        kind = ' class="ls-strong"' if block.strong else ""
        return f"<p{kind}>{escape(block.text)}</p>"
    if isinstance(block, Grid):
        return _grid(block)
    if isinstance(block, Words):
        return _words(block)
    if not block.blocks:
        return f"<p>{escape(block.title)}</p>"
    return _fold(block)


def _fold(fold: Fold) -> str:
    title = escape(fold.title)
    return f"<details><summary>{title}</summary>{_blocks(fold.blocks)}</details>"


def _grid(grid: Grid) -> str:
    kinds = [' class="ls-number"' if at in grid.numbers else "" for at in range(len(grid.head))]
    head = "".join(
        f'<th scope="col"{kind}>{escape(name)}</th>'
        for name, kind in zip(grid.head, kinds, strict=True)
    )
    body = "".join(_row(grid, row) for row in grid.rows)
    left = f'<p class="ls-left">{escape(grid.left_out)}</p>' if grid.left_out else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{left}"


def _row(grid: Grid, row: Sequence[str]) -> str:
    first = f'<th scope="row">{escape(row[0])}</th>'
    return f"<tr>{first}{''.join(_cell(grid, at, row[at]) for at in range(1, len(row)))}</tr>"


def _cell(grid: Grid, at: int, text: str) -> str:
    names = [*(["ls-number"] if at in grid.numbers else []), *([] if text else ["ls-blank"])]
    kind = f' class="{" ".join(names)}"' if names else ""
    head = escape(grid.head[at], quote=True)
    return f'<td{kind} data-head="{head}"><span>{escape(text)}</span></td>'


def _words(words: Words) -> str:
    there, here = _pieces(words.before, "del"), _pieces(words.after, "ins")
    return (
        f'<div class="ls-words"><h3>{escape(words.title)}</h3>'
        f"<p><b>Before</b>{there}</p><p><b>After</b>{here}</p></div>"
    )


def _pieces(pieces: Sequence[Piece], mark: str) -> str:
    """Return a text with what differs marked; changed numbers stand out."""
    out = []
    for piece in pieces:
        text = escape(piece.text)
        figure = ' class="ls-figure"' if piece.kind == "number" else ""
        plain = piece.kind == "same" or not piece.text.strip()
        out.append(text if plain else f"<{mark}{figure}>{text}</{mark}>")
    return "".join(out) or "–"
