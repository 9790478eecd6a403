"""The convex hull of a cell's squares: the tightest linear functions below them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import prod

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint

from lodestar.assess.roadmap.solver import relaxed
from lodestar.assess.roadmap.terms import Terms

__all__ = ["WIDEST", "Cut", "Hull", "hulls_of", "lowest"]

WIDEST = 500_000
"""Most ways in all to combine the starts that change terms, for their hulls to be looked at."""

NONE = 1e-7
"""Share of a start below which a relaxed plan takes nothing of it."""

Cut = tuple[int, np.ndarray, float]
"""Term, coefficients of starts and constant: the term is at least coefficients·y + constant."""


class Hull:
    """All values that one term can take, by how far each candidate that changes it is there.

    Parameters
    ----------
    terms : Terms
        From `terms_of`.
    place : int
        Which term.
    candidate : ndarray of int, (starts,)
        Whose each start is.

    Attributes
    ----------
    starts : list of list of ndarray of int
        By candidate and level, the starts that add this much; none at the first level.
    all : ndarray of int
        The starts that change the term.
    ways : int
        How many combinations of levels there are.
    """

    def __init__(self, terms: Terms, place: int, candidate: np.ndarray) -> None:
        self.terms, self.place = terms, place
        rows = np.array([terms.late[place], terms.soon[place]])
        self.starts: list[list[np.ndarray]] = []
        self.adds: list[np.ndarray] = []
        for one in np.unique(candidate[rows.any(axis=0)]):
            mine = np.flatnonzero((candidate == one) & rows.any(axis=0))
            levels, level = np.unique(rows[:, mine], axis=1, return_inverse=True)
            none = np.zeros(0, dtype=int)
            alike = (mine[level.ravel() == each] for each in range(levels.shape[1]))
            self.starts.append([none, *alike])
            self.adds.append(np.hstack([np.zeros((2, 1)), levels]))
        self.all = np.concatenate([starts for levels in self.starts for starts in levels])
        self.ways = prod(levels.shape[1] for levels in self.adds)

    @cached_property
    def values(self) -> np.ndarray:
        """Return the term's value in every combination, one axis a candidate."""
        late, soon = np.zeros(()), np.zeros(())
        for levels in self.adds:
            late, soon = late[..., None] + levels[0], soon[..., None] + levels[1]
        return self.terms.value(self.place, late, soon)

    def shares(self, y: np.ndarray) -> list[np.ndarray]:
        """Return how much of each level a relaxed plan takes; each candidate's sum to 1."""
        made = []
        for levels in self.starts:
            share = np.array([y[starts].sum() for starts in levels])
            share[share < NONE] = 0.0
            share[0] = max(0.0, 1.0 - share.sum())
            share[0] = 0.0 if share[0] < NONE else share[0]
            made.append(share / share.sum())
        return made

    def cut(self, values: np.ndarray, price: Sequence[np.ndarray], base: float) -> Cut:
        """Return the function of starts that has these prices of levels.

        Parameters
        ----------
        values : ndarray
            From `values`.
        price : sequence of ndarray, (levels,) each
            What each level adds; NaN where the greatest that is still below is to be found.
        base : float
            What is added in any case.

        Notes
        -----
        Prices that are missing are found one by one (sequential lifting), each the least by which
        the term rises above the function where only levels priced before are combined with it.
        """
        price = [own.copy() for own in price]
        known = [np.flatnonzero(~np.isnan(own)) for own in price]
        rest = values - base
        for axis, own in enumerate(price):
            rest = rest - _along(np.nan_to_num(own), axis, len(price))
        over = min(0.0, float(rest[np.ix_(*known)].min()))  # the solver's rounding
        rest, base = rest - over, base + over
        for axis, own in enumerate(price):
            for level in np.flatnonzero(np.isnan(own)):
                others = [*known[:axis], np.array([level]), *known[axis + 1 :]]
                own[level] = rest[np.ix_(*others)].min()
                rest[(slice(None),) * axis + (level,)] -= own[level]
                known[axis] = np.append(known[axis], level)
        row = np.zeros(len(self.terms.own))
        for levels, own in zip(self.starts, price, strict=True):
            for starts, adds in zip(levels[1:], own[1:], strict=True):
                row[starts] = adds - own[0]
        return self.place, row, base + float(sum(own[0] for own in price))


def _along(values: np.ndarray, axis: int, axes: int) -> np.ndarray:
    """Return values along one of several axes."""
    return values.reshape([-1 if place == axis else 1 for place in range(axes)])


def hulls_of(terms: Terms, candidate: np.ndarray) -> list[Hull]:
    """Return the hulls of terms, those of fewest combinations first, `WIDEST` in all."""
    made = [Hull(terms, place, candidate) for place in range(terms.count)]
    made.sort(key=lambda hull: (hull.ways, hull.place))
    total = np.cumsum(np.array([hull.ways for hull in made], dtype=float))
    return made[: int((total <= WIDEST).sum())]


def lowest(hulls: Sequence[Hull], y: np.ndarray, u: np.ndarray, least: float) -> list[Cut]:
    """Return the cuts that a relaxed plan breaks by more than `least`, at most one a term.

    Parameters
    ----------
    hulls : sequence of Hull
        Terms to look at.
    y : ndarray, (starts,)
        How much of each start the plan takes.
    u : ndarray, (terms,)
        What the plan counts for each term.
    least : float
        Shortfalls up to which a term is let be.

    Notes
    -----
    The least value that a term can have in a mixture of plans with these shares is a linear
    programme over the combinations of levels taken; its prices make the cut. All terms' programmes
    are solved as one.
    """
    values = [hull.values for hull in hulls]
    shares = [hull.shares(y) for hull in hulls]
    mixtures = [_Mixture(*each) for each in zip(values, shares, strict=True)]
    mixed = [mixture for mixture in mixtures if mixture.rows > 1]
    found = _priced(mixed) if mixed else []
    for mixture, worth in zip(mixed, found, strict=True):
        mixture.worth = worth
    made = []
    for hull, grid, mixture in zip(hulls, values, mixtures, strict=True):
        if mixture.value > u[hull.place] + least:
            made.append(hull.cut(grid, mixture.price, mixture.base))
    return made


class _Mixture:
    """The combinations of the levels that a relaxed plan takes, and the programme over them."""

    def __init__(self, values: np.ndarray, shares: Sequence[np.ndarray]) -> None:
        self.taken = [np.flatnonzero(share) for share in shares]
        inner = values[np.ix_(*self.taken)]
        self.shape, self.cost = inner.shape, inner.ravel()
        self.right = np.concatenate(
            [[1.0], *(share[k[1:]] for share, k in zip(shares, self.taken, strict=True))]
        )
        self.rows = len(self.right)
        self.levels = [len(share) for share in shares]
        self.worth = self.cost[:1]  # of a whole plan: no mixture

    def table(self) -> sparse.csr_array:
        """Return the row of all combinations, then one for each level but the first taken."""
        at = np.indices(self.shape).reshape(len(self.shape), -1)
        rows = [
            at[axis] == level for axis in range(len(at)) for level in range(1, self.shape[axis])
        ]
        return sparse.csr_array(np.vstack([np.ones(len(self.cost)), *rows]))

    @property
    def value(self) -> float:
        """Return the least value of the term in a mixture."""
        return float(self.worth @ self.right)

    @property
    def base(self) -> float:
        """Return the price of any combination at all."""
        return float(self.worth[0])

    @property
    def price(self) -> list[np.ndarray]:
        """Return the price of each level; NaN for those not taken."""
        made, place = [], 1
        for taken, size in zip(self.taken, self.levels, strict=True):
            own = np.full(size, np.nan)
            own[taken[0]] = 0.0
            own[taken[1:]] = self.worth[place : place + len(taken) - 1]
            place += len(taken) - 1
            made.append(own)
        return made


def _priced(mixtures: Sequence[_Mixture]) -> list[np.ndarray]:
    """Return the prices of all rows of several programmes, solved as one."""
    cost = np.concatenate([mixture.cost for mixture in mixtures])
    right = np.concatenate([mixture.right for mixture in mixtures])
    table = sparse.block_diag([mixture.table() for mixture in mixtures], format="csr")
    bounds = Bounds(np.zeros(len(cost)), np.full(len(cost), np.inf))
    found = relaxed(cost, [LinearConstraint(table, right, right)], bounds)
    if found.x is None:
        return [np.zeros(mixture.rows) for mixture in mixtures]
    ends = np.cumsum([mixture.rows for mixture in mixtures])[:-1]
    return np.split(found.eqlin.marginals, ends)
