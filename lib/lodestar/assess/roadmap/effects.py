"""Expected effects: what each investment is to do to cells, nodes, links and incentives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

__all__ = ["CellEffects", "cell_effects", "expected", "kind_of", "on_map"]

LINK, INCENTIVE = "link:", "incentive:"


@dataclass(frozen=True, eq=False)
class CellEffects:
    """Effects on capability cells, one a row of the table ``effects``.

    Parameters
    ----------
    owner : ndarray of int, (effects,)
        Place of the investment among the candidates.
    change, low, high : ndarray, (effects,)
        Promised change in levels, and its range.
    chance : ndarray, (effects,)
        Chance that it comes, 0-1, recalibrated by past returns.
    delay : ndarray, (effects,)
        Months between delivery and the first sign of it.
    cells : ndarray of bool, (effects, present cells)
        Which cells it changes.
    """

    owner: np.ndarray
    change: np.ndarray
    low: np.ndarray
    high: np.ndarray
    chance: np.ndarray
    delay: np.ndarray
    cells: np.ndarray

    @property
    def size(self) -> np.ndarray:
        """Return the expected change of each effect: change × chance, in levels."""
        return self.change * self.chance

    @cached_property
    def onto(self) -> np.ndarray:
        """Return the expected change that each effect brings to each cell, (effects, cells)."""
        return self.size[:, None] * self.cells

    def with_chance(self, factor: float) -> CellEffects:
        """Return the effects with every chance multiplied, at most 1."""
        return replace(self, chance=np.minimum(1.0, self.chance * factor))


def kind_of(target: str, capabilities: frozenset[str]) -> str:
    """Return what a target of an effect is.

    Returns
    -------
    str
        ``capability``, ``link``, ``incentive`` or ``node``.

    Examples
    --------
    >>> kind_of("link:a>b", frozenset()), kind_of("C01", frozenset({"C01"}))
    ('link', 'capability')
    """
    if target in capabilities:
        return "capability"
    if target.startswith(LINK):
        return "link"
    return "incentive" if target.startswith(INCENTIVE) else "node"


def cell_effects(
    effects: pd.DataFrame, ids: tuple[str, ...], present: pd.DataFrame, factor: float = 1.0
) -> tuple[CellEffects, pd.DataFrame]:
    """Return the effects on present cells, and those that find no cell.

    Parameters
    ----------
    effects : DataFrame
        The table ``effects``.
    ids : tuple of str
        Candidates, in the order in which they are counted.
    present : DataFrame of bool
        Which cells have a level, capabilities in rows and functions in columns.
    factor : float, default 1
        What past returns make of a stated chance.

    Returns
    -------
    CellEffects
        In the order of investment, target, function.
    DataFrame
        ``investment, target, function``: effects on cells without a level; they are left out.
    """
    capabilities = frozenset(present.index)
    wanted = effects["investment"].isin(ids) & effects["target"].isin(capabilities)
    mine: pd.DataFrame = effects.loc[wanted]
    mine = mine.sort_values(["investment", "target", "function"], na_position="first")
    masks = np.zeros((len(mine), *present.shape), dtype=bool)
    functions = {name: place for place, name in enumerate(present.columns)}
    for row, (target, function) in enumerate(zip(mine["target"], mine["function"], strict=True)):
        where = slice(None) if pd.isna(function) else functions[function]
        masks[row, present.index.get_loc(target), where] = True
    cells = masks[:, present.to_numpy()]
    found = np.asarray(cells.any(axis=1))
    return _made(mine.loc[found], ids, cells[found], factor), _places(mine.loc[~found])


def _made(
    rows: pd.DataFrame, ids: tuple[str, ...], cells: np.ndarray, factor: float
) -> CellEffects:
    """Return effects of rows; a missing low or high is the change itself."""
    order = {name: place for place, name in enumerate(ids)}
    change = rows["change"].to_numpy(float)
    low, high = (rows[side].to_numpy(float) for side in ("low", "high"))
    low, high = np.where(np.isnan(low), change, low), np.where(np.isnan(high), change, high)
    made = CellEffects(
        owner=np.array([order[name] for name in rows["investment"]], dtype=np.int64),
        change=change,
        low=np.minimum.reduce([low, change, high]),
        high=np.maximum.reduce([low, change, high]),
        chance=rows["chance"].to_numpy(float),
        delay=rows["delay_months"].to_numpy(float),
        cells=cells,
    )
    return made.with_chance(factor)


def _places(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[["investment", "target", "function"]].reset_index(drop=True)


def on_map(effects: pd.DataFrame, capabilities: frozenset[str], factor: float) -> pd.DataFrame:
    """Return the expected effects on the map of measures.

    Parameters
    ----------
    effects : DataFrame
        The table ``effects``.
    capabilities : frozenset of str
        Ids of the framework's capabilities.
    factor : float
        What past returns make of a stated chance.

    Returns
    -------
    DataFrame
        ``investment``, ``kind`` (node, link, incentive), ``place`` (node, metric, or
        ``source>target``), ``size`` (change × chance) and ``delay`` (months), by investment, then
        target.
    """
    kinds = effects["target"].map(lambda target: kind_of(target, capabilities))
    rows = effects[kinds != "capability"].assign(kind=kinds[kinds != "capability"])
    rows = rows.sort_values(["investment", "target"], kind="stable")
    place = rows["target"].str.removeprefix(LINK).str.removeprefix(INCENTIVE)
    size = expected(rows["change"], rows["chance"], factor)
    out = rows[["investment", "kind"]].assign(place=place, size=size, delay=rows["delay_months"])
    return out.reset_index(drop=True)


def expected(change: pd.Series, chance: pd.Series, factor: float = 1.0) -> pd.Series:
    """Return change × chance, the chance recalibrated and at most 1."""
    return change * (chance * factor).clip(upper=1.0)
