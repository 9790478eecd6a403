"""The published system: rows are shown cells, columns are persons; what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lodestar.audit.model import FAULT, Bound, Cell, Leak
from lodestar.confidentiality.recover import few_that_follow

__all__ = ["System"]

TOLERANCE = 1e-7

NARROW = 0.125
"""Share of the answers' range (half a step of 1–5): a narrower bound tells what few said."""

HALF_DIGIT = 5e-7
"""Rounding of published figures to six decimals."""

WIDEN = (
    "Raise `confidentiality: minimum` in engagement.yml, or blank the column that makes groups so "
    "small, then run again."
)
APART = (
    "Most answers of these periods are the same, so that their difference is that of few persons: "
    "ask again, keep one of the two periods only, or raise `confidentiality: minimum`."
)
REPLACED = (
    "Whoever saw the replaced run can subtract. If only you did, withdraw its signature or remove "
    "it with `prune --keep 1`; else wait until more answers differ, or report them in a further "
    "period."
)


@dataclass(frozen=True)
class System:
    """All cells of one measure, over every page, export and period.

    A person who answers alike in two periods is one unknown in both: an outsider who sees that
    nearly nothing moved can tell so. Otherwise the two answers are two unknowns.
    """

    measure: str
    cells: Sequence[Cell]

    @cached_property
    def known(self) -> list[Cell]:
        """Return the cells with somebody in them."""
        return [cell for cell in self.cells if cell.size]

    @cached_property
    def _rows(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.intp]]:
        """Return indicators and weights of cells over atoms, and persons in each atom."""
        persons = np.concatenate([cell.persons for cell in self.known])
        values = np.concatenate([cell.values for cell in self.known])
        answers = np.unique(np.round(np.nan_to_num(values, nan=-9.0), 9), return_inverse=True)[1]
        unknowns, column = np.unique(
            persons * (int(answers.max()) + 1) + answers, return_inverse=True
        )
        row = np.repeat(np.arange(len(self.known)), [cell.size for cell in self.known])
        inside = np.zeros((len(self.known), len(unknowns)))
        inside[row, column] = 1.0
        weighed = inside.copy()
        weighed[row, column] = np.concatenate([_weights(cell) for cell in self.known])
        both = np.vstack([inside, weighed])
        atoms, sizes = np.unique(both, axis=1, return_counts=True)
        return atoms[: len(self.known)], atoms[len(self.known) :], sizes

    @property
    def minimum(self) -> int:
        """Return the threshold of the period that asks for least."""
        return min(cell.minimum for cell in self.known)

    def leaks(self) -> list[Leak]:
        """Return what is shown of too few, and what of too few follows from what is shown."""
        if not self.known:
            return []
        open_cells = [cell for cell in self.known if cell.shown and cell.secret]
        found = [_shown(cell) for cell in open_cells]
        # What is shown outright follows trivially; only the rest is asked for.
        fine = np.array([cell.shown and not cell.secret for cell in self.known])
        return found + self._followed(fine)

    def _followed(self, fine: NDArray[np.bool_]) -> list[Leak]:
        """Return hidden cells, and any other few persons, that follow from those shown."""
        inside, weighed, sizes = self._rows
        rows = weighed[fine]
        secret = [i for i, c in enumerate(self.known) if c.secret and not c.shown]
        found = [
            self._leak(rows, fine, inside[i], self.known[i])
            for i in secret
            if _follows(rows, inside[i], sizes)
        ]
        if found or not len(rows):
            return found
        few = few_that_follow(rows, sizes, self.minimum)
        return [] if few is None else [self._leak(rows, fine, few, None, int(few @ sizes))]

    def _leak(
        self,
        rows: NDArray[np.float64],
        fine: NDArray[np.bool_],
        target: NDArray[np.float64],
        cell: Cell | None,
        persons: int = 0,
    ) -> Leak:
        """Return the leak with the shown cells that give the target away."""
        weights, *_ = np.linalg.lstsq(rows.T, target, rcond=None)
        shown = [c for c, is_fine in zip(self.known, fine, strict=True) if is_fine]
        largest = np.abs(weights).max()
        used = [c for c, w in zip(shown, weights, strict=True) if abs(w) > 1e-6 * largest]
        where = tuple(sorted({f"{c.place} ({c.name})" for c in used}))
        remedy = APART if len({c.place.period for c in used}) > 1 else WIDEN
        if any(c.place.run for c in used):
            remedy = REPLACED
        if cell is not None:
            what = f"{cell.measure} of {cell.name}, hidden at {cell.place}, follows by subtraction"
            return Leak("follows", what, where, cell.who, remedy)
        who = f"a group of {persons}" if persons > 1 else "one person"
        what = f"{self.measure} of few persons follows by subtraction"
        return Leak("follows", what, where, who, remedy)

    def bounds(self) -> list[Bound]:
        """Return how narrow each hidden mean of too few persons is bounded by those shown."""
        hidden = [i for i, c in enumerate(self.known) if not c.shown and self._bounded(c)]
        if not hidden:
            return []
        inside, weighed, sizes = self._rows
        shown = np.array([c.shown and c.figure is not None for c in self.known])
        widths: dict[bytes, float] = {}
        for i in hidden:
            if inside[i].tobytes() not in widths:
                width = self._width(self.known[i], inside[i], weighed[shown], sizes, shown)
                widths[inside[i].tobytes()] = width
        return [self._bound(self.known[i], widths[inside[i].tobytes()]) for i in hidden]

    @staticmethod
    def _bounded(cell: Cell) -> bool:
        return cell.size < cell.minimum and bool(np.isfinite(cell.values).all())

    @staticmethod
    def _bound(cell: Cell, width: float) -> Bound:
        low, high = cell.limits
        share = round(width / (high - low), 6)
        return Bound(share, round(width, 6), cell.measure, cell.name, cell.place)

    def _width(
        self,
        cell: Cell,
        target: NDArray[np.float64],
        rows: NDArray[np.float64],
        sizes: NDArray[np.intp],
        shown: NDArray[np.bool_],
    ) -> float:
        """Return the largest less the least mean of a cell that agree with everything shown."""
        from scipy.optimize import linprog

        low, high = cell.limits
        means = [c.figure or 0.0 for c, s in zip(self.known, shown, strict=True) if s]
        totals, slack = np.array(means) * (rows @ sizes), HALF_DIGIT * (rows @ sizes)
        system = {
            "A_ub": np.vstack([rows, -rows]) if len(rows) else None,
            "b_ub": np.concatenate([totals + slack, slack - totals]) if len(rows) else None,
            "bounds": [(low * size, high * size) for size in sizes],
            "method": "highs",
        }
        ends = [linprog(sign * target, **system) for sign in (1, -1)]
        # Published figures that fit no answers at all (inputs changed since) bound nothing.
        if not all(end.success for end in ends):
            return high - low
        return max(0.0, float(-(ends[1].fun + ends[0].fun) / cell.size))

    def narrow(self, bounds: Sequence[Bound]) -> list[Leak]:
        """Return hidden means whose bounds are too narrow."""
        sizes = {(cell.name, cell.place): cell for cell in self.known}
        return [
            Leak(
                "narrow",
                f"{one.measure} of {one.name}, hidden at {one.place}, is known within "
                f"{one.share:.0%} of the range of answers from the figures beside it",
                (str(one.place),),
                sizes[one.name, one.place].who,
                WIDEN,
            )
            for one in bounds
            if one.share < NARROW
        ]


def _weights(cell: Cell) -> NDArray[np.float64]:
    """Return what each person counts, 1 on average."""
    return np.ones(cell.size) if cell.weights is None else cell.weights * cell.size


def _follows(
    rows: NDArray[np.float64], target: NDArray[np.float64], sizes: NDArray[np.intp]
) -> bool:
    """Tell whether a target lies in the row space: adding it does not raise the rank."""
    if not len(rows):
        return False
    scale = np.sqrt(sizes)
    weights, *_ = np.linalg.lstsq((rows * scale).T, target * scale, rcond=None)
    rest = target - weights @ rows
    return bool(np.abs(rest).max() < TOLERANCE)


def _shown(cell: Cell) -> Leak:
    """Return the leak of a figure that should have been hidden."""
    why = "all of whom stand at one end" if cell.size >= cell.minimum else "too few"
    what = f"{cell.measure} of {cell.name} is shown for {cell.size} persons, {why}"
    return Leak("shown", what, (str(cell.place),), cell.who, FAULT)
