"""Money and people: what starting an investment in a quarter uses, and how much there is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lodestar.assess.roadmap.calendar import Calendar

__all__ = ["SLACK", "Resource", "budgets", "capacities", "fits", "spending"]

SLACK = 1e-6
"""Share of a limit by which rounding may overstep it."""


@dataclass(frozen=True, eq=False)
class Resource:
    """One limited thing over the quarters of the plan.

    Parameters
    ----------
    kind : str
        ``budget`` or ``capacity``.
    name : str
        Kind of money, or the function.
    use : ndarray, (candidates, start quarters, quarters)
        What a candidate started in one quarter uses by (budget) or in (capacity) another.
    room : ndarray, (quarters,)
        What there is by, or in, each quarter.
    """

    kind: str
    name: str
    use: np.ndarray
    room: np.ndarray

    def scaled(self, factor: float) -> Resource:
        """Return the resource with its room multiplied."""
        return replace(self, room=self.room * factor)

    def raised(self, amount: float) -> Resource:
        """Return the resource with more room from the first quarter on."""
        return replace(self, room=self.room + amount)


def spending(
    cost: np.ndarray, running: np.ndarray, months: np.ndarray, calendar: Calendar
) -> np.ndarray:
    """Return what each candidate spends in each quarter, by the quarter it starts in.

    Parameters
    ----------
    cost, running, months : ndarray, (candidates,)
        One-off cost, running cost a month, months of delivery.
    calendar : Calendar
        Quarters and horizon.

    Returns
    -------
    ndarray, (candidates, start quarters, quarters)
        One-off cost spread evenly over delivery, running cost from the start to the horizon. What
        falls after the horizon of the one-off cost is counted in the last quarter.

    Examples
    --------
    >>> from datetime import date
    >>> made = spending(np.array([60.0]), np.array([1.0]), np.array([4.0]),
    ...                 Calendar(("2027-Q1", "2027-Q2"), np.array([0, 3]), 6))
    >>> made[0].tolist()
    [[48.0, 18.0], [0.0, 63.0]]
    """
    begin, end = calendar.edges[:-1].astype(float), calendar.edges[1:].astype(float)
    start, took = begin[None, :, None], np.maximum(months, 1e-9)[:, None, None]
    last = np.where(np.arange(len(end)) == len(end) - 1, np.inf, end)
    delivered = _overlap(start, start + took, begin, last) / took
    run = _overlap(start, np.full((1, 1, 1), float(calendar.horizon)), begin, end)
    return cost[:, None, None] * delivered + running[:, None, None] * run


def _overlap(start: np.ndarray, stop: np.ndarray, begin: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return how many months of [start, stop) lie in each quarter."""
    return np.maximum(0.0, np.minimum(stop, end) - np.maximum(start, begin))


def budgets(
    table: pd.DataFrame, kinds: np.ndarray, spent: np.ndarray, calendar: Calendar
) -> tuple[Resource, ...]:
    """Return one resource for each kind of money that has a budget.

    Parameters
    ----------
    table : DataFrame
        The table ``budgets``.
    kinds : ndarray of str, (candidates,)
        Which money pays each candidate.
    spent : ndarray
        From `spending`.
    calendar : Calendar
        Quarters and horizon.

    Notes
    -----
    Money that is not spent in a quarter is carried over, so what is spent by a quarter is held
    to what was granted by then. Quarters that are over count nothing; a quarter without a row
    brings no new money. A kind of money without any row is not limited.
    """
    made = []
    for kind, rows in table.groupby("kind", sort=True):
        amount = _by_quarter(rows, "amount", calendar)
        use = np.where(kinds[:, None, None] == kind, np.cumsum(spent, axis=2), 0.0)
        made.append(Resource("budget", str(kind), use, np.cumsum(amount)))
    return tuple(made)


def capacities(
    table: pd.DataFrame, loads: pd.DataFrame, ids: tuple[str, ...], calendar: Calendar
) -> tuple[Resource, ...]:
    """Return one resource for each function whose free people are stated.

    Parameters
    ----------
    table, loads : DataFrame
        The tables ``capacity`` and ``loads``.
    ids : tuple of str
        Candidates.
    calendar : Calendar
        Quarters and horizon.

    Notes
    -----
    People are not carried over: each quarter holds for itself. Once a function has a row, a
    quarter without one has nobody free. A function without any row is not limited. Loads after
    the horizon are not looked at.
    """
    size, made = len(calendar.quarters), []
    order = {name: place for place, name in enumerate(ids)}
    for function, rows in table.groupby("function", sort=True):
        use = np.zeros((len(ids), size, size))
        mine = loads[(loads["function"] == function) & loads["investment"].isin(ids)]
        asked = zip(mine["investment"], mine["period_offset"], mine["person_months"], strict=True)
        for name, offset, months in asked:
            starts = np.arange(max(0, size - int(offset)))
            use[order[name], starts, starts + int(offset)] += months
        room = _by_quarter(rows, "person_months", calendar)
        made.append(Resource("capacity", str(function), use, room))
    return tuple(made)


def _by_quarter(rows: pd.DataFrame, column: str, calendar: Calendar) -> np.ndarray:
    """Return a column's sum in each quarter of the plan."""
    out = np.zeros(len(calendar.quarters))
    for quarter, amount in zip(rows["period"], rows[column], strict=True):
        place = calendar.place(str(quarter))
        if 0 <= place < len(out):
            out[place] += amount
    return out


def fits(used: np.ndarray, room: np.ndarray) -> bool:
    """Tell whether what is used stays within the room, rounding apart."""
    return bool(np.all(used <= room * (1 + SLACK) + 1e-9))
