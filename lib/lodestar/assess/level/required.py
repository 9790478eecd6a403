"""The required level from raters' scores of market factors, under rater and weight uncertainty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lodestar.assess.level.formula import Market, enough, market, required_level
from lodestar.assess.votes import releasable
from lodestar.confidentiality import Gate
from lodestar.engagement.model import Engagement
from lodestar.stats.draws import DRAWS, generator
from lodestar.stats.resampling import person_counts, picked_means

__all__ = ["KEY", "Required", "drawn", "factor_frame", "required", "weight_draws"]

KEY = "level.required"
CONCENTRATION = 10.0
"""Dirichlet parameters are 10 · n · w: weights keep their mean, give or take about a tenth."""


@dataclass(frozen=True)
class Required:
    """The required level of an engagement with everything that made it.

    Parameters
    ----------
    market : Market
        The formula's factors and weights; its ``factors`` name the columns below.
    votes : numpy.ndarray
        Scores that passed the gate, shape (raters, factors); NaN where a rater gave none.
    x : numpy.ndarray
        Mean score of each factor, shape (factors,).
    estimate : float
        The formula at `x` and nominal weights; NaN without enough factors.
    scores, base, shift : numpy.ndarray
        Draws of scores and weight shares, shape (draws, factors).
    factors : pandas.DataFrame
        ``factor, score, n, basis, suppressed``, one row a factor of the framework.
    raters : int
        Persons whose scores count.
    """

    market: Market
    votes: np.ndarray
    x: np.ndarray
    estimate: float
    scores: np.ndarray
    base: np.ndarray
    shift: np.ndarray
    factors: pd.DataFrame
    raters: int

    @property
    def known(self) -> bool:
        """Tell whether enough factors were scored for a level."""
        return bool(np.isfinite(self.estimate))

    @property
    def draws(self) -> np.ndarray | None:
        """Return the draws of the level, shape (draws,); None without a level."""
        if not self.known:
            return None
        return required_level(self.scores, self.market, self.base, self.shift)

    def holding(self, fixed: Mapping[str, float]) -> Required:
        """Return the same level with some factors held at a score, for what-ifs.

        Parameters
        ----------
        fixed : mapping of str to float
            Factor id to score 1-5; the other factors vary with their raters.
        """
        x, scores = self.x.copy(), self.scores.copy()
        for factor, score in fixed.items():
            position = self.market.factors.index(factor)
            x[position] = scores[:, position] = score
        estimate = float(required_level(x, self.market)) if self.known else self.estimate
        return replace(self, x=x, scores=scores, estimate=estimate)


def required(engagement: Engagement, draws: int = DRAWS) -> Required:
    """Return the required level of an engagement's current period.

    Parameters
    ----------
    engagement : Engagement
        Its ``context`` and the framework's factors are used.
    draws : int, default 2000
        Number of draws.

    Returns
    -------
    Required
        x = mean over raters of the scores that passed the gate.

    Notes
    -----
    Draws: raters resampled as whole persons (a factor that loses all its raters keeps its observed
    mean), base and shift weights from Dirichlet(10 · n · w), n the number of scored factors of the
    role. Called a range under rater and weight uncertainty.
    """
    gate = Gate.of(engagement.settings)
    context = gate.open(engagement.confidential("context")).dropna(subset=["score"])
    kept, few = releasable(context, ["factor"], "score", gate)
    grid = kept.pivot_table(index="rater", columns="factor", values="score").sort_index()
    order = [f.id for f in engagement.framework.factors if f.id in grid.columns]
    scores = grid[order].to_numpy() if order else np.empty((0, 0))
    used = market(engagement.framework, order)
    x = np.nanmean(scores, axis=0) if order else np.empty(0)
    known = enough(engagement.framework, order)
    return Required(
        market=used,
        votes=scores,
        x=x,
        estimate=float(required_level(x, used)) if known else float("nan"),
        **drawn(used, scores, x, engagement.settings.seed, draws),
        factors=factor_frame(engagement, kept, few),
        raters=int(kept["rater"].nunique()),
    )


def drawn(
    market: Market, votes: np.ndarray, x: np.ndarray, seed: int, draws: int = DRAWS
) -> dict[str, np.ndarray]:
    """Return ``scores, base, shift``: draws of scores and weight shares, (draws, factors) each.

    Parameters
    ----------
    market : Market
        The scored factors and their nominal weights.
    votes : numpy.ndarray
        Scores, shape (raters, factors); NaN = none given.
    x : numpy.ndarray
        Mean score of each factor, kept where nobody in a draw gave one.
    seed : int
        Seed of the engagement.
    draws : int, default 2000
        Number of draws.
    """
    rng = generator(seed, KEY)
    return {
        "scores": _resampled(votes, x, rng, draws),
        "base": weight_draws(market.base, rng, draws),
        "shift": weight_draws(market.shift, rng, draws),
    }


def factor_frame(engagement: Engagement, kept: pd.DataFrame, hidden: pd.DataFrame) -> pd.DataFrame:
    """Return every factor of the framework with mean score, persons and bases behind it.

    Parameters
    ----------
    engagement : Engagement
        For its framework.
    kept, hidden : pandas.DataFrame
        Rows of ``context`` that passed the gate, and that did not.

    Returns
    -------
    pandas.DataFrame
        ``factor, score, n, basis, suppressed``; NaN and 0 where nobody was asked, NaN both where
        suppressed.
    """
    rows = []
    for factor in engagement.framework.factors:
        own = kept[kept["factor"] == factor.id]
        few = bool((hidden["factor"] == factor.id).any())
        rows.append(
            {
                "factor": factor.id,
                "score": own["score"].mean(),
                "n": np.nan if few else own["rater"].nunique(),
                "basis": ";".join(sorted(own["basis"].unique())),
                "suppressed": few,
            }
        )
    return pd.DataFrame(rows, columns=["factor", "score", "n", "basis", "suppressed"])


def _resampled(
    scores: np.ndarray, x: np.ndarray, rng: np.random.Generator, draws: int
) -> np.ndarray:
    """Return factor means over resampled raters, shape (draws, factors)."""
    if not scores.size:
        return np.tile(x, (draws, 1))
    return picked_means(scores, person_counts(len(scores), rng, draws), x)


def weight_draws(shares: np.ndarray, rng: np.random.Generator, draws: int = DRAWS) -> np.ndarray:
    """Return weight shares drawn around the nominal ones.

    Parameters
    ----------
    shares : numpy.ndarray
        Nominal shares, shape (factors,); those of the other role are 0 and stay 0.
    rng : numpy.random.Generator
        Moves on.
    draws : int, default 2000
        Number of draws.

    Returns
    -------
    numpy.ndarray
        Shape (draws, factors), Dirichlet(10 · n · w) over the n shares above 0.
    """
    out = np.zeros((draws, len(shares)))
    used = shares > 0
    if used.any():
        out[:, used] = rng.dirichlet(CONCENTRATION * used.sum() * shares[used], draws)
    return out
