"""A question to history about a pair of measures, and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from lodestar.stats.rounding import settle

__all__ = ["SIGNIFICANT", "PairTest", "Question", "verdict"]

SIGNIFICANT = 0.05
"""Most q (Benjamini–Hochberg) of a verdict."""


@dataclass(frozen=True)
class Question:
    """A pair whose history could matter.

    Parameters
    ----------
    a, b : str
        Ids; where `directed`, b is asked to follow a, else either may lead.
    directed : bool
        The map leads from a to b.
    expected : int
        Sign of the map's net effect; 0 where it expects nothing.
    lag : float
        Months declared on the strongest direct link, 0 where none is.
    """

    a: str
    b: str
    directed: bool = True
    expected: int = 0
    lag: float = 0.0


@dataclass(frozen=True)
class PairTest:
    """The answer of history to one question.

    Parameters
    ----------
    question : Question
        The pair; ``a`` leads ``b`` in what was found.
    status : str
        ``tested``, ``too_short`` (fewer than 24 monthly changes in common) or ``none`` (no series).
    r, lag, n, p, q : float, int, int, float, float
        Strongest correlation −1 to 1 and its lag in months; monthly changes in common; p corrected
        for lags and directions; q over the family. NaN and −1 unless tested.
    """

    question: Question
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
