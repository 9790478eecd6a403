"""Gaps between groups: Cliff's delta with interval, permutation p and Holm's q."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.perspectives.comparison import Comparison, p_values, reach
from lodestar.assess.perspectives.groups import Group
from lodestar.stats.draws import DRAWS, generator, intervals
from lodestar.stats.effects import cliffs_delta
from lodestar.stats.multiplicity import adjust
from lodestar.stats.permutation import PERMUTATIONS, bootstrap_delta

__all__ = ["compare", "comparisons"]

NUMBERS = ["delta", "low", "high", "p", "q"]
TOGETHER = 200
"""Comparisons whose draws are held at once."""


def comparisons(
    persons: Mapping[str, NDArray[np.float64]],
    cells: pd.DataFrame,
    compared: Sequence[tuple[Group, Group]],
) -> list[Comparison]:
    """Return every comparison of two groups that a scale was meant for.

    Parameters
    ----------
    persons : mapping
        Scale id to every respondent's score (NaN: does not count).
    cells : DataFrame
        As ``scale_cells`` returns them; a comparison with a hidden cell carries no scores.
    compared : sequence of pairs of Group
        Pairs of groups, the smaller id first.
    """
    rows = cells[["scale", "group", "suppressed", "asked"]].itertuples(index=False, name=None)
    known = {(scale, group): (bool(hidden), asked) for scale, group, hidden, asked in rows}
    nobody = np.zeros(0)
    found = []
    for scale, person in persons.items():
        for a, b in compared:
            if (scale, a.id) not in known or (scale, b.id) not in known:
                continue
            cell_a, cell_b = known[scale, a.id], known[scale, b.id]
            hidden, same = cell_a[0] or cell_b[0], cell_a[1] == cell_b[1]
            first, second = (nobody if hidden else _given(person[g.members]) for g in (a, b))
            found.append(Comparison(scale, a.id, b.id, first, second, same))
    return found


def compare(found: Sequence[Comparison], seed: int) -> pd.DataFrame:
    """Return the gap of each comparison; those without scores come back suppressed.

    Parameters
    ----------
    found : sequence of Comparison
        As :func:`comparisons` returns them.
    seed : int
        Seed of the engagement.

    Returns
    -------
    DataFrame
        ``scale, group_a, group_b, same_items, delta, low, high, p, q, suppressed`` in the order
        given; beyond 500 that are shown also ``p_refined, q_refined``.

    Notes
    -----
    delta = P(a > b) − P(a < b); p two-sided on delta from 10,000 relabellings of persons; q Holm
    over all that are shown; interval: 2,000 resamples of the persons of each group, 95 %. Of more
    than 500 comparisons no q could reach 0.05 by 10,000 relabellings: where none of these came as
    far apart, p_refined is drawn anew with 100 relabellings for each comparison shown, elsewhere it
    is p; q_refined is Holm's of it.
    """
    columns = ["scale", "group_a", "group_b", "same_items"]
    named = [[c.scale, c.group_a, c.group_b, c.same_items] for c in found]
    frame = pd.DataFrame(named, columns=columns)
    numbers = np.full((len(found), len(NUMBERS)), np.nan)
    shown = [place for place, c in enumerate(found) if c.a.size and c.b.size]
    told = [found[place] for place in shown]
    numbers[shown, :3] = _effects(told, seed)
    numbers[shown, 3] = p_values(told, seed)
    frame[NUMBERS] = numbers
    frame["q"] = adjust(frame["p"].to_numpy(), "holm")
    if permutations := reach(len(told)):
        frame["p_refined"] = _refined(found, frame["p"].to_numpy(), permutations, seed)
        frame["q_refined"] = adjust(frame["p_refined"].to_numpy(), "holm")
    frame["suppressed"] = ~frame.index.isin(shown)
    return frame


def _refined(
    found: Sequence[Comparison], p: NDArray[np.float64], permutations: int, seed: int
) -> NDArray[np.float64]:
    """Return p with more relabellings where none of the first came as far apart."""
    out = p.copy()
    # 1 / 10,001 is the least p, 2 / 10,001 the next.
    floor = np.flatnonzero(p * (PERMUTATIONS + 1) < 1.5)
    out[floor] = p_values([found[int(place)] for place in floor], seed, permutations)
    return out


def _effects(found: Sequence[Comparison], seed: int) -> NDArray[np.float64]:
    """Return delta and its interval of each comparison, some at a time."""
    out = np.zeros((len(found), 3))
    for first in range(0, len(found), TOGETHER):
        some = slice(first, first + TOGETHER)
        draws = np.empty((len(found[some]), DRAWS))
        for place, one in enumerate(found[some]):
            out[first + place, 0] = cliffs_delta(one.a, one.b)
            draws[place] = bootstrap_delta(one.a, one.b, generator(seed, one.key))
        out[some, 1:] = intervals(draws, out[some, 0])
    return out


def _given(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the scores of those who count."""
    return values[np.isfinite(values)]
