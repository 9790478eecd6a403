"""Do employees use what they make."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lodestar.confidentiality import Gate
from lodestar.stats.proportion import wilson

__all__ = ["OwnUse", "own_use"]


@dataclass(frozen=True)
class OwnUse:
    """Share of employees who use the offer, 0-1, with its 95 % interval and how many answered.

    NaN numbers where nobody answered or the gate holds them back (``suppressed``); ``coarse`` says
    at which end everybody is.
    """

    share: float
    low: float
    high: float
    n: float
    suppressed: bool
    coarse: str | None


def own_use(respondents: pd.DataFrame, gate: Gate) -> OwnUse:
    """Return the share of employees who use the offer, of those to whom it applies.

    Parameters
    ----------
    respondents : DataFrame
        Table ``respondents``; ``uses_offer`` is yes, no or na.
    gate : Gate
        The engagement's confidentiality gate.

    Notes
    -----
    yes / (yes + no) over the group ``employee``, ``na`` and blank apart. Interval: Wilson.
    """
    said = respondents.loc[respondents["group"] == "employee", "uses_offer"]
    yes, n = int((said == "yes").sum()), int(said.isin(["yes", "no"]).sum())
    missing = (np.nan, np.nan, np.nan, np.nan)
    if n == 0:
        return OwnUse(*missing, suppressed=False, coarse=None)
    if not gate.admits(n):
        return OwnUse(*missing, suppressed=True, coarse=None)
    coarse = gate.extreme(1 - yes / n, yes / n)
    if coarse is not None:
        return OwnUse(*missing, suppressed=True, coarse=coarse)
    low, high = wilson(yes, n)
    return OwnUse(yes / n, low, high, float(n), suppressed=False, coarse=None)
