"""History's answers on pairs of measures, and the verdict they make."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property
from math import isfinite

import numpy as np
import pandas as pd

from lodestar.stats.rounding import settle
from lodestar.stats.whitening import Whitened, whiten

__all__ = ["ASKED", "SIGNIFICANT", "STATUSES", "VERDICTS", "PairTest", "PairTests", "verdict"]

SIGNIFICANT = 0.05
"""Most q (Benjamini–Hochberg) of a verdict."""

STATUSES = ("none", "too_short", "tested")
"""No series for both; fewer than 24 monthly changes in common; tested."""

VERDICTS = ("confirmed", "contradicted", "not_found", "too_short", "none", "associated")

ASKED = {"a": int, "b": int, "directed": bool, "expected": int, "declared": float}
"""Columns of a family of pairs: places of the ends; whether the map leads from a to b, else either
may lead; sign of the map's net effect, 0 where it expects nothing; months declared on the link."""

ANSWERED = {"status": int, "r": float, "lag": int, "n": int, "p": float, "q": float}


@dataclass(frozen=True)
class PairTest:
    """The answer of history on one pair.

    Parameters
    ----------
    a, b : str
        Ids; ``a`` leads ``b`` in what was found.
    directed : bool
        The map leads from a to b.
    expected : int
        Sign of the map's net effect; 0 where it expects nothing.
    status : str
        One of `STATUSES`.
    r, lag, n, p, q : float, int, int, float, float
        Strongest correlation −1 to 1 and its lag in months; monthly changes in common; p corrected
        for lags and directions; q over the family. NaN and −1 unless tested.
    """

    a: str
    b: str
    directed: bool
    expected: int
    status: str
    r: float = float("nan")
    lag: int = -1
    n: int = 0
    p: float = float("nan")
    q: float = float("nan")

    @property
    def significant(self) -> bool:
        """Tell whether the association stands after control of false discoveries."""
        return isfinite(self.q) and settle(self.q) <= SIGNIFICANT


@dataclass(frozen=True, eq=False)
class PairTests:
    """The answers of history on a family of pairs.

    Parameters
    ----------
    frame : DataFrame
        One row a pair: `ASKED`, turned so that a leads b in what was found, then status (place in
        `STATUSES`), r, lag, n, p and q as in :class:`PairTest`.
    ids : tuple of str
        The id at each place.
    series : DataFrame
        Monthly values of the register's ids, one column each.
    """

    frame: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=[*ASKED, *ANSWERED]).astype(ASKED | ANSWERED)
    )
    ids: tuple[str, ...] = ()
    series: pd.DataFrame = field(default_factory=pd.DataFrame)

    def __len__(self) -> int:
        return len(self.frame)

    def __getitem__(self, place: int) -> PairTest:
        row = {name: values[place].item() for name, values in self._columns.items()}
        ends = {end: self.ids[row[end]] for end in ("a", "b")}
        return PairTest(**row | ends | {"status": STATUSES[row["status"]]})

    @cached_property
    def tested(self) -> np.ndarray:
        """Tell which pairs could be tested."""
        return self.frame["status"].to_numpy() == STATUSES.index("tested")

    @cached_property
    def significant(self) -> np.ndarray:
        """Tell which associations stand after control of false discoveries."""
        q = np.where(self.tested, self.frame["q"], np.inf)
        return np.asarray(settle(q) <= SIGNIFICANT)

    @cached_property
    def whitened(self) -> Whitened:
        """Return the series without trend, season and inertia, in the order of their columns."""
        return whiten(self.series.to_numpy(dtype=float))

    @cached_property
    def pairs(self) -> np.ndarray:
        """Return one number for each pair, whichever of its ends comes first."""
        ends = self.frame[["a", "b"]].to_numpy()
        return ends.min(axis=1) * len(self.ids) + ends.max(axis=1)

    @cached_property
    def verdicts(self) -> np.ndarray:
        """Return the place in `VERDICTS` of what history says of each pair."""
        agree = self.frame["r"].to_numpy() * self.frame["expected"].to_numpy()
        ways = [
            (self.frame["status"] == STATUSES.index("none"), "none"),
            (self.frame["status"] == STATUSES.index("too_short"), "too_short"),
            (~self.significant, "not_found"),
            (agree > 0, "confirmed"),
            (agree < 0, "contradicted"),
        ]
        places = [VERDICTS.index(word) for _, word in ways]
        held = [np.asarray(holds) for holds, _ in ways]
        return np.select(held, places, VERDICTS.index("associated"))

    def find(self, a: int, b: int) -> PairTest | None:
        """Return the answer in which place a leads place b; None where there is none."""
        keys, order = self._keys
        key = a * len(self.ids) + b
        place = np.searchsorted(keys, key)
        return self[order[place]] if place < len(keys) and keys[place] == key else None

    @cached_property
    def _columns(self) -> dict[str, np.ndarray]:
        return {column.name: self.frame[column.name].to_numpy() for column in fields(PairTest)}

    @cached_property
    def _keys(self) -> tuple[np.ndarray, np.ndarray]:
        keys = self.frame["a"].to_numpy() * len(self.ids) + self.frame["b"].to_numpy()
        order = np.argsort(keys, kind="stable")
        return keys[order], order


def verdict(test: PairTest | None, expected: float) -> str:
    """Return what history says of an expected sign.

    Parameters
    ----------
    test : PairTest or None
        The pair's test; None when it was not in the family.
    expected : float
        Sign that the map expects.

    Returns
    -------
    str
        confirmed, contradicted, not_found, too_short or none.
    """
    if test is None or test.status != "tested":
        return "none" if test is None else test.status
    if not test.significant:
        return "not_found"
    return "confirmed" if test.r * expected > 0 else "contradicted"
