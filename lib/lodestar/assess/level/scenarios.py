"""The level at other factor scores or another chosen level, from what may leave the client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtri

from lodestar.assess.alignment.targets import target_at
from lodestar.assess.bands import SHARE, level_with_band
from lodestar.assess.cells import cell_matrix
from lodestar.assess.level.agreement import COARSE, factor_agreement
from lodestar.assess.level.consequence import consequence
from lodestar.assess.level.distances import Quantity, distances
from lodestar.assess.level.formula import Market
from lodestar.assess.level.present import staging
from lodestar.assess.level.profile import weigh
from lodestar.assess.level.publish import aimed
from lodestar.assess.level.publish_required import TOO_FEW, surveyed
from lodestar.assess.level.required import Required, drawn, required
from lodestar.assess.level.rise import Targets, targets
from lodestar.assess.level.section import decided
from lodestar.engagement.model import Engagement
from lodestar.stats.draws import DRAWS, generator

__all__ = ["KEY", "Scenarios", "scenarios"]

KEY = "level.scenarios"
NORMAL_AD = np.sqrt(np.pi / 2)
"""Standard deviation of a normal variable over its average deviation."""

NOBODY = pd.DataFrame()
"""Who scored what is told as reviewed: a scenario is nobody's score."""


@dataclass(frozen=True, eq=False)
class Scenarios:
    """What a level under other figures is computed from: nothing said in confidence is in it.

    Parameters
    ----------
    market : Market
        The formula's factors and weights.
    votes : ndarray, (raters, factors)
        Scores given openly (workshop, document, assessor), without names; NaN elsewhere and in
        every factor that also has scores given in confidence.
    x : ndarray, (factors,)
        Mean score of each factor, as published.
    error : ndarray, (factors,)
        Standard error of the mean of a factor with scores given in confidence; NaN for others.
    estimate : float
        The required level as reviewed; NaN without one.
    seed : int
        Seed of the engagement.
    profile : Targets
        The target profile with weights and upkeep.
    staging : ndarray of int
        Positions of the dimensions that are shown.
    capabilities : tuple of str
        Ids in the framework's order.
    weights : ndarray, (capabilities,)
        w_c.
    """

    market: Market
    votes: np.ndarray
    x: np.ndarray
    error: np.ndarray
    estimate: float
    seed: int
    profile: Targets
    staging: np.ndarray
    capabilities: tuple[str, ...]
    weights: np.ndarray

    @property
    def scores(self) -> dict[str, float]:
        """Return the score of each factor that makes the level; empty without one."""
        known = bool(np.isfinite(self.estimate))
        return dict(zip(self.market.factors, self.x.tolist(), strict=True)) if known else {}

    def at(
        self, chosen: float | None, factors: Mapping[str, float], reviewed: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return the section ``level`` at another chosen level and with some scores held.

        Parameters
        ----------
        chosen : float, optional
            Level 1-5.
        factors : mapping of str to float
            Factor id to score 1-5, held in every draw; others vary with their raters.
        reviewed : mapping
            The reviewed section; what ratings and answers say is taken from it.

        Notes
        -----
        Exact where all scores were given openly, but for the interval of *required − present* when
        a factor is held: the present level is then drawn from its published interval, as two half
        normals. A factor with scores given in confidence is drawn from its published mean, number
        of raters and average deviation (a quarter of a point where that is withheld).
        """
        asked = self._asked().holding(factors)
        kept = {k: v for k, v in reviewed.items() if k not in ("chosen", "chosen_reason")}
        if factors:
            band = level_with_band(asked.estimate, asked.draws, TOO_FEW)
            kept["required"] = {**reviewed["required"], **band}
        weights = pd.Series(self.weights, list(self.capabilities))
        return {
            **kept,
            **decided(chosen),
            "distances": _distances(chosen, asked if factors else None, kept),
            "consequence": consequence(weights, chosen, asked, self.profile, reviewed["revenue"]),
            "present": aimed(reviewed["present"], self._targets(chosen)),
        }

    def _asked(self) -> Required:
        """Return the required level with its draws."""
        made = drawn(self.market, self.votes, self.x, self.seed)
        for place in np.flatnonzero(np.isfinite(self.error)):
            rng = generator(self.seed, f"{KEY}/{self.market.factors[place]}")
            score = self.x[place] + self.error[place] * rng.standard_normal(DRAWS)
            made["scores"][:, place] = np.clip(score, 1, 5)
        raters = len(self.votes)
        return Required(
            self.market, self.votes, self.x, self.estimate, factors=NOBODY, raters=raters, **made
        )

    def _targets(self, chosen: float | None) -> np.ndarray:
        """Return what the chosen level needs of each dimension that is shown."""
        if chosen is None:
            return np.full(len(self.staging), np.nan)
        return weigh(target_at(self.profile.points, chosen), self.profile.dimensions)[self.staging]


def scenarios(engagement: Engagement) -> Scenarios:
    """Return what the level under other figures is computed from.

    Parameters
    ----------
    engagement : Engagement
        The client's material.
    """
    found = required(engagement)
    closed = surveyed(found)
    weights = engagement.framework.capability_weights()
    return Scenarios(
        market=found.market,
        votes=np.where(closed, np.nan, found.votes),
        x=found.x,
        error=_errors(found, closed),
        estimate=found.estimate,
        seed=engagement.settings.seed,
        profile=targets(engagement, cell_matrix(engagement)),
        staging=staging(engagement.framework),
        capabilities=tuple(map(str, weights.index)),
        weights=weights.to_numpy(),
    )


def _errors(found: Required, closed: np.ndarray) -> np.ndarray:
    """Return the standard error of each closed factor's mean, from what is published of it."""
    apart = factor_agreement(found.votes, closed)["average_deviation"].to_numpy(dtype=float)
    raters = found.factors.set_index("factor")["n"].reindex(list(found.market.factors))
    spread = NORMAL_AD * np.where(np.isfinite(apart), apart, COARSE / 2)
    return np.where(closed, spread / np.sqrt(raters.to_numpy(dtype=float)), np.nan)


def _distances(
    chosen: float | None, asked: Required | None, section: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the distances; `asked` is the required level where it is another than reviewed.

    What lies between a decision and a level has the level's own interval.
    """
    made = dict(section["distances"])
    for name in ("present", "required"):
        made[f"chosen_minus_{name}"] = _from_decision(chosen, section[name], name)
    if asked is None:
        return made
    levels = {"required": Quantity(asked.estimate, asked.draws), **_others(section)}
    key = "required_minus_present"
    return {**made, key: distances(levels)[key]}


def _from_decision(chosen: float | None, level: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return how far the chosen level is above a measured one."""
    none = Quantity(float("nan"), None)
    fixed = none if chosen is None else Quantity(float(chosen), None, fixed=True)
    known = none if level["estimate"] is None else Quantity(float(level["estimate"]), None)
    levels = {"required": none, "chosen": fixed, "present": none, "experienced": none, name: known}
    told = distances(levels)[f"chosen_minus_{name}"]
    if chosen is None or level["estimate"] is None or level["low"] is None:
        return told
    ends = {"low": chosen - level["high"], "high": chosen - level["low"]}
    return {"estimate": told["estimate"], **ends}


def _others(section: Mapping[str, Any]) -> dict[str, Quantity]:
    """Return the levels that stay as they are, the present one with draws of its interval."""
    none = Quantity(float("nan"), None)
    return {"chosen": none, "present": _published(section["present"]), "experienced": none}


def _published(level: Mapping[str, Any]) -> Quantity:
    """Return a level with draws that have its published interval: two half normals."""
    if level["estimate"] is None:
        return Quantity(float("nan"), None)
    centre = float(level["estimate"])
    if level["low"] is None:
        return Quantity(centre, None)
    place = (np.arange(DRAWS) + 0.5) / DRAWS
    ends = np.where(place < 0.5, centre - level["low"], level["high"] - centre)
    made = centre + ends * ndtri(place) / ndtri(1 - (1 - SHARE) / 2)
    return Quantity(centre, generator(0, KEY).permutation(made))
