"""Cells behind levels: dimensions of stakeholder groups and segments, and what periods add."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.audit.model import Cell
from lodestar.audit.sets import STEPS, Sets

__all__ = ["level_cells"]

Results = Mapping[str, Any]
Values = NDArray[np.float64]

CLOSE = 2e-6
"""Published figures have six decimals."""

MOST_FUNCTIONS = 12
"""Beyond so many functions it is not tried which of them a mean over functions leaves out."""


def level_cells(results: Results, sets: Sets) -> Iterator[Cell]:
    """Yield the cells of the level section that rest on the survey.

    Parameters
    ----------
    results : mapping
        results.json of a run.
    sets : Sets
        Its people.
    """
    level = results.get("level", {})
    felt = level.get("experienced", {})
    if felt:
        yield from _group(sets, "customer", felt, "/level/experienced")
    for i, row in enumerate(level.get("groups", [])):
        yield from _group(sets, row["group"], row, f"/level/groups/{i}")
    shown = _shown(felt)
    for i, row in enumerate(level.get("segments", [])):
        yield from _segment(sets, row, shown, f"/level/segments/{i}")
    for i, row in enumerate(level.get("segment_differences", [])):
        yield _not_stated(sets, row, shown, f"/level/segment_differences/{i}/not_stated")


def _shown(entry: Results) -> list[str]:
    rows = entry.get("dimensions", [])
    return [row["dimension"] for row in rows if row.get("estimate") is not None]


def _group(sets: Sets, group: str, entry: Results, at: str) -> Iterator[Cell]:
    """Yield a stakeholder group's dimensions and, but for employees, its level."""
    levels = sets.people.levels(group)
    for i, row in enumerate(entry.get("dimensions", [])):
        values = _column(levels, row["dimension"])
        everybody, weights = np.ones(len(values), dtype=bool), None
        if group == "employee":
            everybody, weights = _over_functions(sets, values, row)
        name, here = f"{row['dimension']}.level", f"{at}/dimensions/{i}"
        yield sets.cell(name, group, here, values, everybody, STEPS, row.get("estimate"), weights)
    if group != "employee" and entry.get("estimate") is not None:
        everybody = np.ones(len(levels), dtype=bool)
        yield from _whole(sets, levels, _shown(entry), group, at, everybody, entry["estimate"])


def _segment(sets: Sets, row: Results, dimensions: Sequence[str], at: str) -> Iterator[Cell]:
    """Yield a segment of customers: how many count, its dimensions, its level."""
    levels = sets.people.levels("customer")
    members = sets.segment(row["column"], row["segment"], row.get("members"))
    name = f"{row['column']}: {row['segment']}"
    yield _who_count(sets, name, at, members, dimensions, row.get("n"))
    found = {one["dimension"]: one["estimate"] for one in row.get("dimensions", [])}
    for dimension in dimensions:
        values = _column(levels, dimension)
        figure = found.get(dimension)
        yield sets.cell(f"{dimension}.level", name, at, values, members, STEPS, figure)
    estimate = row.get("experienced", {}).get("estimate")
    if estimate is not None:
        yield from _whole(sets, levels, dimensions, name, at, members, estimate)


def _not_stated(sets: Sets, row: Results, dimensions: Sequence[str], at: str) -> Cell:
    """Return how many customers who count say nothing of a column."""
    blank, name = sets.blank(row["column"]), f"{row['column']}: blank"
    return _who_count(sets, name, at, blank, dimensions, row.get("not_stated"))


def _who_count(
    sets: Sets,
    name: str,
    at: str,
    members: NDArray[np.bool_],
    dimensions: Sequence[str],
    n: float | None,
) -> Cell:
    """Return how many of these customers answered on any of the dimensions shown."""
    levels = sets.people.levels("customer").reindex(columns=list(dimensions))
    counted = levels.notna().any(axis=1).to_numpy(dtype=bool)
    return sets.count("customers who count", name, at, counted & members, n is not None)


def _whole(
    sets: Sets,
    levels: pd.DataFrame,
    dimensions: Sequence[str],
    name: str,
    at: str,
    members: NDArray[np.bool_],
    figure: float,
) -> Iterator[Cell]:
    """Yield the mean over dimensions, where the same persons stand in each of them."""
    own = levels.reindex(columns=list(dimensions)).to_numpy(dtype=float)
    given = np.isfinite(own[members])
    if len(dimensions) and (given.all(axis=1) == given.any(axis=1)).all():
        values = np.where(np.isfinite(own).all(axis=1), own.mean(axis=1), np.nan)
        measure = f"mean of {', '.join(dimensions)}"
        yield sets.cell(measure, name, at, values, members, STEPS, figure)


def _over_functions(
    sets: Sets, values: Values, row: Results
) -> tuple[NDArray[np.bool_], Values | None]:
    """Return who stands in a mean over functions, and with which weight.

    The mean leaves functions out that may not be shown. An outsider who knows how large functions
    are can find out which: the ones whose mean over the rest is the published figure, and where
    several are, those with as many persons as are published.
    """
    function = sets.people.respondents["function"].astype("object").to_numpy()
    shares = sets.people.engagement.function_shares()
    names = [f for f in shares.index if (np.isfinite(values) & (function == f)).any()]
    figure = row.get("estimate")
    if figure is None or len(names) > MOST_FUNCTIONS:
        return np.isin(function, names), None
    own = {f: np.isfinite(values) & (function == f) for f in names}
    first: Values | None = None
    for weights in _means(values, own, shares, figure):
        first = weights if first is None else first
        if (weights > 0).sum() == row.get("n"):
            return weights > 0, weights
    return (np.zeros(len(values), dtype=bool) if first is None else first > 0), first


def _means(
    values: Values, own: Mapping[str, NDArray[np.bool_]], shares: Any, figure: float
) -> Iterator[Values]:
    """Yield each person's weight in every mean over functions that gives the figure."""
    for left in range(len(own)):
        for out in combinations(own, left):
            weights = _weights(own, [f for f in own if f not in out], shares)
            if abs(np.nansum(weights * np.nan_to_num(values)) - figure) < CLOSE:
                yield weights


def _weights(own: Mapping[str, NDArray[np.bool_]], kept: Sequence[str], shares: Any) -> Values:
    """Return each person's weight in the mean over functions; they add up to 1."""
    total = sum(shares[f] for f in kept)
    parts = [own[f] * (shares[f] / total / own[f].sum()) for f in kept]
    return np.sum(parts, axis=0)


def _column(levels: pd.DataFrame, dimension: str) -> Values:
    if dimension not in levels:
        return np.full(len(levels), np.nan)
    return levels[dimension].to_numpy(dtype=float)
