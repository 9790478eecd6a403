"""Where a client stood in one period: the three measured levels with their draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lodestar.assess.level.experienced import GroupLevel, group_level
from lodestar.assess.level.present import Present, present
from lodestar.assess.level.required import Required, required
from lodestar.engagement.model import Engagement

__all__ = ["Stood", "stood"]


@dataclass(frozen=True)
class Stood:
    """The required, present and experienced level of one period."""

    engagement: Engagement
    required: Required
    present: Present
    experienced: GroupLevel

    @property
    def period(self) -> str:
        """Return the period's id."""
        return self.engagement.period.id

    def level(self, kind: str) -> tuple[float, np.ndarray | None]:
        """Return a level's estimate, NaN when there is none, and its draws."""
        if kind == "required":
            return self.required.estimate, self.required.draws
        if kind == "present":
            return self.present.estimate, self.present.drawn
        return self.experienced.estimate, self.experienced.draws

    def knows(self, kind: str) -> bool:
        """Tell whether there is such a level."""
        return bool(np.isfinite(self.level(kind)[0]))

    def hidden(self, kind: str) -> bool:
        """Tell whether there is no experienced level because too few customers answered."""
        few = kind == "experienced" and bool(self.experienced.dimensions["suppressed"].any())
        return few and not self.knows(kind)


def stood(engagement: Engagement) -> Stood:
    """Return where a client stood in the engagement's current period.

    Parameters
    ----------
    engagement : Engagement
        At the period asked for (``engagement.at``).

    Returns
    -------
    Stood
        The levels that this period's own run publishes, with the same draws.
    """
    return Stood(
        engagement,
        required(engagement),
        present(engagement),
        group_level(engagement, "customer"),
    )
