"""Misalignment as a sum of convex terms, each of what starts change in some cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lodestar.assess.roadmap.problem import Problem, phi

__all__ = ["Terms", "both_changes", "changes_of", "terms_of"]


@dataclass(frozen=True, eq=False)
class Terms:
    """Counted M = constant + own·y + Σ terms, exact for every plan y of yes-or-no starts.

    Parameters
    ----------
    constant : float
        M of cells that no start changes.
    own : ndarray, (starts,)
        What each start adds to M in cells that one candidate alone can change.
    late, soon : ndarray, (terms, starts)
        What each start changes in the cells of each term: at the horizon, and had it started as
        soon as it may.
    weight, gap : tuple of ndarray, (cells,) each
        Weights and gaps of the cells of each term.
    over : float
        φ(e) = e² below target (e < 0) and over · e² above it.
    """

    constant: float
    own: np.ndarray
    late: np.ndarray
    soon: np.ndarray
    weight: tuple[np.ndarray, ...]
    gap: tuple[np.ndarray, ...]
    over: float

    @property
    def count(self) -> int:
        """Return the number of terms."""
        return len(self.late)

    def value(self, term: int, late: np.ndarray, soon: np.ndarray) -> np.ndarray:
        """Return a term where its cells are changed so much: Σ weight · max φ(gap + change)."""
        total = np.zeros(np.shape(late))
        for weight, gap in zip(self.weight[term], self.gap[term], strict=True):
            total += weight * np.maximum(phi(gap + late, self.over), phi(gap + soon, self.over))
        return total

    def at(self, term: int, y: np.ndarray) -> tuple[float, float]:
        """Return what a plan changes in the cells of a term, late and soon."""
        return float(self.late[term] @ y), float(self.soon[term] @ y)

    def touching(self, term: int, late: float, soon: float) -> tuple[np.ndarray, float]:
        """Return the linear function of starts that touches a term where it is changed so much."""
        gap, weight = self.gap[term], self.weight[term]
        ends = np.array([gap + late, gap + soon])
        first = phi(ends[0], self.over) >= phi(ends[1], self.over)
        slope = 2 * weight * np.where(ends > 0, self.over, 1.0) * ends
        by = float(slope[0][first].sum()), float(slope[1][~first].sum())
        value = float(self.value(term, np.array(late), np.array(soon)))
        row = by[0] * self.late[term] + by[1] * self.soon[term]
        return row, value - by[0] * late - by[1] * soon

    def total(self, y: np.ndarray) -> float:
        """Return the counted M of a plan."""
        terms = (self.value(term, *map(np.array, self.at(term, y))) for term in range(self.count))
        return float(self.constant + self.own @ y + sum(float(value) for value in terms))

    def corners_of(self, term: int, candidate: np.ndarray) -> list[tuple[np.ndarray, float]]:
        """Return linear functions, coefficients·y + constant, below a term in every plan.

        Notes
        -----
        A term is at least Σ w (g + e)² with e the change at the horizon: W e² + 2 e Σ w g + Σ w g².
        e² = Σ_i A_i² + 2 Σ_{i<l} A_i A_l with A_i what candidate i adds: the first sums are linear,
        and each product lies above its McCormick corner, A_i A_l ≥ a_l A_i + a_i A_l − a_i a_l
        with a the greatest (or the least) values of A.
        """
        if self.over != 1:
            return []
        row, weight, gap = self.late[term], self.weight[term], self.gap[term]
        mine = candidate[None, :] == np.unique(candidate[row != 0])[:, None]
        made = []
        for far in (np.where(mine, row, 0.0).max(axis=1), np.where(mine, row, 0.0).min(axis=1)):
            others = (far.sum() - far) @ mine
            products = float(far.sum() ** 2 - (far**2).sum())
            linear = weight.sum() * (row**2 + 2 * others * row) + 2 * float(weight @ gap) * row
            made.append((linear, float(weight @ gap**2) - float(weight.sum()) * products))
        return made

    def scaled(self, factor: float) -> Terms:
        """Return the terms of M times a factor."""
        return Terms(
            self.constant * factor,
            self.own * factor,
            self.late,
            self.soon,
            tuple(weight * factor for weight in self.weight),
            self.gap,
            self.over,
        )


def terms_of(problem: Problem, candidate: np.ndarray, quarter: np.ndarray) -> Terms:
    """Return the counted misalignment of a problem over given starts.

    Parameters
    ----------
    problem : Problem
        Gaps and effects.
    candidate, quarter : ndarray of int, (starts,)
        What each start is; a candidate starts at most once.

    Notes
    -----
    M is a sum over cells, d = gap + Σ change·y. Cells that every start changes alike are one term.
    A cell that only one candidate can change is linear in y, as at most one of its starts is
    taken.
    """
    late, soon, touched = both_changes(problem, candidate, quarter)
    weight, gap = problem.weight[touched], problem.gap[touched]
    unique, group = np.unique(np.vstack([late, soon]).T, axis=0, return_inverse=True)
    cells = [np.flatnonzero(group.ravel() == place) for place in range(len(unique))]
    every = Terms(
        problem.counted_of(problem.gap[~touched], problem.gap[~touched], problem.weight[~touched]),
        np.zeros(len(candidate)),
        unique[:, : len(candidate)],
        unique[:, len(candidate) :],
        tuple(weight[place] for place in cells),
        tuple(gap[place] for place in cells),
        problem.overshoot,
    )
    return _alone(every, candidate)


def _alone(terms: Terms, candidate: np.ndarray) -> Terms:
    """Return the same with terms that one candidate alone changes told by start."""
    own, constant, kept = terms.own.copy(), terms.constant, []
    for term in range(terms.count):
        late, soon = terms.late[term], terms.soon[term]
        if len(np.unique(candidate[(late != 0) | (soon != 0)])) > 1:
            kept.append(term)
            continue
        nothing = float(terms.value(term, np.zeros(()), np.zeros(())))
        own += terms.value(term, late, soon) - nothing
        constant += nothing
    return Terms(
        constant,
        own,
        terms.late[kept],
        terms.soon[kept],
        tuple(terms.weight[term] for term in kept),
        tuple(terms.gap[term] for term in kept),
        terms.over,
    )


def both_changes(
    problem: Problem, candidate: np.ndarray, quarter: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what each start changes at the horizon, and had it started as soon as it may.

    Parameters
    ----------
    problem : Problem
        Gaps and effects.
    candidate, quarter : ndarray of int, (starts,)
        What each start is.

    Returns
    -------
    late, soon : ndarray, (starts, cells touched)
        In levels.
    touched : ndarray of bool, (present cells,)
        Which cells any start changes.
    """
    late = changes_of(problem, candidate, quarter)
    soon = changes_of(problem, candidate, problem.soonest[candidate])
    touched = np.asarray(np.vstack([late, soon]).any(axis=0))
    return late[:, touched], soon[:, touched], touched


def changes_of(problem: Problem, candidate: np.ndarray, quarter: np.ndarray) -> np.ndarray:
    """Return what each start changes in each cell at the horizon."""
    change = np.zeros((len(candidate), len(problem.gap)))
    for effect, owner in enumerate(problem.effects.owner):
        starts = np.flatnonzero(candidate == owner)
        share = problem.shares[effect, quarter[starts]]
        change[starts] += share[:, None] * problem.effects.onto[effect]
    return change.round(12)
