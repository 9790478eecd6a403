"""Sentences on why a number moved: data, framework and code, and how they were told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lodestar.findings.differences import figure, split_parts
from lodestar.findings.words import joined, plural, signed, start

__all__ = ["how_split", "partial", "pointer_moved", "unsplit"]

ALONE = {
    "data": "Only the client's own facts differ, so they account for all of it.",
    "framework": "Only the framework differs, so it accounts for all of it.",
    "code": "Only the code of Lodestar and its packages differs, so it accounts for all of it.",
}


def pointer_moved(
    pointer: str, before: float, after: float, parts: Mapping[str, float], decimals: int
) -> str:
    """Return a number's movement as the sum of its parts, in figures that add up as shown.

    Parameters
    ----------
    pointer : str
        Where the number lies in results.
    before, after : float
        The number on both sides, rounded.
    parts : mapping of str to float
        Source: its part, rounded so that the parts add up to the movement.
    decimals : int
        Decimals shown.

    Examples
    --------
    >>> pointer_moved("/alignment/index", 61.2, 64.0, {"data": 3.1, "framework": -0.3}, 1)
    '/alignment/index: 61.2 → 64.0, +2.8 = data +3.1, framework −0.3'
    """
    ends = [figure(end, "number", decimals) for end in (before, after)]
    change = round(after - before, decimals)
    moved = signed(change, decimals) if change else "0"
    return f"{pointer}: {ends[0]} → {ends[1]}, {moved} = {split_parts(parts, decimals)}"


def how_split(differing: Sequence[str], mixtures: int, seconds: float, remainder: str = "") -> str:
    """Return how the parts were found, and what that cost.

    Parameters
    ----------
    differing : sequence of str
        Sources in which the two sides differ.
    mixtures : int
        Mixtures of both sides that were computed.
    seconds : float
        Time that took.
    remainder : str
        The side whose code is not at hand; empty when every code is.

    Examples
    --------
    >>> how_split(["data"], 0, 0.0)
    "Only the client's own facts differ, so they account for all of it."
    """
    if not differing:
        return "Data, framework and code are the same on both sides."
    if len(differing) == 1:
        return ALONE[differing[0]]
    cost = f"{plural(mixtures, 'mixture')} of both sides computed in {seconds:.0f} s"
    if remainder:
        return (
            f"The code of {remainder} is not at hand: code is what is left over, the difference "
            "that the code at hand makes to the same material, as that material was then. The "
            f"rest is split under the code at hand ({cost}); the parts add up."
        )
    named = start(joined(differing))
    return (
        f"{named} were exchanged one after the other in every order; each part is the mean of "
        f"what that step moved (Shapley), so the parts add up ({cost})."
    )


def partial(orders: Sequence[Sequence[str]], reason: str) -> str:
    """Return on which order a split depends, and why.

    Examples
    --------
    >>> partial([("framework", "data")], "no such number")
    'Depends on the order framework, then data: no such number.'
    """
    told = joined([", then ".join(order) for order in orders])
    kind = "order" if len(orders) == 1 else "orders"
    return f"Depends on the {kind} {told}: {reason.rstrip('.')}."


def unsplit(reason: str) -> str:
    """Return that a movement is not split, and why.

    Examples
    --------
    >>> unsplit("one side has no number here")
    'Not split: one side has no number here.'
    """
    return f"Not split: {reason.rstrip('.')}."
