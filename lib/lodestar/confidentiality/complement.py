"""Complementary suppression: no hidden cell may follow from its total by subtraction."""

from __future__ import annotations

import numpy as np

__all__ = ["complementary"]


def complementary(n: np.ndarray, hidden: np.ndarray, minimum: int) -> np.ndarray:
    """Extend the hidden parts of one published total until nothing follows by subtraction.

    Parameters
    ----------
    n : numpy.ndarray
        Persons in each part of the total, shape (parts,); the parts add up to the total.
    hidden : numpy.ndarray of bool
        Parts hidden already, for being under the threshold.
    minimum : int
        Least number of persons behind anything shown.

    Returns
    -------
    numpy.ndarray of bool
        Parts to hide: where any is hidden, at least two are, and together they hold at least
        `minimum` persons; the next smallest shown part is hidden until both hold.

    Notes
    -----
    Parts with nobody in them disclose nothing and are neither counted nor hidden. The total minus
    the shown parts is what an outsider can compute, so it is the sum that must meet the threshold
    (the direct-and-remainder rule; research on leading survey systems, Culture Amp and Viva Glint).
    With one hidden part the remainder is that part itself, however large, so two are asked for.

    Examples
    --------
    >>> import numpy as np
    >>> n = np.array([9, 4, 20])
    >>> complementary(n, n < 5, 5)
    array([ True,  True, False])
    """
    out = np.asarray(hidden, dtype=bool) & (np.asarray(n) > 0)
    if not out.any():
        return out
    order = [int(i) for i in np.argsort(n, kind="stable") if n[i] > 0 and not out[i]]
    for i in order:
        if out.sum() >= 2 and n[out].sum() >= minimum:
            break
        out[i] = True
    return out
