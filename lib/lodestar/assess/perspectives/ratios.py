"""How much more often one group does something than everybody else."""

from __future__ import annotations

import math

from lodestar.stats.proportion import Z95, wilson

__all__ = ["over_others"]


def over_others(own: tuple[int, int], others: tuple[int, int]) -> dict[str, float | None]:
    """Return a group's share and its ratio to the others' share, with 95 % intervals.

    Parameters
    ----------
    own, others : tuple of int
        How many of how many; both of `own` are above 0.

    Returns
    -------
    dict
        ``share, low, high`` (0-1) and ``ratio, ratio_low, ratio_high`` (1 = as often; above 1 =
        more often); the ratio is None where none of the others did.

    Notes
    -----
    Shares: Wilson. Ratio: log method of Katz et al. (1978), *Biometrics* 34, 469-474:
    ln R ± 1.96·√(1/a − 1/n + 1/b − 1/m).

    Examples
    --------
    >>> {name: round(x, 3) for name, x in over_others((15, 30), (10, 60)).items()}["ratio"]
    3.0
    """
    (a, n), (b, m) = own, others
    low, high = wilson(a, n)
    found: dict[str, float | None] = {"share": a / n, "low": low, "high": high}
    if not b:
        return {**found, "ratio": None, "ratio_low": None, "ratio_high": None}
    ratio = (a / n) / (b / m)
    width = Z95 * math.sqrt(1 / a - 1 / n + 1 / b - 1 / m)
    ends = ratio * math.exp(-width), ratio * math.exp(width)
    return {**found, "ratio": ratio, "ratio_low": ends[0], "ratio_high": ends[1]}
