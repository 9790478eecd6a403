"""Distances between the four levels, each with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from lodestar.assess.bands import band
from lodestar.assess.nulls import absent

__all__ = ["PAIRS", "Quantity", "distances"]

PAIRS = (
    ("required", "present"),
    ("chosen", "present"),
    ("chosen", "required"),
    ("present", "experienced"),
)
"""Which distances are published: the first minus the second."""


@dataclass(frozen=True)
class Quantity:
    """A level with its draws; the chosen level is decided, so it has none and needs none."""

    estimate: float
    draws: np.ndarray | None
    fixed: bool = False

    @property
    def missing(self) -> bool:
        """Tell whether there is no estimate."""
        return not np.isfinite(self.estimate)


def distances(levels: dict[str, Quantity]) -> dict[str, Any]:
    """Return each published distance with its 80 % interval.

    Parameters
    ----------
    levels : dict of str to Quantity
        ``required, chosen, present, experienced``.

    Returns
    -------
    dict
        ``{"required_minus_present": {estimate, low, high}, …}``; nulls with their reason.

    Notes
    -----
    The four levels are drawn independently, so draws are subtracted one by one.
    """
    return {f"{a}_minus_{b}": _distance(levels[a], levels[b], a, b) for a, b in PAIRS}


def _distance(one: Quantity, other: Quantity, a: str, b: str) -> dict[str, Any]:
    gone = [name for name, q in ((a, one), (b, other)) if q.missing]
    if gone:
        reason = f"There is no {' and no '.join(gone)} level."
        return absent(["estimate", "low", "high"], reason)
    drawn = _subtracted(one, other)
    return band(one.estimate - other.estimate, drawn, "One of the levels has no interval.")


def _subtracted(one: Quantity, other: Quantity) -> np.ndarray | None:
    parts = [q.estimate if q.fixed else q.draws for q in (one, other)]
    if parts[0] is None or parts[1] is None:
        return None
    return np.asarray(parts[0] - parts[1])
