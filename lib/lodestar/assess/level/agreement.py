"""Agreement between raters on the market factors, and whether settling it could move the level."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.level.formula import Market, required_level
from lodestar.assess.level.required import Required
from lodestar.assess.level.sensitivity import with_score
from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing
from lodestar.stats.agreement import ad_mean, rwg
from lodestar.stats.rounding import settle, to_level

__all__ = [
    "COARSE",
    "agreement_section",
    "factor_agreement",
    "moves_level",
    "spread_leaves",
    "unspread",
]

COARSE = 0.5
"""Survey raters closer than half a point: only that is said, the figure could tell each answer."""

TRIED = 257
"""Scores tried between the lowest and the highest rater's: steps of 1/64 of a point or finer."""

ALONE = "Fewer than two raters scored it."
CLOSE = "Survey raters lie within half a point of their mean; more could tell what each one said."
PRIVATE = "What single survey raters said is never shown."
NO_FACTOR = "No factor was scored by two raters whose spread may be shown."
ALIKE = "Raters of every factor gave the same score."
NO_LEVEL = "There is no required level."
SETTLED = "No factor's scores lie so far apart that settling them could change the whole level."


def factor_agreement(votes: np.ndarray, surveyed: np.ndarray) -> pd.DataFrame:
    """Return how far raters agree on each factor.

    Parameters
    ----------
    votes : numpy.ndarray
        Scores 1-5 that passed the gate, shape (raters, factors); NaN = none given.
    surveyed : numpy.ndarray of bool
        Factors with scores given in confidence, shape (factors,).

    Returns
    -------
    pandas.DataFrame
        One row a factor: ``rwg`` (0-1), ``average_deviation`` (points), ``lowest``, ``highest``
        (scores), ``reason``, ``end_reason`` (empty where there is nothing to explain).

    Notes
    -----
    rwg and AD as in `lodestar.stats.agreement`. Every score counts, those read from documents
    too. Of survey raters neither ends nor a spread under half a point leave: with the mean they
    would give single answers away.
    """
    rows = [_one(votes[:, i], bool(surveyed[i])) for i in range(votes.shape[1])]
    names = ["rwg", "average_deviation", "lowest", "highest", "reason", "end_reason"]
    return pd.DataFrame(rows, columns=names)


def spread_leaves(row: Any) -> dict[str, Any]:
    """Return a factor's agreement as results hold it; nulls carry their reason."""
    out: dict[str, Any] = {}
    for key in ("rwg", "average_deviation"):
        out |= leaf(key, row[key], row["reason"])
    for key in ("lowest", "highest"):
        out |= leaf(key, row[key], row["end_reason"])
    return out


def unspread(reason: str) -> dict[str, Any]:
    """Return the row of a factor without any score that may be shown."""
    numbers = dict.fromkeys(("rwg", "average_deviation", "lowest", "highest"), np.nan)
    return {**numbers, "reason": reason, "end_reason": reason}


def moves_level(found: Required, factor: int, lowest: float, highest: float) -> bool:
    """Tell whether any score between two of raters' makes it another whole level.

    Parameters
    ----------
    found : Required
        A known level.
    factor : int
        Position of the factor.
    lowest, highest : float
        Scores 1-5.
    """
    now = to_level(float(required_level(found.x, found.market)))
    tried = np.linspace(lowest, highest, TRIED)
    return bool((to_level(with_score(found.x, factor, tried, found.market)) != now).any())


def agreement_section(found: Required, spread: pd.DataFrame) -> dict[str, Any]:
    """Return ``level.required.agreement``.

    Parameters
    ----------
    found : Required
        The level with its raters' scores.
    spread : pandas.DataFrame
        `factor_agreement` of them.

    Returns
    -------
    dict
        ``rwg, average_deviation`` (means over the ``factors`` whose spread is shown), ``widest``
        (the factor with the largest AD, and the level at its lowest and highest score),
        ``decisive`` (factors on which a score between raters' own gives another whole level).

    Notes
    -----
    Means, not rwg(J): market factors are no parallel items of one scale, and rwg(J) would rise
    with their number. A factor that shows no spread is left out, so none follows by subtraction.
    """
    shown = spread["average_deviation"].notna().to_numpy()
    means = {
        key: float(spread.loc[shown, key].mean()) if shown.any() else np.nan
        for key in ("rwg", "average_deviation")
    }
    out: dict[str, Any] = {}
    for key, value in means.items():
        out |= leaf(key, value, NO_FACTOR)
    out |= {"factors": int(shown.sum()), "widest": _widest(found, spread, found.market)}
    decisive = _decisive(found, spread) if found.known else []
    return {**out, **listing("decisive", decisive, SETTLED if found.known else NO_LEVEL)}


def _one(votes: np.ndarray, surveyed: bool) -> tuple[float, float, float, float, str, str]:
    """Return one factor's agreement with the reasons for what is not told."""
    given = votes[np.isfinite(votes)]
    nothing = (np.nan, np.nan, np.nan, np.nan)
    if len(given) < 2:
        return (*nothing, ALONE, ALONE)
    agreed, apart = float(rwg(given)), ad_mean(given)
    if not surveyed:
        return agreed, apart, float(given.min()), float(given.max()), "", ""
    if settle(apart) < COARSE:
        return (*nothing, CLOSE, PRIVATE)
    return agreed, apart, np.nan, np.nan, "", PRIVATE


def _widest(found: Required, spread: pd.DataFrame, market: Market) -> dict[str, Any]:
    """Return the factor raters disagree on most; ties go to the earlier one."""
    keys = ("average_deviation", "lowest", "highest", "at_lowest", "at_highest", "changes_level")
    apart = spread["average_deviation"].to_numpy(dtype=float)
    known = np.isfinite(apart)
    if not known.any() or settle(apart[known].max()) == 0:
        return absent(["factor", *keys], ALIKE if known.any() else NO_FACTOR)
    i = int(np.argmax(np.where(known, settle(np.nan_to_num(apart)), -1.0)))
    row = spread.iloc[i]
    told = {"factor": market.factors[i], "average_deviation": float(apart[i])}
    if np.isnan(row["lowest"]):
        return {**told, **absent(keys[1:], str(row["end_reason"]))}
    told |= {"lowest": float(row["lowest"]), "highest": float(row["highest"])}
    if not found.known:
        return {**told, **absent(keys[3:], NO_LEVEL)}
    ends = np.array([row["lowest"], row["highest"]])
    low, high = with_score(found.x, i, ends, market)
    moves = moves_level(found, i, *ends)
    return {**told, "at_lowest": float(low), "at_highest": float(high), "changes_level": moves}


def _decisive(found: Required, spread: pd.DataFrame) -> list[str]:
    """Return the factors whose raters' own scores reach another whole level, widest first."""
    apart = settle(spread["average_deviation"].to_numpy(dtype=float))
    ends = spread[["lowest", "highest"]].to_numpy(dtype=float)
    reach = [
        (-apart[i], i)
        for i, (low, high) in enumerate(ends)
        if np.isfinite(low) and moves_level(found, i, low, high)
    ]
    return [found.market.factors[i] for _, i in sorted(reach)]
