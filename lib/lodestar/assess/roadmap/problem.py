"""The choice as numbers: candidates, gaps, effects, money, people and rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from lodestar.assess.roadmap.calendar import Calendar
from lodestar.assess.roadmap.course import shown
from lodestar.assess.roadmap.effects import CellEffects
from lodestar.assess.roadmap.resources import Resource, fits

__all__ = ["OUT", "Problem", "phi"]

OUT = -1
"""Start of a candidate that is not chosen."""


def phi(gaps: np.ndarray, overshoot: float) -> np.ndarray:
    """Return what gaps count: e² below target (e < 0), overshoot · e² above it."""
    squares = np.square(gaps)
    return squares if overshoot == 1 else np.where(gaps > 0, overshoot, 1.0) * squares


@dataclass(frozen=True, eq=False)
class Problem:
    """Everything a portfolio is chosen from; pure numbers.

    Parameters
    ----------
    ids : tuple of str
        Candidates, sorted.
    choice : ndarray of str, (candidates,)
        ``must``, ``may`` or ``must-not``.
    months : ndarray, (candidates,)
        Months of delivery.
    earliest : ndarray of int, (candidates,)
        First start quarter allowed.
    requires, excludes : tuple of (int, int)
        (i, j): i cannot do without j; i and j rule each other out.
    gap, weight : ndarray, (present cells,)
        x − t in levels, and ω, which sums to 1.
    effects : CellEffects
        Expected effects on the present cells.
    resources : tuple of Resource
        Money and people.
    price : ndarray, (candidates, quarters)
        Cost to the horizon by start quarter.
    calendar : Calendar
        Quarters and horizon.
    overshoot : float
        What a squared gap above target counts, relative to one below.
    dip : float
        Share of an effect that is lost during delivery.
    """

    ids: tuple[str, ...]
    choice: np.ndarray
    months: np.ndarray
    earliest: np.ndarray
    requires: tuple[tuple[int, int], ...]
    excludes: tuple[tuple[int, int], ...]
    gap: np.ndarray
    weight: np.ndarray
    effects: CellEffects
    resources: tuple[Resource, ...]
    price: np.ndarray
    calendar: Calendar
    overshoot: float = 1.0
    dip: float = 0.2

    @property
    def size(self) -> int:
        """Return the number of candidates."""
        return len(self.ids)

    @cached_property
    def shares(self) -> np.ndarray:
        """Return what shows of each effect at the horizon by start quarter, (effects, quarters)."""
        return self.shares_at(self.calendar.horizon)

    def shares_at(self, month: float) -> np.ndarray:
        """Return what shows of each effect in a month by start quarter, (effects, quarters)."""
        effects = self.effects
        months = self.months[effects.owner][:, None]
        sign = np.sign(effects.change)[:, None]
        elapsed = month - self.calendar.offsets[None, :]
        return np.asarray(shown(elapsed, months, effects.delay[:, None], self.dip, sign))

    def gaps_at(self, starts: np.ndarray, month: float | None = None) -> np.ndarray:
        """Return the gaps with a plan's effects, at the horizon or in a month.

        Parameters
        ----------
        starts : ndarray of int, (candidates,)
            Start quarter of each candidate; -1 for one that is not chosen.
        month : float, optional
            Months from today; the horizon when left out.
        """
        shares = self.shares if month is None else self.shares_at(month)
        start = starts[self.effects.owner]
        share = np.where(start == OUT, 0.0, shares[np.arange(len(start)), start])
        return self.gap + share @ self.effects.onto

    def weighed(self, gaps: np.ndarray) -> float:
        """Return M of some gaps."""
        return float(phi(gaps, self.overshoot) @ self.weight)

    def misalignment(self, starts: np.ndarray) -> float:
        """Return M at the horizon with a plan."""
        return self.weighed(self.gaps_at(starts))

    @cached_property
    def soonest(self) -> np.ndarray:
        """Return the first quarter in which each candidate and all it requires may start."""
        last = len(self.calendar.quarters) - 1
        first = [self.earliest[self.needs(i)].max() for i in range(self.size)]
        return np.minimum(np.array(first, dtype=np.int64), last)

    def counted(self, starts: np.ndarray) -> float:
        """Return the M that a plan is chosen by: nothing counts for it that it only hides.

        Notes
        -----
        Each cell counts with its gap at the horizon, or with the gap it would have there had
        everything chosen started as soon as it may, whichever weighs more. A start that is put off
        lets less of an effect show at the horizon; what does not show then comes all the same, so
        no plan looks better for it. Never less than `misalignment`.
        """
        prompt = np.where(starts == OUT, OUT, self.soonest)
        return self.counted_of(self.gaps_at(starts), self.gaps_at(prompt), self.weight)

    def counted_of(self, late: np.ndarray, soon: np.ndarray, weight: np.ndarray) -> float:
        """Return Σ weight · max φ of gaps at the horizon and of gaps without delay."""
        sides = (phi(gaps, self.overshoot) for gaps in (late, soon))
        return float(np.maximum(*sides) @ weight)

    def cost(self, starts: np.ndarray) -> float:
        """Return what a plan costs to the horizon."""
        chosen = np.flatnonzero(starts != OUT)
        return float(self.price[chosen, starts[chosen]].sum())

    @cached_property
    def limited(self) -> np.ndarray:
        """Tell which candidates use something that is limited."""
        uses = [resource.use.any(axis=(1, 2)) for resource in self.resources]
        return np.any(uses, axis=0) if uses else np.zeros(self.size, dtype=bool)

    @cached_property
    def open(self) -> np.ndarray:
        """Tell in which quarters each candidate could start by itself, (candidates, quarters).

        Notes
        -----
        A candidate that uses nothing limited has no reason to wait: it starts as soon as it and
        what it requires may, where that is known beforehand.
        """
        quarters = np.arange(len(self.calendar.quarters))
        able = quarters[None, :] >= self.earliest[:, None]
        for resource in self.resources:
            room = resource.room * (1 + 1e-6) + 1e-9
            able &= (resource.use <= room).all(axis=2)
        for i in range(self.size):
            wait = self._known_wait(i)
            if wait is not None:
                able[i] &= quarters == wait
        return able

    def _known_wait(self, i: int) -> int | None:
        """Return the quarter in which an unlimited candidate starts, where nothing can delay it."""
        before = self.needs(i)
        return None if self.limited[before].any() else int(self.earliest[before].max())

    def needs(self, i: int) -> list[int]:
        """Return a candidate and everything that it requires, directly or not, sorted."""
        found, fresh = {i}, {i}
        while fresh:
            fresh = {b for a, b in self.requires if a in fresh} - found
            found |= fresh
        return sorted(found)

    def allows(self, starts: np.ndarray) -> bool:
        """Tell whether a plan keeps every rule."""
        chosen = starts != OUT
        kept = not (chosen & (self.choice == "must-not")).any()
        kept &= bool(chosen[self.choice == "must"].all())
        kept &= bool((starts >= self.earliest)[chosen].all())
        kept &= all(not chosen[i] or chosen[j] for i, j in self.requires)
        kept &= all(starts[j] <= starts[i] for i, j in self.requires if chosen[i])
        kept &= not any(chosen[i] and chosen[j] for i, j in self.excludes)
        return kept and self.affords(starts)

    def affords(self, starts: np.ndarray) -> bool:
        """Tell whether money and people suffice for a plan."""
        chosen = np.flatnonzero(starts != OUT)
        used = (r.use[chosen, starts[chosen]].sum(axis=0) for r in self.resources)
        return all(fits(use, r.room) for use, r in zip(used, self.resources, strict=True))

    def with_budget(self, factor: float) -> Problem:
        """Return the problem with every budget multiplied."""
        scaled = (r.scaled(factor) if r.kind == "budget" else r for r in self.resources)
        return replace(self, resources=tuple(scaled))

    def with_more(self, kind: str, amount: float) -> Problem:
        """Return the problem with more money of a kind from the first quarter on."""
        raised = (
            r.raised(amount) if (r.kind, r.name) == ("budget", kind) else r for r in self.resources
        )
        return replace(self, resources=tuple(raised))
