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
    corners, floors : ndarray, (corners, starts) and (corners,)
        φ of the term ``cornered`` is at least corners·y + floors in every plan.
    cornered : ndarray of int, (corners,)
        Which term a corner belongs to.
    """

    constant: float
    own: np.ndarray
    rows: np.ndarray
    shift: np.ndarray
    over: float
    corners: np.ndarray
    floors: np.ndarray
    cornered: np.ndarray

    def value(self, e: np.ndarray) -> np.ndarray:
        """Return φ of arguments."""
        return np.where(e > 0, self.over, 1.0) * e**2

    def slope(self, e: np.ndarray) -> np.ndarray:
        """Return the derivative of φ."""
        return 2 * np.where(e > 0, self.over, 1.0) * e

    def total(self, y: np.ndarray) -> float:
        """Return M of a plan."""
        return float(self.constant + self.own @ y + self.value(self.rows @ y + self.shift).sum())

    def scaled(self, factor: float) -> Terms:
        """Return the terms of M times a factor."""
        return Terms(
            self.constant * factor,
            self.own * factor,
            self.rows * np.sqrt(factor),
            self.shift * np.sqrt(factor),
            self.over,
            self.corners * factor,
            self.floors * factor,
            self.cornered,
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
    one candidate can change is linear in y, as at most one of its starts is taken. In the others
    d² = g² + Σ_i [(g + A_i)² − g²] + 2 Σ_{i<l} A_i A_l, with A_i what candidate i adds: the first
    sums are linear, and each product lies above its McCormick corner,
    A_i A_l ≥ a_l A_i + a_i A_l − a_i a_l with a the greatest (or the least) values of A.
    """
    change, weight, gap, constant = _groups(problem, changes_of(problem, candidate, quarter))
    own = np.zeros(len(candidate))
    kept: list[int] = []
    corners: list[tuple[int, np.ndarray, float]] = []
    for group in range(len(weight)):
        who = np.unique(candidate[change[:, group] != 0])
        alone = weight[group] * (
            _phi(gap[group] + change[:, group], problem) - _phi(gap[group], problem)
        )
        if len(who) == 1:
            own += alone
            constant += weight[group] * float(_phi(gap[group], problem))
            continue
        if problem.overshoot == 1:
            made = _corners(weight[group], gap[group], change[:, group], alone, candidate)
            corners += [(len(kept), *corner) for corner in made]
        kept.append(group)
    root = np.sqrt(weight[kept])
    return Terms(
        constant=constant,
        own=own,
        rows=root[:, None] * change[:, kept].T,
        shift=root * gap[kept],
        over=problem.overshoot,
        corners=np.array([row for _, row, _ in corners]).reshape(len(corners), len(candidate)),
        floors=np.array([floor for _, _, floor in corners]),
        cornered=np.array([term for term, _, _ in corners], dtype=int),
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


def _corners(
    weight: float, gap: float, change: np.ndarray, alone: np.ndarray, candidate: np.ndarray
) -> list[tuple[np.ndarray, float]]:
    """Return linear functions of starts that lie below a group's square in every plan."""
    who = np.unique(candidate[change != 0])
    mine = candidate[None, :] == who[:, None]
    sides = [np.where(mine, change, 0.0).max(axis=1)]
    if (change < 0).any():
        sides.append(np.where(mine, change, 0.0).min(axis=1))
    made = []
    for far in sides:
        others = (far.sum() - far) @ mine
        products = (far.sum() ** 2 - (far**2).sum()) / 2
        row = alone + 2 * weight * others * change
        made.append((row, weight * (gap**2 - 2 * float(products))))
    return made
