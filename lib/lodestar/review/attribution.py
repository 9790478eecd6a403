"""Why a number moved: its movement split into data, framework and code, adding up exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from itertools import permutations

__all__ = ["SOURCES", "Split", "rounded_parts", "split_movement"]

SOURCES = ("data", "framework", "code")
"""What a number is made from: the client's facts, the yardstick, and the computation."""

Corner = frozenset[str]
"""The sources that are taken from the later side; the others come from the earlier one."""


@dataclass(frozen=True)
class Split:
    """A movement and the part of it that each source accounts for.

    Parameters
    ----------
    total : float
        Later value minus earlier value.
    parts : mapping of str to float
        One number a source, in the unit of the value; they add up to ``total``.
    orders : tuple of tuple of str
        Orders of change that were averaged. All of them: Shapley's value, which no order decides.
    complete : bool
        Whether every order of the sources that differ could be computed.
    """

    total: float
    parts: Mapping[str, float]
    orders: tuple[tuple[str, ...], ...]
    complete: bool


def split_movement(
    value: Callable[[Corner], float | None], sources: Sequence[str] = SOURCES
) -> Split | None:
    """Return how much of a movement each source accounts for.

    Parameters
    ----------
    value : callable
        The number when these sources are the later side's and the rest the earlier side's;
        None where that mixture has none.
    sources : sequence of str
        Sources that differ between the sides.

    Returns
    -------
    Split or None
        None when no order of change can be computed from one end to the other.

    Notes
    -----
    Shapley's value: each order in which the sources may change gives each of them the movement
    that its own step makes; the parts are the means over all orders. Every order adds up to the
    movement, so every mean of orders does: where a mixture has no number, the orders that pass
    through it are left out. Computed in fractions, so nothing is lost to rounding.
    Source: Shapley (1953), A value for n-person games.

    Examples
    --------
    >>> worth = {(): 1.0, ("data",): 3.0, ("code",): 1.0, ("code", "data"): 4.0}
    >>> dict(split_movement(lambda c: worth[tuple(sorted(c))], ("data", "code")).parts)
    {'data': 2.5, 'code': 0.5}
    """
    every = list(permutations(sources))
    walks = {order: _walk(order, value) for order in every}
    steps = [walk for walk in walks.values() if walk is not None]
    if not steps:
        return None
    exact = {name: sum(walk[name] for walk in steps) / len(steps) for name in sources}
    return Split(
        total=float(sum(exact.values())),
        parts={name: float(part) for name, part in exact.items()},
        orders=tuple(order for order in every if walks[order] is not None),
        complete=len(steps) == len(every),
    )


def rounded_parts(split: Split, decimals: int, total: float | None = None) -> dict[str, float]:
    """Return the parts rounded so that the figures shown add up to the movement shown.

    Parameters
    ----------
    split : Split
        A movement and its parts.
    decimals : int
        Decimals shown.

    total : float, optional
        The movement as it is shown: less than one unit of the last decimal away from the true one,
        as a difference of two rounded figures is. The movement rounded by itself by default.

    Returns
    -------
    dict of str to float
        Each part rounded down or up, up for those with the largest remainders. A source that
        accounts for exactly nothing stays at 0.

    Examples
    --------
    >>> split = Split(2.8, {"data": 1.44, "framework": 0.0, "code": 1.36}, (), True)
    >>> rounded_parts(split, 1)
    {'data': 1.4, 'framework': 0.0, 'code': 1.4}
    """
    unit = Decimal(1).scaleb(-decimals)
    shown = Decimal(f"{split.total if total is None else total:.{decimals}f}")
    exact = {name: Decimal(part) for name, part in split.parts.items()}
    down = {name: part.quantize(unit, ROUND_FLOOR) for name, part in exact.items()}
    moved = [name for name in exact if exact[name]]
    by_remainder = sorted(moved, key=lambda name: down[name] - exact[name])
    missing = int((shown - sum(down.values(), Decimal(0))) / unit)
    for name in by_remainder[:missing]:
        down[name] += unit
    return {name: float(part) + 0.0 for name, part in down.items()}


def _walk(
    order: Sequence[str], value: Callable[[Corner], float | None]
) -> dict[str, Fraction] | None:
    """Return what each source adds when they change in this order; None without a number."""
    taken: Corner = frozenset()
    before, steps = value(taken), {}
    for name in order:
        taken = taken | {name}
        after = value(taken)
        if before is None or after is None:
            return None
        steps[name] = Fraction(after) - Fraction(before)
        before = after
    return steps
