"""The search for a repair: solve, detect again, and go on with what the changes opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from lodestar.assess.conflicts.changes import Change, Price, apply
from lodestar.assess.conflicts.cover import Solution, cheapest
from lodestar.assess.conflicts.greedy import best_value_first
from lodestar.assess.conflicts.needs import Need, needs_of, pair_of
from lodestar.assess.conflicts.orphans import Helpers
from lodestar.assess.conflicts.paths import Explainer
from lodestar.assess.conflicts.programme import programme
from lodestar.assess.conflicts.register import Register

__all__ = ["Planner"]

ROUNDS = 50
"""Most rounds of solving and detecting again."""

LOOKS = 12
"""Most detections to learn which changes are in every cheapest plan."""

Changes = tuple[Change, ...]


@dataclass(eq=False)
class Planner:
    """What is known of a register's needs, which grows with every set of changes looked at.

    Parameters
    ----------
    register : Register
        As it stands.
    price : Price
        Costs and forbidden changes.
    explainer : Explainer
        Of its links.
    helped : Helpers
        Which metrics help which outcomes.
    """

    register: Register
    price: Price
    explainer: Explainer
    helped: Helpers
    needs: dict[tuple, Need] = field(default_factory=dict)
    remaining: dict[Changes, frozenset[tuple[str, ...]]] = field(default_factory=dict)

    def opens(self, changes: Changes) -> bool:
        """Detect after changes; tell whether that shows a need not known before."""
        if changes in self.remaining:
            return False
        changed = apply(self.register, changes)
        found = needs_of(self.register, changed, self.price, self.explainer, self.helped)
        fresh = {key: need for key, need in found.items() if key not in self.needs}
        self.needs |= fresh
        self.remaining[changes] = frozenset(pair_of(need.name) for need in found.values())
        return bool(fresh)

    def greedy(self) -> Changes:
        """Return the plan that takes the best value first, until nothing is open or nothing helps.

        Notes
        -----
        A metric that was changed stays changed, whatever that opens.
        """
        made: Changes = ()
        self.opens(made)
        for _ in range(ROUNDS):
            problem = programme(list(self.needs.values()), self.costs())
            chosen = np.isin(np.arange(len(problem.options)), _places(problem.options, made))
            better = problem.changes(best_value_first(problem, chosen))
            if better == made or not self.opens(better):
                return better
            made = better
        return made

    def exact(self) -> Solution:
        """Return the cheapest plan: least cost, then fewest changes, then ids.

        Notes
        -----
        Needs known so far are a part of all needs, so a cheapest set that opens nothing is the
        cheapest of all that open nothing. Ties are broken once cost alone opens nothing more.
        """
        solution = Solution((), 0.0)
        for _ in range(ROUNDS):
            solution = self._cheapest(ties=False)
            if self.opens(solution.changes):
                continue
            solution = self._cheapest(ties=True, known=solution)
            if not self.opens(solution.changes):
                break
        return solution

    def settled(self, solution: Solution) -> bool:
        """Tell whether detection after the changes finds only what was knowingly left."""
        left = {pair_of(need.name) for need in solution.left}
        return self.remaining.get(solution.changes, frozenset([()])) <= left

    def common(self, solution: Solution) -> tuple[bool | None, ...]:
        """Tell of each change whether every cheapest plan has it; None where it is not known.

        Notes
        -----
        Sets that are as cheap on the needs known so far are detected again: one that opens
        nothing is a plan, and what it lacks is not in all; one that opens something adds a need.
        """
        most = len(self.remaining) + LOOKS
        while True:
            grown = False
            for other in _telling(solution):
                if other not in self.remaining and len(self.remaining) >= most:
                    return self._told(solution)
                grown |= self.opens(other)
            if not grown:
                return self._told(solution)
            again = self._cheapest(ties=True, known=solution)
            if again.changes != solution.changes:
                return tuple(None for _ in solution.changes)
            solution = again

    def costs(self) -> dict[Change, float]:
        """Return every change that some need speaks of; needs speak of allowed ones only."""
        spoken = {
            change
            for need in self.needs.values()
            for change in (*need.gains, *need.given, *need.kept)
        }
        return {change: self.price.of(change) for change in spoken}

    def eased(self, change: Change) -> tuple[tuple[str, ...], ...]:
        """Return names of what was there from the start and gains from a change."""
        needs: Iterable[Need] = self.needs.values()
        return tuple(sorted({n.name for n in needs if n.from_the_start and change in n.gains}))

    def _cheapest(self, ties: bool, known: Solution | None = None) -> Solution:
        return cheapest(list(self.needs.values()), self.costs(), ties, known)

    def _told(self, solution: Solution) -> tuple[bool | None, ...]:
        """What the sets looked at show."""
        if not (solution.optimal and solution.settled):
            return tuple(None for _ in solution.changes)
        left = {pair_of(need.name) for need in solution.left}
        plans = [o for o in solution.others if self.remaining.get(o, frozenset([()])) <= left]
        lacking = {c for c in solution.changes if any(c not in plan for plan in plans)}
        known = dict.fromkeys(lacking, False) | dict.fromkeys(solution.always, True)
        return tuple(known.get(change) for change in solution.changes)


def _places(options: Sequence[Change], made: Changes) -> list[int]:
    place = {option: i for i, option in enumerate(options)}
    return [place[change] for change in made]


def _telling(solution: Solution) -> list[Changes]:
    """The sets that each show of a further change that not all have it, fewest sets first."""
    open_changes = set(solution.changes) - solution.always
    found: list[Changes] = []
    while open_changes:
        best = max(solution.others, key=lambda other: len(open_changes - set(other)), default=())
        if not open_changes - set(best):
            break
        found.append(best)
        open_changes &= set(best)
    return found
