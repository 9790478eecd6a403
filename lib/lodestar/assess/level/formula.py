"""The required level as a formula of market factors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lodestar.framework.model import Factor, Framework

__all__ = ["Market", "Stages", "enough", "market", "required_level", "stages"]

COMPETITION, RIVALS, MARGIN = "R5", "R7", "R9"
"""Factors with a rule of their own: cap at 3 when R5 is low and R9 high; floor up to 3 by R7."""


@dataclass(frozen=True)
class Market:
    """The factors that have a score, and how they enter the formula.

    Parameters
    ----------
    factors : tuple of str
        Ids of the scored factors, in the order of the framework.
    base, shift : numpy.ndarray
        Nominal weight shares, shape (factors,); 0 for factors of the other role.
    sign : numpy.ndarray
        +1 or -1, shape (factors,).
    scale, cap : float
        ``shift_scale`` and ``shift_cap`` of the framework.
    """

    factors: tuple[str, ...]
    base: np.ndarray
    shift: np.ndarray
    sign: np.ndarray
    scale: float
    cap: float


@dataclass(frozen=True)
class Stages:
    """The required level on its way from the offer through the market to the rules.

    Parameters
    ----------
    base : numpy.ndarray
        B, what the offer alone asks for, 1-5.
    pull : numpy.ndarray
        The market's shift before its bound.
    shift : numpy.ndarray
        S, the shift within ± ``shift_cap``.
    summed : numpy.ndarray
        B + S within 1-5, before the rules.
    ceilinged : numpy.ndarray
        After the ceiling of weak competition with thin margins.
    level : numpy.ndarray
        R, after the floor of parity with rivals too.
    """

    base: np.ndarray
    pull: np.ndarray
    shift: np.ndarray
    summed: np.ndarray
    ceilinged: np.ndarray
    level: np.ndarray


def enough(framework: Framework, scored: Sequence[str]) -> bool:
    """Tell whether the scored factors suffice: every base factor and half of the others."""
    base = [f.id for f in framework.factors if f.role == "base"]
    shift = [f.id for f in framework.factors if f.role != "base"]
    seen = sum(f in scored for f in shift)
    return bool(base) and all(f in scored for f in base) and 2 * seen >= len(shift)


def market(framework: Framework, scored: Sequence[str]) -> Market:
    """Return how the scored factors enter the formula, weights renormalised over them."""
    used = [f for f in framework.factors if f.id in scored]
    return Market(
        factors=tuple(f.id for f in used),
        base=_shares(used, base=True),
        shift=_shares(used, base=False),
        sign=np.array([f.sign for f in used], dtype=float),
        scale=framework.shift_scale,
        cap=framework.shift_cap,
    )


def required_level(
    x: np.ndarray, market: Market, base: np.ndarray | None = None, shift: np.ndarray | None = None
) -> np.ndarray:
    """Return the level that offer and market ask for.

    Parameters
    ----------
    x : numpy.ndarray
        Factor scores 1-5, shape (..., factors), in the order of `market`.
    market : Market
        Signs, nominal weights and the framework's settings.
    base, shift : numpy.ndarray, optional
        Weight shares other than the nominal ones, broadcast against `x`.

    Returns
    -------
    numpy.ndarray
        R, 1-5, shape of the leading axes.

    Notes
    -----
    B = Σ base · x; S = clip(scale · Σ shift · sign (x − 3)/2, ±cap); R = clip(B + S, 1, 5).
    Low competition with low margin caps it: R ≤ 3 + 2h, h = max(clip(R5 − 2, 0, 1),
    clip(4 − R9, 0, 1)). Parity sets a floor: R ≥ 1 + 2·clip(R7 − 3, 0, 1). A rule with a missing
    factor is skipped. Our own synthesis, not published; sources with each factor.
    """
    return stages(x, market, base, shift).level


def stages(
    x: np.ndarray, market: Market, base: np.ndarray | None = None, shift: np.ndarray | None = None
) -> Stages:
    """Return every stage of `required_level`; parameters as there."""
    wb = market.base if base is None else base
    ws = market.shift if shift is None else shift
    offer = (x * wb).sum(axis=-1)
    pull = market.scale * (ws * market.sign * (x - 3) / 2).sum(axis=-1)
    bounded = np.clip(pull, -market.cap, market.cap)
    summed = np.clip(offer + bounded, 1, 5)
    ceilinged = _ceilinged(summed, x, market)
    return Stages(offer, pull, bounded, summed, ceilinged, _lifted(ceilinged, x, market))


def _ceilinged(level: np.ndarray, x: np.ndarray, market: Market) -> np.ndarray:
    """Return the level under the ceiling of low competition with low margin."""
    competition, margin = _score(x, market, COMPETITION), _score(x, market, MARGIN)
    if competition is None or margin is None:
        return level
    slack = np.maximum(np.clip(competition - 2, 0, 1), np.clip(4 - margin, 0, 1))
    return np.asarray(np.minimum(level, 3 + 2 * slack))


def _lifted(level: np.ndarray, x: np.ndarray, market: Market) -> np.ndarray:
    """Return the level above the floor that rivals organised by customer set."""
    rivals = _score(x, market, RIVALS)
    if rivals is None:
        return np.asarray(level)
    return np.asarray(np.maximum(level, 1 + 2 * np.clip(rivals - 3, 0, 1)))


def _shares(used: Sequence[Factor], base: bool) -> np.ndarray:
    """Return weight shares within a role; all 0 where the role has no weight."""
    weights = np.array([f.weight if (f.role == "base") == base else 0.0 for f in used], dtype=float)
    total = weights.sum()
    return weights / total if total > 0 else weights


def _score(x: np.ndarray, market: Market, factor: str) -> np.ndarray | None:
    """Return one factor's scores; None where it was not scored."""
    return x[..., market.factors.index(factor)] if factor in market.factors else None
