"""How often the sign of a net effect holds when the links' strengths are only roughly known."""

from __future__ import annotations

import numpy as np

from lodestar.assess.conflicts.best import up_to
from lodestar.assess.conflicts.inside import Purse
from lodestar.assess.conflicts.links import Links
from lodestar.assess.conflicts.paths import Explainer
from lodestar.stats.draws import generator
from lodestar.stats.rounding import settle

__all__ = ["DRAWS", "SPREAD", "SignDraws"]

DRAWS = 400
"""Draws of every link; the standard error of a share is at most 2.5 points."""

SPREAD: dict[str, float] = {"measured": 0.1, "observed": 0.25, "stated": 0.5, "assumed": 1.0}
"""How far a strength may be off, as a share of itself, by evidence."""

STEPS = 150_000
"""Most steps along links, over all pairs that are asked for."""


class SignDraws:
    """Draws the strengths of a register's links, and net effects from them.

    Parameters
    ----------
    links : Links
        The signed links.
    explainer : Explainer
        Of the same links: it knows what leads to a target.
    seed : int
        Seed of the engagement.

    Notes
    -----
    Monte Carlo over the weights of a signed map, as QPress does (Melbourne-Thomas et al. 2012).
    In each draw a strength s of evidence e becomes s·u, u uniform on 1 ± spread(e) and s·u at most
    1; signs stay as they are registered. So an effect whose walks all have one sign holds in every
    draw; a share below 1 tells how far it hangs on which of two opposite effects is the stronger.
    Each link has a generator of its own, so that a share depends on the links of its walks only.
    """

    def __init__(self, links: Links, explainer: Explainer, seed: int) -> None:
        self.links, self.explainer, self.seed = links, explainer, seed
        self._purse = Purse(STEPS)
        self._drawn: dict[tuple[int, int], np.ndarray] = {}

    def share(self, source: int, target: int, net: float) -> float | None:
        """Return the share of draws in which net has its sign; None where the budget is spent.

        Parameters
        ----------
        source, target : int
            Places of the two ends.
        net : float
            The net effect, not 0.
        """
        drawn = self._net(source, target)
        return None if drawn is None else float((settle(drawn) * net > 0).mean())

    def _net(self, source: int, target: int) -> np.ndarray | None:
        """Net effect in each draw: the sum over walks of one to five links."""
        near = [
            {key >> 1 for key in level} for level in up_to(self.explainer.walks(source, target))
        ]
        front, total = {source: np.ones(DRAWS)}, np.zeros(DRAWS)
        for left in range(self.links.reach - 1, -1, -1):
            after: dict[int, np.ndarray] = {}
            for place, weight in front.items():
                ends = [end for end, _, _ in self.links.leaving[place] if end in near[left]]
                if not self._purse.pay(len(ends)):
                    return None
                for end in ends:
                    after[end] = after.get(end, 0.0) + weight * self._strength(place, end)
            front = after
            total = total + front.get(target, 0.0)
        return total

    def _strength(self, source: int, target: int) -> np.ndarray:
        """Signed strength of a link in each draw."""
        key = source, target
        if key not in self._drawn:
            names = self.links.ids[source], self.links.ids[target]
            link = self.links.by_pair[names]
            chance = generator(self.seed, f"conflicts.items/{names[0]}>{names[1]}")
            factor = 1 + SPREAD[link.evidence] * chance.uniform(-1, 1, DRAWS)
            self._drawn[key] = np.clip(link.strength * factor, -1.0, 1.0)
        return self._drawn[key]
