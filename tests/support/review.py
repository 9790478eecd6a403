"""Sides of a comparison made by hand, and random documents with known differences."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from lodestar.provenance import file_hash
from lodestar.review.sides import Side

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1000, 1000),
    st.integers(-(10**6), 10**6).map(lambda n: n / 1000),
    st.text(alphabet="abc/~ ", max_size=4),
)
KEYS = st.text(alphabet="abcd/~", min_size=1, max_size=3)


def _entries(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """Lists of mappings, each with an id of its own."""
    bodies = st.lists(st.dictionaries(KEYS, inner, max_size=3), max_size=4)
    return bodies.map(lambda of: [{**body, "id": f"e{at}"} for at, body in enumerate(of)])


DOCUMENTS = st.dictionaries(
    KEYS,
    st.recursive(
        st.one_of(SCALARS, st.lists(SCALARS.filter(lambda x: x is not None), max_size=3)),
        lambda inner: st.one_of(st.dictionaries(KEYS, inner, max_size=3), _entries(inner)),
        max_leaves=20,
    ),
    max_size=4,
)


def leaves_of(node: Any, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return where the leaves of a document are, ids of entries left out, by plain recursion."""
    if isinstance(node, dict):
        return [at for key in node if key != "id" for at in leaves_of(node[key], (*place, key))]
    if isinstance(node, list) and node and all(isinstance(one, dict) for one in node):
        return [at for i, one in enumerate(node) for at in leaves_of(one, (*place, i))]
    return [place] if place else []


def pointer(place: tuple[str | int, ...]) -> str:
    """Return a place as a JSON pointer."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in place)


def changed(document: Any, places: list[tuple[str | int, ...]]) -> Any:
    """Return a copy in which the leaves at these places hold another value."""
    out = copy.deepcopy(document)
    for place in places:
        node = out
        for step in place[:-1]:
            node = node[step]
        node[place[-1]] = ["another", node[place[-1]]]
    return out


def side_of(
    folder: Path,
    period: str = "2026-Q4",
    results: dict[str, Any] | None = None,
    files: dict[str, str] | None = None,
    **manifest: Any,
) -> Side:
    """Return a side whose files lie in a folder of its own."""
    for name, text in (files or {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    inputs = {name: file_hash(folder / name) for name in files or {}}
    made = {"inputs": inputs, "period": period, **manifest}
    known = {"client_name": "Small plc", "labels": {}, "findings": [], **(results or {})}
    return Side(folder.name, "small", period, folder, "0" * 32, known, made)


def notebook(*cells: tuple[str, str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Return a notebook of code cells: id, source, outputs."""
    made = [
        {"id": name, "cell_type": "code", "source": source, "outputs": outputs, "metadata": {}}
        for name, source, outputs in cells
    ]
    return {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def html(text: str) -> dict[str, Any]:
    """Return an output of HTML."""
    return {"output_type": "display_data", "data": {"text/html": text}, "metadata": {}}


def chart(rows: list[dict[str, Any]], picture: str = "AAAA", mark: str = "bar") -> dict[str, Any]:
    """Return an output as cards show charts: a picture, and the specification beside it."""
    name = f"data-{abs(hash(json.dumps(rows)))}"
    spec = {
        "mark": {"type": mark},
        "data": {"name": name},
        "datasets": {name: rows},
        "encoding": {"x": {"field": "level"}},
    }
    image = f'<img alt="A chart" src="data:image/svg+xml;base64,{picture}">'
    data = f'<script type="application/json" class="ls-spec">{json.dumps(spec)}</script>'
    return html(f'<figure class="ls-chart">{image}{data}</figure>')
