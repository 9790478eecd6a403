"""Net promoter score with an interval that holds in small groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

__all__ = ["NetPromoter", "nps"]


@dataclass(frozen=True)
class NetPromoter:
    """Score and 95 % interval, −100 to 100, and the number of answers; NaN without answers."""

    score: float
    low: float
    high: float
    n: int


def nps(scores: ArrayLike) -> NetPromoter:
    """Return the net promoter score of answers from 0 to 10.

    Parameters
    ----------
    scores : array-like of float
        Answers 0–10; NaN = no answer.

    Returns
    -------
    NetPromoter
        Promoters (9, 10) less detractors (0–6) in per cent of answers, and its interval.

    Raises
    ------
    ValueError
        For an answer outside 0–10: mend the table.

    Notes
    -----
    Interval: p and q from (promoters + ¾)/(n + 3) and (detractors + ¾)/(n + 3), s = p − q,
    s ± 1.96·√((p + q − s²)/(n + 3)), clipped to −100…100 and widened to hold the raw score: an
    adjusted Wald interval after Agresti & Min (2005), *Statistics in Medicine* 24, 729–740.

    Examples
    --------
    >>> round(nps([0, 7, 7, 9, 9, 9]).score, 1)
    33.3
    """
    answers = np.asarray(scores, dtype=float).ravel()
    answers = answers[~np.isnan(answers)]
    if ((answers < 0) | (answers > 10)).any():
        raise ValueError("A net promoter answer lies outside 0–10: mend it in `responses`.")
    n = len(answers)
    if not n:
        return NetPromoter(float("nan"), float("nan"), float("nan"), 0)
    promoters, detractors = int((answers >= 9).sum()), int((answers <= 6).sum())
    score = 100 * (promoters - detractors) / n
    p, q = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    half = 1.96 * float(np.sqrt((p + q - (p - q) ** 2) / (n + 3)))
    low, high = max(-100.0, 100 * (p - q - half)), min(100.0, 100 * (p - q + half))
    return NetPromoter(score, min(low, score), max(high, score), n)
