"""Gaps behind what holds them back: what can be closed now, and what to lift first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.alignment.measure import index_of, misalignment
from lodestar.assess.alignment.needs import Rests, blockers, reach, reach_of, resting_on
from lodestar.assess.plain import listing, plain
from lodestar.stats.rounding import settle

__all__ = ["FREE", "Standing", "held_back", "lifted_first", "order_of_closing"]

FREE = "Nothing it rests on holds it back."
NOTHING_HELD = "No gap waits for another capability."
NO_GAP = "No cell stands below its target."
Cell = tuple[int, int]


@dataclass(frozen=True)
class Standing:
    """Levels, targets and weights of the matrix, and what rests on what."""

    x: pd.DataFrame
    target: np.ndarray
    weights: np.ndarray
    overshoot_weight: float
    rests: Rests

    @property
    def levels(self) -> np.ndarray:
        """Return the levels, shape (capabilities, functions)."""
        return np.asarray(self.x.to_numpy(), dtype=float)

    def index(self, x: np.ndarray) -> float:
        """Return the alignment index, 0-100, if the levels were these."""
        return float(
            index_of(misalignment(x, self.target, self.weights, self.overshoot_weight)),
        )

    def place(self, capability: str, function: str) -> Cell:
        """Return row and column of a cell."""
        return list(self.x.index).index(capability), list(self.x.columns).index(function)

    def named(self, positions: Sequence[int]) -> list[str]:
        """Return the ids of capabilities."""
        return [str(self.x.index[i]) for i in positions]


def held_back(gaps: pd.DataFrame, standing: Standing) -> list[dict[str, Any]]:
    """Return every gap with what holds it back.

    Parameters
    ----------
    gaps : pandas.DataFrame
        From `gap_frame`.
    standing : Standing
        The matrix and what rests on what.

    Returns
    -------
    list of dict
        The columns of `gaps`, and ``reachable`` (level that the cell can hold before anything
        else is lifted), ``blocked`` (levels of the gap above it, 0 or more), ``gain_now`` (index
        points of rising to ``reachable``) and ``blocked_by`` (capabilities, the lowest first).
    """
    limit = reach(standing.levels, standing.target, standing.rests)
    now = standing.index(standing.levels)
    return [{**plain(row), **_held(row, standing, limit, now)} for row in gaps.to_dict("records")]


def _held(row: dict[Any, Any], standing: Standing, limit: np.ndarray, now: float) -> dict[str, Any]:
    """Return how far one cell can rise today."""
    c, f = standing.place(row["capability"], row["function"])
    by = blockers(standing.levels, standing.target, standing.rests, c, f)
    top = float(row["present"])
    if row["gap"] < 0:
        top = max(top, float(limit[c, f]))
    return {
        "reachable": top,
        "blocked": float(row["target"]) - top if by else 0.0,
        "gain_now": max(0.0, _raised(standing, c, f, top) - now),
        **listing("blocked_by", standing.named(by), FREE),
    }


def _raised(standing: Standing, c: int, f: int, level: float) -> float:
    """Return the index with one cell at another level."""
    x = standing.levels.copy()
    x[c, f] = level
    return standing.index(x)


def order_of_closing(held: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return ``order``: gaps below target, those that wait behind what they wait for.

    Parameters
    ----------
    held : sequence of dict
        From `held_back`.

    Returns
    -------
    dict
        ``order[]: {capability, function, gain, depth, behind}``: gaps that nothing holds back by
        what closing them gains, each followed by those that wait for it first of all (``behind``;
        ``depth`` 0, 1, …), by gain likewise; then ids.
    """
    below = [row for row in held if settle(row["gap"]) < 0]
    ranked = sorted(below, key=lambda r: (-settle(r["gain"]), r["capability"], r["function"]))
    behind: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in ranked:
        if row["blocked_by"]:
            behind.setdefault((row["blocked_by"][0], row["function"]), []).append(row)

    def follow(row: dict[str, Any], depth: int) -> Iterator[dict[str, Any]]:
        what = {key: row[key] for key in ("capability", "function", "gain")}
        first = row["blocked_by"][0] if row["blocked_by"] else None
        why = {"behind_reason": FREE} if first is None else {}
        yield {**what, "depth": depth, "behind": first, **why}
        for waiting in behind.get((row["capability"], row["function"]), []):
            yield from follow(waiting, depth + 1)

    out = [step for row in ranked if not row["blocked_by"] for step in follow(row, 0)]
    return listing("order", out, NO_GAP)


def lifted_first(held: Sequence[dict[str, Any]], standing: Standing) -> dict[str, Any]:
    """Return ``needs``: capabilities that hold others back, by what lifting them opens.

    Parameters
    ----------
    held : sequence of dict
        From `held_back`.
    standing : Standing
        The matrix and what rests on what.

    Returns
    -------
    dict
        ``needs[]: {capability, functions[], gain, gain_joint, holds[], blocked_by[]}``: in
        ``functions`` the capability holds back the cells ``holds[]: {capability, function}``;
        ``gain`` = index points of lifting it to its target there, ``gain_joint`` = the same with
        what rests on it then rising as far as it can hold; ``blocked_by`` what it waits for there
        itself. Those that wait for nothing first, by ``gain_joint``, then ids.
    """
    waits: dict[str, list[dict[str, Any]]] = {}
    for row in held:
        for need in row["blocked_by"]:
            cell = {key: row[key] for key in ("capability", "function")}
            waits.setdefault(need, []).append(cell)
    own = {(row["capability"], row["function"]): row["blocked_by"] for row in held}
    rows = [_lifted(need, cells, own, standing) for need, cells in waits.items()]
    rows.sort(key=lambda r: (len(r["blocked_by"]) > 0, -settle(r["gain_joint"]), r["capability"]))
    return listing("needs", rows, NOTHING_HELD)


def _lifted(
    need: str,
    cells: list[dict[str, Any]],
    own_needs: Mapping[tuple[str, str], Sequence[str]],
    standing: Standing,
) -> dict[str, Any]:
    """Return what lifting one capability gains where it holds others back."""
    known = {cell["function"] for cell in cells}
    functions = [str(f) for f in standing.x.columns if f in known]
    x, now = standing.levels.copy(), standing.index(standing.levels)
    d, columns = (
        standing.place(need, functions[0])[0],
        [standing.place(need, f)[1] for f in functions],
    )
    x[d, columns] = standing.target[d, columns]
    alone = standing.index(x)
    for c in resting_on(standing.rests, d):
        name = str(standing.x.index[c])
        own = [
            standing.place(name, cell["function"])[1]
            for cell in cells
            if cell["capability"] == name
        ]
        x[c, own] = np.maximum(x[c, own], reach_of(c, x, standing.target, standing.rests)[own])
    waits = {first for f in functions for first in own_needs[need, f]}
    held = sorted(cells, key=lambda cell: (cell["capability"], functions.index(cell["function"])))
    return {
        "capability": need,
        "functions": functions,
        "gain": alone - now,
        "gain_joint": standing.index(x) - now,
        "holds": held,
        **listing("blocked_by", sorted(waits), FREE),
    }
