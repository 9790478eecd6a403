"""A comparison in the terminal: tables that fit its width; plain lines when piped."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from lodestar.review.difference import Difference
from lodestar.review.report import TERMINAL, sections
from lodestar.review.report_parts import Grid, Said, Words, flat
from lodestar.review.words import Piece
from lodestar.schema.letters import visible

__all__ = ["print_difference"]

WIDTH = 80
MORE = "--json lists everything; --html FILE writes it as a page."


def print_difference(found: Difference, console: Console | None = None) -> None:
    """Print a comparison, what moved first.

    Parameters
    ----------
    found : Difference
        Both sides compared.
    console : rich.console.Console, optional
        Where to; standard output by default, 80 columns wide when it is no terminal.
    """
    out = console or Console(highlight=False)
    if console is None and not out.is_terminal:
        out = Console(highlight=False, width=WIDTH)
    heading = f"{found.before.client}: {found.before.title()} → {found.after.title()}"
    out.print(_text(heading, "bold"), _text(found.sentence()), sep="\n")
    for section in sections(found, TERMINAL):
        out.print()
        out.print(_text(section.title, "bold underline"))
        for block in flat(section.blocks):
            if isinstance(block, Grid):
                _grid(out, block)
            elif isinstance(block, Words):
                out.print(_text(block.title, "bold"))
                out.print(_line("  was  ", block.before), _line("  now  ", block.after), sep="\n")
            elif isinstance(block, Said):
                out.print(_text(block.text, "bold" if block.strong else ""))
    if found.differs:
        out.print()
        out.print(Text(MORE, "dim"))


def _text(words: str, style: str = "") -> Text:
    """Return words as they stand: neither their markup nor their control characters work."""
    return Text(visible(words), style)


def _grid(out: Console, grid: Grid) -> None:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", pad_edge=False)
    for at, head in enumerate(grid.head):
        number = at in grid.numbers
        table.add_column(_text(head), justify="right" if number else "left", overflow="fold")
    for row in grid.rows:
        table.add_row(*(_text(cell) for cell in row))
    out.print(table)
    if grid.left_out:
        out.print(_text(grid.left_out, "dim"))


def _line(lead: str, pieces: Sequence[Piece]) -> Text:
    """Return a text with what differs in brackets, which plain output shows as well."""
    text = Text(lead)
    for changed, run in groupby(pieces, lambda piece: piece.kind != "same"):
        said = visible("".join(piece.text for piece in run))
        inner = said.strip()
        if changed and inner:
            start = said.index(inner)
            text.append(said[:start]).append(f"[{inner}]", "bold")
            text.append(said[start + len(inner) :])
        else:
            text.append(said)
    return text if pieces else text.append("–")
