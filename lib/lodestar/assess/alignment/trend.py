"""The alignment index over all periods, and whether what moved is more than noise."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lodestar.assess.alignment.closeness import headline
from lodestar.assess.alignment.material import Inputs, matrix_inputs
from lodestar.assess.alignment.moved import ENDS, Pair, moved, pair, whole
from lodestar.assess.bands import SHARE
from lodestar.assess.level.carried import gives_away
from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing
from lodestar.engagement.model import Engagement
from lodestar.stats.rounding import settle

__all__ = ["trend"]

ONE_PERIOD = "There is one period so far; the next will show what moved."
NEVER_TWICE = "The index is known in one period only."
NOTHING_ALIKE = "No cell was rated in both periods."
CARRIED = (
    "Too few persons rated otherwise than in a later period: the difference would show what "
    "they said."
)
LEAVES = ("index", "low", "high", "coverage")


@dataclass(frozen=True)
class Stood:
    """Where a client stood in one period, against the level chosen now."""

    engagement: Engagement
    material: Inputs
    found: dict[str, Any]
    withheld: bool

    @property
    def known(self) -> bool:
        """Tell whether the period's index may be compared."""
        return not self.withheld and self.found["index"] is not None


def trend(engagement: Engagement, now: Inputs) -> dict[str, Any]:
    """Return ``alignment.trend``: the index of every period, and what moved between them.

    Parameters
    ----------
    engagement : Engagement
        With every period up to the current one.
    now : Inputs
        The material of the current period.

    Returns
    -------
    dict
        ``periods[]: {period, as_of, index, low, high, coverage, suppressed}``: every period
        against the level chosen now, as that period's own run would publish it.
        ``changes[]: {from, to, before, after, change, low, high, beyond_noise, like_for_like}``
        between neighbours that know an index, then from the first to the last. ``parts``,
        ``functions``, ``capabilities``: the same between the last two over the cells that both
        have; ``capabilities_by_chance`` of them would look moved if nothing had.

    Notes
    -----
    A change is *beyond noise* when its 80 % interval leaves out 0; an unchanged figure does so one
    time in five. Raters who rated in both periods are drawn alike in both. Where all but a few
    persons' ratings were carried over to a later period, the earlier one is withheld.
    """
    periods = _periods(engagement, now)
    known = [one for one in periods if one.known]
    ends = [(known[0], known[-1])] if len(known) > 2 else []
    found = [_Change(*two) for two in [*pairwise(known), *ends]]
    reason = NEVER_TWICE if len(periods) > 1 else ONE_PERIOD
    # The change from first to last, where there is one, stands behind those of neighbours.
    last = found[-2] if len(found) > 1 else found[0] if found else None
    return {
        "periods": [_period(one) for one in periods],
        **listing("changes", [one.told for one in found], reason),
        **_inside(last, reason),
    }


def _periods(engagement: Engagement, now: Inputs) -> list[Stood]:
    """Return every period, oldest first; each withheld where a later shown one gives it away."""
    out = [Stood(engagement, now, headline(now), False)]
    for i in reversed(range(len(engagement.waves) - 1)):
        own = engagement.at(i)
        later = [one.engagement for one in out if not one.withheld]
        withheld = any(gives_away(own, other, "present") for other in later)
        material = matrix_inputs(own)
        out.append(Stood(own, material, headline(material), withheld))
    return out[::-1]


def _period(one: Stood) -> dict[str, Any]:
    """Return one period's index; a withheld one without any number."""
    names = {
        "period": one.engagement.period.id,
        "as_of": one.engagement.period.as_of.isoformat(),
        "suppressed": one.withheld,
    }
    if one.withheld:
        return {**names, **absent(LEAVES, CARRIED)}
    shown: dict[str, Any] = {}
    for key in LEAVES:
        shown |= leaf(key, one.found[key], str(one.found.get(f"{key}_reason", "")))
    return {**names, **shown}


class _Change:
    """A change between two periods that know an index."""

    def __init__(self, before: Stood, after: Stood) -> None:
        self.ids = before.engagement.period.id, after.engagement.period.id
        seed = after.engagement.settings.seed
        self.pair: Pair = pair(before.material, after.material, self.ids, seed)
        self.parts = moved(self.pair) if self.pair.both.any() else None
        alike = {**absent(ENDS, NOTHING_ALIKE), "cells": 0}
        self.told = {
            **self.names,
            **whole(self.pair, before.found["index"], after.found["index"]),
            "like_for_like": self.parts["like_for_like"] if self.parts else alike,
        }

    @property
    def names(self) -> dict[str, str]:
        """Return the two periods."""
        return dict(zip(("from", "to"), self.ids, strict=True))


def _inside(last: _Change | None, reason: str) -> dict[str, Any]:
    """Return what moved inside the last change."""
    found = (last.parts if last else None) or {}
    why = reason if last is None else NOTHING_ALIKE
    out: dict[str, Any] = {}
    for key in ("parts", "functions", "capabilities"):
        rows = [{**last.names, **row} for row in found.get(key, [])] if last else []
        out |= listing(key, rows, why)
    chance = settle((1 - SHARE) * len(out["capabilities"])) or None
    return {**out, **leaf("capabilities_by_chance", chance, why)}
