"""Charts whose marks say what they are, and whose data hold nothing that is not drawn."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lodestar.charts.told import told

__all__ = ["COURSE", "NEXT", "TIP", "pointed", "retold"]

TIP, COURSE = "tip", "course"
"""Columns that the marks of a chart, and its lines, read their words from."""

NEXT = "\u2063"
"""Parts the words of a line's points."""

MARKS = ("arc", "bar", "circle", "point", "rect", "rule", "square")
PARTS = ("layer", "hconcat", "vconcat", "concat")
SERIES = ("color", "detail", "shape", "stroke", "strokeDash")

View = dict[str, Any]
Rows = list[dict[str, Any]]


WORDED = ("description", "domain", "sort", "title")
"""Where words of the client may stand in a specification."""


def pointed(spec: View) -> View:
    """Return a chart, changed in place, whose marks carry their words as their description.

    Parameters
    ----------
    spec : dict
        Vega-Lite with named datasets, as Altair makes it.

    Notes
    -----
    Letters and grounds say nothing: what they show can be read. Columns that the chart does not
    use are left out, so that a page holds no more than what it shows.
    """
    datasets: dict[str, Rows] = spec.get("datasets", {})
    used: dict[str, list[View]] = {}
    for view, name in _units(spec, spec.get("data")):
        used.setdefault(name, []).append(view)
    for name, views in used.items():
        rows = [_worded(row) for row in datasets.get(name, [])]
        lines = [view for view in views if _mark(view) == "line" and _coursed(view, rows)]
        speaking = [view for view in views if _speaks(view) and any(row[TIP] for row in rows)]
        for view in views:
            _describe(view, COURSE if view in lines else TIP if view in speaking else "")
        if name in datasets:
            datasets[name] = rows
    _pruned(spec)
    return spec


def retold(spec: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> Rows:
    """Return other rows for a pointed chart, with its columns and words.

    Parameters
    ----------
    spec : mapping
        As `pointed` returned it, with or without its rows.
    rows : iterable of mapping
        With the columns of the first rows.
    """
    known = _words(spec)
    return [_kept(_worded(row), known) for row in rows]


def _units(view: View, data: Any) -> Iterator[tuple[View, str]]:
    """Yield each single view with the name of its rows."""
    own = view.get("data", data) or {}
    parts = [part for name in PARTS for part in view.get(name, ())]
    parts += [view["spec"]] if "spec" in view else []
    if not parts:
        yield view, str(own.get("name", ""))
    for part in parts:
        yield from _units(part, own)


def _mark(view: View) -> str:
    mark = view.get("mark", "")
    return str(mark if isinstance(mark, str) else mark.get("type", ""))


def _speaks(view: View) -> bool:
    """Tell whether the marks of a view stand for something; a rule right across does not."""
    ends = {"x2", "y2"} & set(view.get("encoding", {}))
    return _mark(view) in MARKS and (_mark(view) != "rule" or bool(ends))


def _describe(view: View, column: str) -> None:
    mark = view.get("mark", "")
    view["mark"] = {**({"type": mark} if isinstance(mark, str) else mark), "aria": bool(column)}
    if column:
        described = {"field": column, "type": "nominal"}
        view["encoding"] = {**view.get("encoding", {}), "description": described}


def _worded(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, TIP: str(told(row) or "")}


def _coursed(view: View, rows: Rows) -> bool:
    """Give the first point of each line the words of all its points; tell whether it has any."""
    encoding = view.get("encoding", {})
    across, up = (encoding.get(channel, {}).get("field") for channel in "xy")
    if view.get("transform") or across is None or up is None:
        return False
    names = [encoding[c]["field"] for c in SERIES if "field" in encoding.get(c, {})]
    lines: dict[tuple[Any, ...], Rows] = {}
    for row in rows:
        if row.get(across) is not None and row.get(up) is not None:
            lines.setdefault(tuple(row.get(name) for name in names), []).append(row)
    for points in lines.values():
        points.sort(key=lambda row: row[across])
        points[0][COURSE] = NEXT.join(point[TIP] for point in points)
    return any(points[0][TIP] for points in lines.values())


def _pruned(spec: View) -> None:
    """Leave out columns whose name stands nowhere in the chart."""
    known = _words(spec)
    for name, rows in spec.get("datasets", {}).items():
        spec["datasets"][name] = [_kept(row, known) for row in rows]


def _kept(row: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name in known}


def _words(spec: Mapping[str, Any]) -> set[str]:
    grammar = _unworded({k: v for k, v in spec.items() if k != "datasets"})
    return set(re.findall(r"\w+", json.dumps(grammar)))


def _unworded(node: Any) -> Any:
    """Return a specification without what it says to people, which may hold any word."""
    if isinstance(node, list):
        return [_unworded(child) for child in node]
    if not isinstance(node, dict):
        return node
    said = {k for k, v in node.items() if k in WORDED and isinstance(v, str | list)}
    return {k: _unworded(v) for k, v in node.items() if k not in said}
