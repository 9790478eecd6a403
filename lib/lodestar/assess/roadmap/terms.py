"""Misalignment at the horizon as a sum of convex terms, each of one linear function of starts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lodestar.assess.roadmap.problem import Problem

__all__ = ["Terms", "changes_of", "terms_of"]


@dataclass(frozen=True, eq=False)
class Terms:
    """M = constant + own·y + Σ φ(rows·y + shift), exact for every plan y of yes-or-no starts.

    Parameters
    ----------
    constant : float
        M of cells that no start changes.
    own : ndarray, (starts,)
        What each start adds to M in cells that one candidate alone can change.
    rows, shift : ndarray, (terms, starts) and (terms,)
        Argument of each term: the root of a weight times the gap of a group of cells.
    over : float
        φ(e) = e² below target (e < 0) and over · e² above it.
    """

    constant: float
    own: np.ndarray
    rows: np.ndarray
    shift: np.ndarray
    over: float

    def value(self, e: np.ndarray) -> np.ndarray:
        """Return φ of arguments."""
        return np.where(e > 0, self.over, 1.0) * e**2

    def slope(self, e: np.ndarray) -> np.ndarray:
        """Return the derivative of φ."""
        return 2 * np.where(e > 0, self.over, 1.0) * e

    def total(self, y: np.ndarray) -> float:
        """Return M of a plan."""
        return float(self.constant + self.own @ y + self.value(self.rows @ y + self.shift).sum())

    def corners_of(self, term: int, candidate: np.ndarray) -> list[tuple[np.ndarray, float]]:
        """Return linear functions, coefficients·y + constant, below a term in every plan.

        Notes
        -----
        e² = s² + Σ_i [(s + A_i)² − s²] + 2 Σ_{i<l} A_i A_l with shift s and A_i what candidate i
        adds: the first sums are linear, and each product lies above its McCormick corner,
        A_i A_l ≥ a_l A_i + a_i A_l − a_i a_l with a the greatest (or the least) values of A.
        """
        if self.over != 1:
            return []
        row, shift = self.rows[term], float(self.shift[term])
        mine = candidate[None, :] == np.unique(candidate[row != 0])[:, None]
        made = []
        for far in (np.where(mine, row, 0.0).max(axis=1), np.where(mine, row, 0.0).min(axis=1)):
            others = (far.sum() - far) @ mine
            products = float(far.sum() ** 2 - (far**2).sum())
            made.append((row**2 + 2 * shift * row + 2 * others * row, shift**2 - products))
        return made

    def scaled(self, factor: float) -> Terms:
        """Return the terms of M times a factor."""
        return Terms(
            self.constant * factor,
            self.own * factor,
            self.rows * np.sqrt(factor),
            self.shift * np.sqrt(factor),
            self.over,
        )


def terms_of(problem: Problem, candidate: np.ndarray, quarter: np.ndarray) -> Terms:
    """Return the misalignment of a problem over given starts.

    Parameters
    ----------
    problem : Problem
        Gaps and effects.
    candidate, quarter : ndarray of int, (starts,)
        What each start is; a candidate starts at most once.

    Notes
    -----
    M is a sum over cells, d = gap + Σ change·y. Cells that every start changes alike are one term
    (with ρ = 1: ω-weighted mean of their gaps; what they differ by is constant). A cell that only
    one candidate can change is linear in y, as at most one of its starts is taken.
    """
    change, weight, gap, constant = _groups(problem, changes_of(problem, candidate, quarter))
    own = np.zeros(len(candidate))
    kept: list[int] = []
    for group in range(len(weight)):
        if len(np.unique(candidate[change[:, group] != 0])) == 1:
            then = _phi(gap[group] + change[:, group], problem)
            own += weight[group] * (then - _phi(gap[group], problem))
            constant += weight[group] * float(_phi(gap[group], problem))
            continue
        kept.append(group)
    root = np.sqrt(weight[kept])
    return Terms(
        constant=constant,
        own=own,
        rows=root[:, None] * change[:, kept].T,
        shift=root * gap[kept],
        over=problem.overshoot,
    )


def changes_of(problem: Problem, candidate: np.ndarray, quarter: np.ndarray) -> np.ndarray:
    """Return what each start changes in each cell at the horizon."""
    change = np.zeros((len(candidate), len(problem.gap)))
    for effect, owner in enumerate(problem.effects.owner):
        starts = np.flatnonzero(candidate == owner)
        share = problem.shares[effect, quarter[starts]]
        change[starts] += share[:, None] * problem.effects.onto[effect]
    return change.round(12)


def _groups(
    problem: Problem, change: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Return groups of cells: change by start, weight, gap, and the constant that is left."""
    touched = change.any(axis=0)
    weight, gap = problem.weight[touched], problem.gap[touched]
    still = problem.weight[~touched] @ _phi(problem.gap[~touched], problem)
    if problem.overshoot != 1:
        return change[:, touched], weight, gap, float(still)
    unique, group = np.unique(change[:, touched].T, axis=0, return_inverse=True)
    group = group.ravel()
    total = np.bincount(group, weight, len(unique))
    mean = np.bincount(group, weight * gap, len(unique)) / total
    within = weight @ gap**2 - total @ mean**2
    return unique.T, total, mean, float(still + within)


def _phi(d: np.ndarray | float, problem: Problem) -> np.ndarray:
    return np.where(np.asarray(d) > 0, problem.overshoot, 1.0) * np.square(d)
