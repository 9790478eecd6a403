"""Promised against observed: what past investments say of the chance of new promises."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd

__all__ = ["PRIOR", "Returns", "open_promises", "past_returns"]

PRIOR = 2.0
"""Past effects that kept their promise in full, added to the observed ones."""


@dataclass(frozen=True, eq=False)
class Returns:
    """What past investments promised and what came.

    Parameters
    ----------
    rows : DataFrame
        ``investment, target, function, promised, observed, chance, kept, observed_on``; ``kept``
        is observed ÷ promised held to 0-1, NaN where nothing was promised.
    kept : float
        Mean of ``kept``; NaN without any.
    chance : float
        Mean chance that was given to the same promises; NaN without any.
    n : int
        Promises that can be compared.
    """

    rows: pd.DataFrame
    kept: float
    chance: float
    n: int

    @property
    def factor(self) -> float:
        """Return what the stated chance of a new promise is multiplied by; 1 without a past.

        Notes
        -----
        factor = (2 + Σ kept) / (2 + Σ chance) over past promises: two imaginary promises, kept
        in full, keep a short past from deciding alone. Our synthesis.
        """
        if not self.n:
            return 1.0
        return (PRIOR + self.n * self.kept) / (PRIOR + self.n * self.chance)


def past_returns(effects: pd.DataFrame, as_of: date) -> Returns:
    """Return promised against observed change of every effect that has been observed.

    Parameters
    ----------
    effects : DataFrame
        The table ``effects``.
    as_of : date
        "Today": later observations are not looked at.

    Examples
    --------
    >>> rows = pd.DataFrame({
    ...     "investment": ["a", "a"], "target": ["C1", "C2"], "function": [None, None],
    ...     "change": [1.0, 2.0], "chance": [0.8, 0.7], "observed_change": [0.5, 2.5],
    ...     "observed_on": pd.to_datetime(["2026-01-31", None]),
    ... })
    >>> past = past_returns(rows, date(2026, 12, 31))
    >>> past.kept, past.n, round(past.factor, 4)
    (0.75, 2, 1.0)
    """
    seen = effects["observed_change"].notna()
    seen &= ~(effects["observed_on"] > pd.Timestamp(as_of))
    rows = effects[seen].rename(columns={"change": "promised", "observed_change": "observed"})
    ratio = rows["observed"] / rows["promised"].where(rows["promised"] != 0)
    rows = rows.assign(kept=ratio.clip(0.0, 1.0))
    rows = rows.sort_values(["investment", "target", "function"], na_position="first")
    known = rows["kept"].notna()
    return Returns(
        rows[COLUMNS].reset_index(drop=True),
        float(rows.loc[known, "kept"].mean()),
        float(rows.loc[known, "chance"].mean()),
        int(known.sum()),
    )


def open_promises(effects: pd.DataFrame, done: Collection[str], factor: float) -> pd.DataFrame:
    """Return every open promise with the chance stated for it and the chance it is counted with.

    Parameters
    ----------
    effects : DataFrame
        The table ``effects``.
    done : collection of str
        Realised investments; their promises are no longer open.
    factor : float
        From `Returns.factor`.

    Returns
    -------
    DataFrame
        ``investment, target, function, change, chance, counted`` (0-1), in that order of keys.
    """
    rows = effects[~effects["investment"].isin(list(done))]
    rows = rows.assign(counted=(rows["chance"] * factor).clip(upper=1.0))
    rows = rows.sort_values(["investment", "target", "function"], na_position="first")
    return rows[["investment", "target", "function", "change", "chance", "counted"]]


COLUMNS = [
    "investment",
    "target",
    "function",
    "promised",
    "observed",
    "chance",
    "kept",
    "observed_on",
]
