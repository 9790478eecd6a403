"""A share of persons with an interval that holds in small groups."""

from __future__ import annotations

import math

__all__ = ["wilson"]

Z95 = 1.959963984540054


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Return the 95 % Wilson score interval of a proportion.

    Parameters
    ----------
    successes, n : int
        How many of how many, 0 ≤ successes ≤ n.

    Returns
    -------
    tuple of float
        Bounds 0-1, holding successes/n; NaN twice when n is 0.

    Notes
    -----
    (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n), z = 1.96 (Wilson 1927, *JASA* 22, 209-212).

    Examples
    --------
    >>> low, high = wilson(37, 50)
    >>> round(low, 6), round(high, 6)
    (0.604468, 0.841285)
    """
    if n == 0:
        return float("nan"), float("nan")
    p, z2 = successes / n, Z95**2
    centre, scale = p + z2 / (2 * n), 1 + z2 / n
    half = Z95 * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    low, high = (centre - half) / scale, (centre + half) / scale
    return max(0.0, min(p, low)), min(1.0, max(p, high))
