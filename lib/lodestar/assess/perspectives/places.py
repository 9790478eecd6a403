"""The map of groups: places on a plane whose distance is how far apart the groups stand."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.nulls import absent
from lodestar.assess.perspectives.consensus import FEWEST, level_cells, level_subjects
from lodestar.assess.plain import listing, records
from lodestar.stats.scaling import classical_scaling

__all__ = ["group_map"]

MAPPED = ("stakeholder", "function")
NO_MAP = "Needs three groups that are shown on the same three subjects or more."


def group_map(cells: pd.DataFrame) -> dict[str, Any]:
    """Return places of stakeholder groups and functions, distances as true as a plane allows.

    Parameters
    ----------
    cells : DataFrame
        As ``scale_cells`` returns them.

    Returns
    -------
    dict
        ``points``: ``group, kind, x, y`` (points of the 1–5 scale), ``n`` (fewest persons behind a
        mean), ``agreement`` (mean rwg(J) over the group's subjects); ``share`` and ``stress``: how
        much of the distances the plane shows.

    Notes
    -----
    Distance of two groups: root mean square of the differences of their published means over the
    subjects both are shown on; nothing but published means is used. The first direction runs from
    lower to higher means. A group that shares fewer than three subjects with another is left out,
    the one shown on fewest subjects first.
    """
    shown = level_subjects(cells[cells["kind"].isin(MAPPED)])
    told = _comparable(shown)
    if len(told) < FEWEST:
        return listing("points", [], NO_MAP) | absent(["share", "stress"], NO_MAP)
    distances = np.zeros((len(told), len(told)))
    for a, b in combinations(range(len(told)), 2):
        distances[a, b] = distances[b, a] = _distance(shown[told[a]], shown[told[b]])
    places = classical_scaling(distances)
    height = np.array([np.mean(list(shown[group].values())) for group in told])
    points = places.points * [_upward(places.points[:, 0], height), 1.0]
    frame = _described(cells, told).assign(x=points[:, 0], y=points[:, 1])
    frame = frame[["group", "kind", "x", "y", "n", "agreement"]]
    return {"points": records(frame), "share": places.share, "stress": places.stress}


def _comparable(shown: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return the groups of which any two share enough subjects, in the order given."""
    told = [group for group, means in shown.items() if len(means) >= FEWEST]
    while any(len(shown[a].keys() & shown[b].keys()) < FEWEST for a, b in combinations(told, 2)):
        told.remove(min(reversed(told), key=lambda group: len(shown[group])))
    return told


def _distance(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return the root mean square difference over common subjects."""
    return float(np.sqrt(np.mean([(a[scale] - b[scale]) ** 2 for scale in a if scale in b])))


def _upward(along: NDArray[np.float64], height: NDArray[np.float64]) -> float:
    """Return the sign that lets the first direction run from lower to higher means."""
    return -1.0 if float(along @ (height - height.mean())) < 0 else 1.0


def _described(cells: pd.DataFrame, told: list[str]) -> pd.DataFrame:
    """Return kind, fewest persons and mean agreement of each group on the map."""
    found = (
        level_cells(cells)
        .groupby("group")
        .agg(kind=("kind", "first"), n=("n", "min"), agreement=("rwg", "mean"))
    )
    return found.loc[told].reset_index()
