"""The course of an effect over time: first a dip, then nothing, then an S-curve."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["delivering", "risen", "shown"]


def risen(elapsed: Any, months: Any, delay: Any) -> Any:
    """Return the share of an effect that has come, 0-1.

    Parameters
    ----------
    elapsed : float or array
        Months since the investment started; negative before.
    months : float or array
        Months of delivery, which are also the months that the rise takes.
    delay : float or array
        Months between delivery and the first sign of the effect.

    Returns
    -------
    float or numpy.ndarray
        3t² − 2t³ with t = (elapsed − months − delay) / months, held at 0 and 1; a step when
        `months` is 0.

    Notes
    -----
    METHOD, *Investments*. The rise lasts as long as delivery did and begins `delay` months after
    it. The curve is our synthesis; that change takes 12 to 36 months and dips first is published
    (Lee et al. 2015).

    Examples
    --------
    >>> risen(12, 6, 3), risen(9, 6, 3), risen(15, 6, 3)
    (0.5, 0.0, 1.0)
    """
    since, took = np.asarray(elapsed, float), np.asarray(months, float)
    after = since - took - np.asarray(delay, float)
    t = np.clip(after / np.where(took > 0, took, 1.0), 0.0, 1.0)
    share = np.where(took > 0, 3 * t**2 - 2 * t**3, (after >= 0) & (since > 0))
    return share if share.ndim else float(share)


def delivering(elapsed: Any, months: Any) -> Any:
    """Tell whether an investment is being delivered: from its first month to its last.

    Examples
    --------
    >>> [delivering(m, 2) for m in (0, 1, 2, 3)]
    [False, True, True, False]
    """
    since = np.asarray(elapsed, float)
    busy = (since > 0) & (since <= np.asarray(months, float))
    return busy if busy.ndim else bool(busy)


def shown(elapsed: Any, months: Any, delay: Any, dip: float, sign: Any = 1) -> Any:
    """Return the share of an effect that shows, the dip included.

    Parameters
    ----------
    elapsed, months, delay : float or array
        As in `risen`.
    dip : float
        Share of the effect's size that is lost during delivery, 0-1.
    sign : float or array, default 1
        Sign of the effect: the dip lowers levels whichever way the effect goes.

    Returns
    -------
    float or numpy.ndarray
        −dip · sign during delivery, 0 until the delay is over, then `risen`.

    Examples
    --------
    >>> [shown(m, 4, 2, 0.2) for m in (0, 4, 6, 8, 10)]
    [0.0, -0.2, 0.0, 0.5, 1.0]
    """
    share = risen(elapsed, months, delay) - dip * np.asarray(sign) * delivering(elapsed, months)
    return share if np.ndim(share) else float(share)
