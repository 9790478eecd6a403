"""How long work takes to finish, and whether customers take part in its design."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from lodestar.assess.purpose.lifetimes import lives

__all__ = ["LeadTime", "lead_time"]

CUSTOMER = "customer"


@dataclass(frozen=True)
class LeadTime:
    """Months from start to finish of finished work, and customers' part in design.

    ``median`` and ``longest`` are months (NaN without finished work); ``affecting`` design
    decisions affect customers, ``including`` of them include customers.
    """

    median: float
    longest: float
    finished: int
    affecting: int
    including: int


def lead_time(activities: pd.DataFrame, decisions: pd.DataFrame, as_of: date) -> LeadTime:
    """Return the lead time of finished work beside customers' part in design decisions.

    Parameters
    ----------
    activities, decisions : DataFrame
        Tables.
    as_of : date
        "Today".

    Notes
    -----
    Months from ``started`` to ``ended`` of activities with status finished; running and abandoned
    work has no lead time yet, so the median is of what was finished, not of what was begun.
    """
    found = lives(activities, as_of)
    months = found.loc[found["ending"] == "finished", "months"]
    design = decisions[(decisions["kind"] == "design") & (decisions["date"] <= pd.Timestamp(as_of))]
    pairs = zip(design["affected"], design["included"], strict=True)
    including = [CUSTOMER in included for affected, included in pairs if CUSTOMER in affected]
    return LeadTime(
        median=float(months.median()),
        longest=float(months.max()),
        finished=len(months),
        affecting=len(including),
        including=sum(including),
    )
