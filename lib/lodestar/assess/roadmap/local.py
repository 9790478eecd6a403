"""Plans made better move by move: a good plan at once, which the proven search starts from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lodestar.assess.roadmap.falls import Falls
from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.assess.roadmap.programme import Programme
from lodestar.assess.roadmap.resources import SLACK

__all__ = ["KICKS", "LocalSearch"]

KICKS = 12
"""Times that the best plan is bettered by forcing a candidate in or out."""

BETTER = 1e-10
"""Least fall of M that counts as better."""


class LocalSearch:
    """Add, drop, shift and swap, always the best move that keeps every rule.

    Parameters
    ----------
    problem : Problem
        Candidates, effects, money, people and rules.
    programme : Programme
        The starts that exist.

    Notes
    -----
    A plan is changed by the start taken (or none) and the candidate dropped (or none); all such
    moves are weighed at once, for M changes by sums of products of the starts' effects. The order
    of moves is fixed, so the same problem gives the same plan. Nothing is proven here.

    Attributes
    ----------
    seen : dict of bytes to ndarray
        Plans that moves have led to.
    """

    def __init__(self, problem: Problem, programme: Programme) -> None:
        self.problem = problem
        self.candidate, self.quarter = programme.candidate, programme.quarter
        self.falls = Falls(problem, self.candidate, self.quarter)
        self.seen: dict[bytes, np.ndarray] = {}
        self.use, self.room = self._use()
        self.place = np.full((problem.size, len(problem.calendar.quarters)), -1)
        self.place[self.candidate, self.quarter] = np.arange(len(self.candidate))

    def _use(self) -> tuple[np.ndarray, np.ndarray]:
        """Return what each start uses of everything that could run short, and what there is."""
        uses = [r.use[self.candidate, self.quarter] for r in self.problem.resources]
        rooms = [r.room * (1 + SLACK) + 1e-9 for r in self.problem.resources]
        use = np.hstack([np.zeros((len(self.candidate), 0)), *uses])
        room = np.concatenate([np.zeros(0), *rooms])
        bites = use.sum(axis=0) > room
        return use[:, bites], room[bites]

    def keeps(self, starts: np.ndarray) -> bool:
        """Tell whether a plan keeps every rule and takes only starts that exist."""
        chosen = np.flatnonzero(starts != OUT)
        when = starts[chosen]
        there = bool((self.place[chosen, when] >= 0).all())
        return there and self.problem.allows(starts)

    def better(self, starts: np.ndarray, still: int = OUT) -> np.ndarray:
        """Return the plan that the best moves lead to from an allowed plan.

        Parameters
        ----------
        starts : ndarray of int, (candidates,)
            The plan to begin with.
        still : int, optional
            A candidate that no move may take in or drop.
        """
        while (found := self._best_move(starts, still)) is not None:
            starts = found
        self.seen[starts.tobytes()] = starts
        return starts

    def _taken(self, starts: np.ndarray) -> np.ndarray:
        """Return the starts that a plan takes."""
        chosen = np.flatnonzero(starts != OUT)
        return self.place[chosen, starts[chosen]]

    def _best_move(self, starts: np.ndarray, still: int) -> np.ndarray | None:
        """Return the allowed plan one move away with the least M, where that is less."""
        taken = self._taken(starts)
        falls = np.where(self._barred(starts, taken), 0.0, self.falls.of(taken))
        left = self.room - self.use[taken].sum(axis=0)
        if still != OUT:
            falls[1:][self.candidate[taken] == still] = 0.0
            falls[:, 1:][:, self.candidate == still] = 0.0
        out, into = np.nonzero(falls < -BETTER)
        order = np.lexsort((into, out, falls[out, into].round(12)))
        freed = np.vstack([np.zeros((1, len(left))), self.use[taken]])
        need = np.vstack([np.zeros((1, len(left))), self.use])
        for k in order:
            if (need[into[k]] > left + freed[out[k]]).any():
                continue
            made = self._moved(starts, taken, int(out[k]), int(into[k]))
            if made is not None and self.keeps(made):
                return made
        return None

    def _barred(self, starts: np.ndarray, taken: np.ndarray) -> np.ndarray:
        """Tell which moves the rules between candidates bar; like `_falls`."""
        barred = np.zeros((1 + len(taken), 1 + len(self.candidate)), dtype=bool)
        starting, who = barred[:, 1:], self.candidate[taken]
        starting[:, starts[self.candidate] != OUT] = True
        starting[1:][who[:, None] == self.candidate[None, :]] = False
        for i, j in self.problem.requires:
            soon = self.quarter < starts[j] if starts[j] != OUT else True
            starting[:, (self.candidate == i) & soon] = True
        for i, j in self.problem.excludes:
            for one, other in ((i, j), (j, i)):
                stays = np.append(True, who != other)
                if starts[other] != OUT:
                    starting[np.ix_(stays, self.candidate == one)] = True
        return barred

    def _moved(
        self, starts: np.ndarray, taken: np.ndarray, out: int, into: int
    ) -> np.ndarray | None:
        """Return a plan after one move; None where the candidate is already in it."""
        made = starts.copy()
        if out:
            made[self.candidate[taken[out - 1]]] = OUT
        if into:
            who = self.candidate[into - 1]
            if made[who] != OUT:
                return None
            made[who] = self.quarter[into - 1]
        return made

    def filled(self, wish: np.ndarray, starts: np.ndarray | None = None) -> np.ndarray:
        """Return a plan that takes starts in the order of a wish as long as they fit.

        Parameters
        ----------
        wish : ndarray, (starts,)
            How much each start is wanted; those at 0 are left.
        starts : ndarray of int, optional
            The plan to begin with; nothing when left out.
        """
        made = np.full(self.problem.size, OUT) if starts is None else starts.copy()
        for place in np.argsort(-wish, kind="stable"):
            who = self.candidate[place]
            if wish[place] > 0 and made[who] == OUT:
                made[who] = self.quarter[place]
                if not self._holds(made):
                    made[who] = OUT
        return made

    def rounded(self, likely: np.ndarray) -> list[np.ndarray]:
        """Return plans near a relaxed one: nothing more, its likeliest starts, its candidates.

        Parameters
        ----------
        likely : ndarray, (starts,)
            How much of each start the relaxation takes, 0-1.
        """
        whole = np.bincount(self.candidate, likely, self.problem.size)[self.candidate]
        soon = whole - 1e-3 * self.quarter * (whole > 0)
        must = (self.problem.choice == "must")[self.candidate] * 2.0
        return [
            self.filled(must * (1 - 1e-3 * self.quarter)),
            self.filled(likely + must * (likely > 0)),
            self.filled(np.where(whole > 1e-6, np.maximum(soon, 1e-6), 0.0) + must),
        ]

    def _holds(self, starts: np.ndarray) -> bool:
        """Tell whether a plan keeps every rule, those on what must be done apart."""
        used = self.use[self._taken(starts)].sum(axis=0)
        if (used > self.room).any():
            return False
        chosen, problem = starts != OUT, self.problem
        kept = all(chosen[j] and starts[j] <= starts[i] for i, j in problem.requires if chosen[i])
        return kept and not any(chosen[i] and chosen[j] for i, j in problem.excludes)

    def searched(self, plans: Sequence[np.ndarray], kicks: int = KICKS) -> np.ndarray | None:
        """Return the best plan that moves and kicks lead to; None where no plan is allowed.

        Parameters
        ----------
        plans : sequence of ndarray of int, (candidates,)
            Where to begin; those that break a rule are left out.
        kicks : int
            Most times that the best plan is looked at from all sides for a better one.
        """
        kept = [self.better(plan) for plan in plans if self.keeps(plan)]
        best = min(kept, key=self.problem.counted, default=None)
        for _ in range(kicks if best is not None else 0):
            assert best is not None
            kicked = self._kicked(best)
            if kicked is None:
                break
            best = kicked
        return best

    def _kicked(self, best: np.ndarray) -> np.ndarray | None:
        """Return a better plan by forcing a candidate in, or one out, and mending the rest."""
        least = self.problem.counted(best)
        for i in range(self.problem.size):
            for made in self._forced(best, i):
                found = self.better(self.better(made, i))
                if self.problem.counted(found) < least - BETTER:
                    return found
        return None

    def _forced(self, best: np.ndarray, i: int) -> list[np.ndarray]:
        """Return allowed plans with one candidate forced the other way."""
        made = best.copy()
        if best[i] != OUT:
            made[i] = OUT
            return [made] if self.keeps(made) else []
        mine = np.flatnonzero(self.candidate == i)
        if not len(mine):
            return []
        made[i] = self.quarter[mine[0]]
        return [plan for plan in self._mended(made, i) if self.keeps(plan)]

    def _mended(self, starts: np.ndarray, i: int) -> list[np.ndarray]:
        """Return a plan without what stands in a candidate's way, the least useful first."""
        made = starts.copy()
        order = self._usefulness(starts)
        for j in order:
            if self._holds(made):
                break
            if j != i and self.problem.choice[j] != "must":
                made[j] = OUT
        return [made]

    def _usefulness(self, starts: np.ndarray) -> np.ndarray:
        """Return the chosen, those whose loss costs least first."""
        chosen = np.flatnonzero(starts != OUT)
        loss = self.falls.of(self._taken(starts))[1:, 0]
        return np.asarray(chosen[np.argsort(loss.round(12), kind="stable")])
