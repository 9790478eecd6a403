"""Delimited text: comma, semicolon or tab, told by the header it makes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from lodestar.engagement.files.decode import decode
from lodestar.engagement.files.grid import Grid
from lodestar.errors import Problem
from lodestar.schema.letters import LONGEST

__all__ = ["read_delimited"]

SEPARATORS = (",", ";", "\t", "|")
LOOKED_AT = 20
"""Rows in which the header is looked for."""

_HINT = re.compile(r"sep=([,;\t|])(?:\r\n|\r|\n)", re.IGNORECASE)
_LIMIT = 10_000_000


def read_delimited(
    content: bytes, file: str, known: Callable[[Sequence[str]], int]
) -> Grid | Problem:
    """Return a delimited file as a grid, or why it cannot be read.

    Parameters
    ----------
    content : bytes
        The file as stored.
    file : str
        Its name for messages.
    known : callable
        How many of a row's cells are names of the table's columns; tells the separator.
    """
    text = decode(content, file)
    if isinstance(text, Problem):
        return text
    if not text.strip():
        return _empty(file)
    hint = _HINT.match(text)
    body = text[hint.end() :] if hint else text
    separator = hint[1] if hint else _separator(body, known)
    return _grid(body, file, separator, 1 if hint else 0)


def _separator(text: str, known: Callable[[Sequence[str]], int]) -> str:
    """Return the separator under which the first rows name most columns, commas first."""
    scores = {}
    for separator in SEPARATORS:
        try:
            rows = list(islice(_records(text, separator), LOOKED_AT))
        except csv.Error:
            rows = [text.split("\n", 1)[0].split(separator)]
        scores[separator] = max(known(row) for row in rows), max(map(len, rows))
    return max(SEPARATORS, key=lambda separator: scores[separator])


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """Yield the records; a quoted line break belongs to its cell."""
    csv.field_size_limit(_LIMIT)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _grid(text: str, file: str, separator: str, above: int) -> Grid | Problem:
    """Return the rows that hold anything, numbered as a spreadsheet numbers them."""
    records: list[list[str]] = []
    rows: list[int] = []
    number = above
    try:
        for number, record in enumerate(_records(text, separator), 1 + above):
            if "".join(record).strip():
                records.append(record)
                rows.append(number)
    except csv.Error as error:
        return _broken(file, number + 1, error)
    return Grid(file, records, rows, number - above - len(rows))


def _empty(file: str) -> Problem:
    return Problem(
        code="empty-file",
        file=file,
        message="The file is empty.",
        remedy="Write its header row, or delete the file.",
    )


def _broken(file: str, row: int, error: csv.Error) -> Problem:
    if "field limit" in str(error):
        return Problem(
            code="too-long",
            file=file,
            row=row,
            message=f"A cell is longer than the {LONGEST:,} characters that are read.",
            remedy="Shorten the text, or close the quotes that open it.",
        )
    return Problem(
        code="broken-quotes",
        file=file,
        row=row,
        message=f"The quotes of a cell do not close ({error}).",
        remedy='Close every quote; inside a quoted cell write a quote twice ("").',
    )
