"""The levels over all periods of a client, and whether a change is more than noise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from lodestar.assess.bands import SHARE, band
from lodestar.assess.level.carried import KINDS, gives_away
from lodestar.assess.level.moved import Moved, moved
from lodestar.assess.level.stood import Stood
from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing
from lodestar.stats.rounding import settle

__all__ = ["trend"]

ONE_PERIOD = "There is one period so far; the next will show what moved."
NEVER_TWICE = "No level is known in two periods."
NOT_THEN = "This level could not be computed in this period."
NO_SPREAD = "Too few persons answered in this period to tell how far they differ."
NO_NOISE = "One of the two periods has too few persons to tell a change from noise."
THIN = "Most functions have one or two raters, too few to tell what a dimension does by chance."
NOTHING_ALIKE = "No cell was rated in both periods."
NOT_STAGED = "The stage needs every key dimension and all but one of the others."
CHOSEN_NOW = "engagement.yml holds the level chosen today, not those of earlier periods."
UNDECIDED = "No level has been chosen; set `chosen_level` in engagement.yml."
CARRIED = (
    "Too few persons answered otherwise than in a later period: the difference would show what "
    "they said."
)
APART = 0.1
"""From this difference on, the change over the same cells is another story than the whole one."""


def trend(periods: Sequence[Stood]) -> dict[str, Any]:
    """Return ``level.trend``: every period's levels, and what moved between them.

    Parameters
    ----------
    periods : sequence of Stood
        Every period of the client up to the current one, oldest first.

    Returns
    -------
    dict
        ``periods``: ``period, as_of, chosen`` and for each of required, present and experienced
        ``estimate, low, high, suppressed`` (``staged`` and ``coverage`` of present), as that
        period's own run publishes them. ``changes``: ``kind, from, to, change, low, high,
        beyond_noise`` between neighbouring periods that know a level, then from the first to the
        last; those of present with ``like_for_like``. ``dimensions``: the same of each dimension
        of present between its last two periods, over the cells that both have, with ``before`` and
        ``after``; ``dimensions_by_chance`` of them would look moved if nothing had.

    Notes
    -----
    A change is *beyond noise* when its 80 % interval leaves out 0, compared at 9 decimals; an
    unchanged level does so one time in five. Draws of a change are its own (``level.trend/<kind>/
    <from>/<to>``); persons who answered in both periods are drawn alike in both (`picked`).

    Each earlier period passes its own gate as its own run did, and no count of persons and no new
    group is shown, so that nothing is said that its run did not say. Where all but a few persons'
    answers were carried over to a later period, the earlier level is withheld (`gives_away`). The
    change over the same cells is a function of cells that both periods publish.
    """
    withheld = {kind: _withheld(periods, kind) for kind in KINDS}
    found = {kind: list(_moves(periods, kind, withheld[kind])) for kind in KINDS}
    changes = [_change(one) for kind in KINDS for one in found[kind]]
    reason = NEVER_TWICE if len(periods) > 1 else ONE_PERIOD
    dimensions = _dimensions(found["present"])
    return {
        "periods": [
            _period(one, {kind for kind in KINDS if i in withheld[kind]}, i == len(periods) - 1)
            for i, one in enumerate(periods)
        ],
        **listing("changes", changes, reason),
        **listing("dimensions", dimensions, reason),
        **leaf("dimensions_by_chance", settle((1 - SHARE) * len(dimensions)) or None, reason),
    }


def _withheld(periods: Sequence[Stood], kind: str) -> set[int]:
    """Return the positions of earlier periods whose level would give a few persons away."""
    shown, out = [len(periods) - 1], set()
    for i in reversed(range(len(periods) - 1)):
        own = periods[i].engagement
        if any(gives_away(own, periods[later].engagement, kind) for later in shown):
            out.add(i)
        else:
            shown.append(i)
    return out


def _moves(periods: Sequence[Stood], kind: str, withheld: set[int]) -> Iterator[Moved]:
    """Yield what moved between neighbours that know the level, then from the first to the last."""
    known = [p for i, p in enumerate(periods) if p.knows(kind) and i not in withheld]
    ends = [(known[0], known[-1])] if len(known) > 2 else []
    for before, after in [*pairwise(known), *ends]:
        yield moved(before, after, kind)


def _period(one: Stood, withheld: set[str], current: bool) -> dict[str, Any]:
    """Return one period's levels."""
    chosen = one.engagement.settings.chosen_level if current else None
    return {
        "period": one.period,
        "as_of": one.engagement.period.as_of.isoformat(),
        **{kind: _level(one, kind, kind in withheld) for kind in KINDS},
        **leaf("chosen", chosen, UNDECIDED if current else CHOSEN_NOW),
    }


def _level(one: Stood, kind: str, withheld: bool) -> dict[str, Any]:
    """Return one level of a period; a withheld one without any number."""
    extra = ("staged", "coverage") if kind == "present" else ()
    if withheld:
        return {**absent(["estimate", "low", "high", *extra], CARRIED), "suppressed": True}
    estimate, drawn = one.level(kind)
    out = band(estimate, drawn, NO_SPREAD if one.knows(kind) else NOT_THEN)
    if extra:
        staged = None if np.isnan(one.present.staged) else int(one.present.staged)
        out |= leaf("staged", staged, NOT_STAGED)
        out |= leaf("coverage", one.present.coverage, NOT_THEN)
    return {**out, "suppressed": one.hidden(kind)}


def _change(one: Moved) -> dict[str, Any]:
    """Return one change as results hold it."""
    names = {"kind": one.kind, "from": one.before.period, "to": one.after.period}
    whole = _beyond(*one.whole, NO_NOISE)
    if one.kind != "present":
        return {**names, **whole}
    alike = _beyond(*one.alike, NO_NOISE if one.cells else NOTHING_ALIKE)
    apart = settle(abs(one.alike[0] - one.whole[0]))
    extra = {"cells": one.cells, "differs": bool(apart >= APART)}
    return {**names, **whole, "like_for_like": {**alike, **extra}}


def _dimensions(found: Sequence[Moved]) -> list[dict[str, Any]]:
    """Return each dimension's change between the last two periods, over the cells both have."""
    if not found:
        return []
    # The change from first to last, where there is one, stands behind those of neighbours.
    last = found[-2] if len(found) > 1 else found[0]
    names = {"from": last.before.period, "to": last.after.period}
    return [
        {
            "dimension": part.id,
            **names,
            "before": part.before,
            "after": part.after,
            **_beyond(part.after - part.before, part.draws, THIN),
        }
        for part in last.dimensions
    ]


def _beyond(change: float, draws: Any, reason: str) -> dict[str, Any]:
    """Return a change with its 80 % interval, and whether that leaves out 0."""
    bounds = band(change, draws, reason)
    out = {key.replace("estimate", "change"): value for key, value in bounds.items()}
    if out["low"] is None:
        return {**out, **absent(["beyond_noise"], reason)}
    return {**out, "beyond_noise": bool(settle(out["low"]) > 0 or settle(out["high"]) < 0)}
