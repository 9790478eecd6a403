"""Rater noise: how much of a squared distance is raters differing, and what is left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lodestar.assess.bands import SHARE
from lodestar.stats.draws import interval

__all__ = ["Corrected", "correct", "shifted"]


@dataclass(frozen=True)
class Corrected:
    """A mean squared gap without rater noise, with its 80 % interval, in squared levels."""

    value: float
    low: float
    high: float
    noise: float


def correct(observed: float, draws: np.ndarray) -> Corrected:
    """Return a mean squared gap corrected for rater noise.

    Parameters
    ----------
    observed : float
        Observed mean squared gap (M, or that of a function pair), 0 or more.
    draws : numpy.ndarray
        The same quantity in bootstrap draws of the raters, shape (draws,).

    Returns
    -------
    Corrected
        ``noise`` N = mean of the draws − observed; ``value`` = max(0, observed − N); the interval
        from the draws shifted by −2N, floored at 0.

    Notes
    -----
    Squares of noisy medians overstate a gap; resampling adds the noise once more, which tells how
    large it is. A draw carries it twice, hence the shift by 2N (METHOD, *Rater noise*).

    Examples
    --------
    >>> found = correct(1.0, np.array([1.1, 1.3]))
    >>> round(found.value, 9), round(found.noise, 9)
    (0.8, 0.2)
    """
    value, drawn = shifted(observed, draws)
    low, high = interval(drawn, SHARE, value)
    return Corrected(value, low, high, _noise(observed, draws))


def shifted(observed: float, draws: np.ndarray) -> tuple[float, np.ndarray]:
    """Return max(0, observed − N), and the draws shifted by −2N and floored at 0.

    Parameters as in `correct`; for differences of two periods, whose draws belong together.
    """
    noise = _noise(observed, draws)
    return max(0.0, observed - noise), np.maximum(0.0, draws - 2 * noise)


def _noise(observed: float, draws: np.ndarray) -> float:
    """Return N."""
    return float(np.mean(draws) - observed)
