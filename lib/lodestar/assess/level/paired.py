"""Draws of two periods together: who answered in both is picked alike in both."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pandas as pd

from lodestar.assess.cells import FEWEST, Cells, draw_cells
from lodestar.assess.level.experienced import GroupLevel
from lodestar.assess.level.formula import market, required_level
from lodestar.assess.level.profile import row_shares
from lodestar.assess.level.required import Required, weight_draws
from lodestar.assess.level.survey import GroupAnswers
from lodestar.assess.votes import releasable
from lodestar.confidentiality import Gate
from lodestar.engagement.model import Engagement
from lodestar.stats.draws import DRAWS
from lodestar.stats.resampling import person_counts, picked_means

__all__ = ["draw_experienced", "draw_present", "draw_required", "picked"]

Draws = tuple[np.ndarray, np.ndarray]
SIDES = ("before", "after")


def picked(
    before: pd.Index, after: pd.Index, rng: np.random.Generator, draws: int = DRAWS
) -> Draws:
    """Return how often each person is picked in each of two periods.

    Parameters
    ----------
    before, after : pandas.Index
        Ids of the persons of each period, each once.
    rng : numpy.random.Generator
        Moves on.
    draws : int, default 2000
        Number of draws.

    Returns
    -------
    tuple of numpy.ndarray
        Shapes (draws, persons before) and (draws, persons after). Persons are drawn from all who
        answered in either period, and somebody who answered in both counts as often in both, so
        that what a person always says leaves the difference. Periods that share nobody are drawn
        apart.

    Notes
    -----
    An id that means another person in the second period costs no validity: the two are then
    uncorrelated and the draws of the difference spread as they would apart.
    """
    if not before.intersection(after).size:
        return person_counts(len(before), rng, draws), person_counts(len(after), rng, draws)
    everybody = before.union(after).sort_values()
    counts = person_counts(len(everybody), rng, draws)
    return counts[:, everybody.get_indexer(before)], counts[:, everybody.get_indexer(after)]


def draw_required(
    engagements: tuple[Engagement, Engagement],
    found: tuple[Required, Required],
    rng: np.random.Generator,
) -> Draws | None:
    """Return the required level's draws of two periods, shape (draws,) each.

    Parameters
    ----------
    engagements : tuple of Engagement
        The client as of each period, for scores and the framework's factors.
    found : tuple of Required
        The levels of each period.
    rng : numpy.random.Generator
        Moves on.

    Returns
    -------
    tuple of numpy.ndarray, or None
        None when a period has fewer than three raters, too few to see how far they differ.

    Notes
    -----
    What the factors weigh is as uncertain as within a period, but it is the same in both: weights
    are drawn once, for every factor that either period scored.
    """
    grids = [_scores(one) for one in engagements]
    if min(len(grid) for grid in grids) < FEWEST:
        return None
    both = market(engagements[0].framework, sorted({f for grid in grids for f in grid.columns}))
    base, shift = weight_draws(both.base, rng), weight_draws(both.shift, rng)
    counts, out = picked(grids[0].index, grids[1].index, rng), []
    for grid, often, own in zip(grids, counts, found, strict=True):
        place = [both.factors.index(f) for f in own.market.factors]
        scores = picked_means(grid[list(own.market.factors)].to_numpy(), often, own.x)
        weights = row_shares(base[:, place]), row_shares(shift[:, place])
        out.append(required_level(scores, own.market, *weights))
    return out[0], out[1]


def draw_present(before: Cells, after: Cells, seed: int, key: str) -> Draws | None:
    """Return the matrix' draws of two periods, shape (draws, capabilities, functions) each.

    Parameters
    ----------
    before, after : Cells
        The matrices of the two periods and their votes.
    seed : int
        Seed of the engagement.
    key : str
        Results key that owns the draws.

    Returns
    -------
    tuple of numpy.ndarray, or None
        None when nothing tells how far raters differ.

    Notes
    -----
    Both matrices are drawn as one, side by side (`draw_cells`): raters of a function are resampled
    with all they said in both periods. A function with one or two raters moves by a normal of its
    own in each period, since two persons do not tell how much of what they say they always say.
    """
    drawn = draw_cells(_side_by_side(before, after), seed, key)
    if drawn is None:
        return None
    width = before.x.shape[1]
    return drawn[:, :, :width], drawn[:, :, width:]


def draw_experienced(
    answers: tuple[GroupAnswers, GroupAnswers],
    found: tuple[GroupLevel, GroupLevel],
    rng: np.random.Generator,
) -> Draws:
    """Return the experienced level's draws of two periods, shape (draws,) each.

    Parameters
    ----------
    answers : tuple of GroupAnswers
        Customers × dimensions of each period.
    found : tuple of GroupLevel
        The levels of each period: dimensions that are not shown stay out.
    rng : numpy.random.Generator
        Moves on.
    """
    counts = picked(answers[0].levels.index, answers[1].levels.index, rng)
    out = []
    for said, own, often in zip(answers, found, counts, strict=True):
        shown = own.dimensions.dropna(subset=["mean"])
        levels = said.levels[shown["dimension"].tolist()].to_numpy()
        out.append(picked_means(levels, often, shown["mean"].to_numpy()).mean(axis=1))
    return out[0], out[1]


def _scores(engagement: Engagement) -> pd.DataFrame:
    """Return the scores that passed the gate, raters × factors."""
    gate = Gate.of(engagement.settings)
    context = gate.open(engagement.confidential("context")).dropna(subset=["score"])
    kept, _ = releasable(context, ["factor"], "score", gate)
    return kept.pivot_table(index="rater", columns="factor", values="score").sort_index()


def _side_by_side(before: Cells, after: Cells) -> Cells:
    """Return two matrices as one, the functions of each period apart, their raters together.

    A stratum none of whose raters rated in both periods is drawn apart in each.
    """
    pair = dict(zip(SIDES, (before, after), strict=True))
    frames = {
        field.name: pd.concat(
            [getattr(c, field.name).add_prefix(f"{side}/") for side, c in pair.items()], axis=1
        )
        for field in fields(Cells)
        if field.name != "votes"
    }
    votes = pd.concat([c.votes.assign(side=side) for side, c in pair.items()], ignore_index=True)
    seen = votes.drop_duplicates(["side", "stratum", "person"])
    again = set(seen.loc[seen.duplicated(["stratum", "person"]), "stratum"])
    apart = ~votes["stratum"].isin(again)
    votes["stratum"] = votes["stratum"].mask(apart, votes["side"] + "/" + votes["stratum"])
    votes["function"] = votes["side"] + "/" + votes["function"]
    return Cells(**frames, votes=votes.drop(columns="side"))
