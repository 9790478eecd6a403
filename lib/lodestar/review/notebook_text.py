"""A notebook as lines that mean something: sources, text, tables, charts' data and encoding."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lodestar.review.pieces import Chart, Pieces, joined, pieces_of, widget_pieces

__all__ = ["notebook_lines", "output_lines", "readable"]

CONTROLS = "stored-controls"
DECIMALS = 6
LONGEST = 56
"""Characters of a cell's id to which another word can be added (nbformat allows 64)."""

KEPT = ("tags",)
"""What of a cell's metadata is said by a person, not by the program that saved the notebook."""


def notebook_lines(notebook: Mapping[str, Any]) -> Iterator[str]:
    """Yield a notebook as lines for a comparison line by line.

    Parameters
    ----------
    notebook : mapping
        As nbformat 4 holds it.

    Notes
    -----
    Left out: execution counts, metadata of programs, pictures, styles and identifiers of widgets.
    A chart is its data, one row a line, and its encoding, one setting a line, in the order of
    their names, so that an equal chart gives equal lines.
    """
    for number, cell in enumerate(notebook.get("cells", []), 1):
        yield f"=== cell {cell.get('id', number)} ({cell.get('cell_type', 'code')}) ==="
        if tags := cell.get("metadata", {}).get("tags"):
            yield f"tags: {', '.join(tags)}"
        yield from joined(cell.get("source", "")).splitlines()
        for output in cell.get("outputs", []):
            yield from ("--- shows ---", *output_lines(pieces_of(output)))
    controls = list(output_lines(widget_pieces(notebook.get("metadata", {}))))
    if controls:
        yield from ("=== stored controls ===", *controls)


def output_lines(pieces: Pieces) -> Iterator[str]:
    """Yield what an output shows: text, then tables row by row, then charts."""
    yield from pieces.lines
    for number, table in enumerate(pieces.tables, 1):
        yield f"table {number}: {' | '.join(table.head)}"
        yield from (f"  {' | '.join(row)}" for row in table.rows)
    for number, chart in enumerate(pieces.charts, 1):
        yield from _chart_lines(number, chart)


def readable(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Return a notebook that shows those lines, for a viewer of differences.

    Parameters
    ----------
    notebook : mapping
        As nbformat 4 holds it.

    Notes
    -----
    What a cell shows follows it as a cell of its own: viewers compare sources line by line and
    fold what is equal, which they do not do for outputs.
    """
    cells: list[dict[str, Any]] = []
    for number, cell in enumerate(notebook.get("cells", []), 1):
        name = str(cell.get("id", f"cell-{number}"))
        cells.append(_cell(name, cell))
        shown = [line for one in cell.get("outputs", []) for line in output_lines(pieces_of(one))]
        cells += [_raw(f"{name[:LONGEST]}-shows", shown)] if shown else []
    controls = list(output_lines(widget_pieces(notebook.get("metadata", {}))))
    cells += [_raw(CONTROLS, controls)] if controls else []
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def _cell(name: str, cell: Mapping[str, Any]) -> dict[str, Any]:
    """Return a cell without what it shows and what programs wrote into it."""
    metadata = {key: value for key, value in cell.get("metadata", {}).items() if key in KEPT}
    kind, source = cell.get("cell_type", "code"), joined(cell.get("source", ""))
    plain = {"cell_type": kind, "id": name, "metadata": metadata, "source": source}
    return {**plain, "execution_count": None, "outputs": []} if kind == "code" else plain


def _raw(name: str, lines: Sequence[str]) -> dict[str, Any]:
    return {"cell_type": "raw", "id": name, "metadata": {}, "source": "\n".join(lines)}


def _chart_lines(number: int, chart: Chart) -> Iterator[str]:
    for at, rows in enumerate(chart.data, 1):
        yield f"chart {number}, data {at}: {len(rows)} rows"
        yield from (f"  {_told(row)}" for row in rows)
    yield f"chart {number}, encoding:"
    yield from (f"  {line}" for line in _settings("", chart.encoding))


def _settings(place: str, node: Any) -> Iterator[str]:
    """Yield each setting of a specification with the way to it."""
    if isinstance(node, Mapping) and node:
        for key in sorted(node):
            yield from _settings(f"{place}.{key}" if place else key, node[key])
    elif isinstance(node, list) and any(isinstance(one, (Mapping, list)) for one in node):
        for at, one in enumerate(node, 1):
            yield from _settings(f"{place}[{at}]", one)
    else:
        yield f"{place} = {_told(node)}"


def _told(value: Any) -> str:
    """Return a value as JSON in one line, without float noise."""
    return json.dumps(_rounded(value), sort_keys=True, ensure_ascii=False)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, Mapping):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list) else value


def _main(path: str) -> None:
    """Print a notebook as lines; a file that is no notebook as it is."""
    content = Path(path).read_bytes()
    try:
        lines = "".join(f"{line}\n" for line in notebook_lines(json.loads(content)))
    except (ValueError, AttributeError, TypeError):
        sys.stdout.buffer.write(content)
        return
    sys.stdout.buffer.write(lines.encode("utf-8", "replace"))


if __name__ == "__main__":
    _main(sys.argv[1])
