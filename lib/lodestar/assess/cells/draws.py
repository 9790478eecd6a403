"""Draws of the cells: whole raters resampled, few-rater functions shifted by the raters' spread."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lodestar.assess.cells.matrix import Cells, cell_matrix
from lodestar.engagement.model import Engagement
from lodestar.stats.draws import DRAWS, generator
from lodestar.stats.resampling import person_counts

__all__ = ["FEWEST", "cell_draws", "draw_cells", "few_raters", "rater_spread"]

FEWEST = 3
"""Raters a function needs for its own resampling to say something."""


def cell_draws(engagement: Engagement, key: str) -> np.ndarray | None:
    """Return draws of the capability × function matrix under rater resampling.

    Parameters
    ----------
    engagement : Engagement
        Its ratings, framework, functions and seed are used.
    key : str
        Results key that owns the draws, e.g. ``level.present``.

    Returns
    -------
    numpy.ndarray or None
        Shape (2000, capabilities, functions), levels 1-5, NaN where a cell is missing; None when
        nothing tells how far raters differ (see `draw_cells`).
    """
    return draw_cells(cell_matrix(engagement), engagement.settings.seed, key)


def draw_cells(cells: Cells, seed: int, key: str, draws: int = DRAWS) -> np.ndarray | None:
    """Return draws of the matrix of `cells`.

    Parameters
    ----------
    cells : Cells
        The matrix and the votes behind it.
    seed : int
        Seed of the engagement.
    key : str
        Results key that owns the draws.
    draws : int, default 2000
        Number of draws.

    Returns
    -------
    numpy.ndarray of float, or None
        Shape (draws, capabilities, functions). None when a function has fewer than three raters
        and no function has two, so that no spread between raters can be estimated.

    Notes
    -----
    Raters are resampled as whole persons within function (their own, else the rated one) with all
    their ratings; a cell that loses all its raters keeps its observed value. In a function f with
    fewer than three raters x*_cf = clip(x_cf + z_f · s / √n_f, 1, 5), one standard normal z_f a
    draw, s from `rater_spread`. Strata and functions are taken in the order of their names, so the
    order of rows changes nothing.
    """
    votes = _numbered(cells)
    means = _rater_means(cells, votes)
    few, spread = _few(cells, means), _spread(means)
    if few and spread is None:
        return None
    rng = generator(seed, key)
    shape = cells.x.shape
    shifted = cells.x.columns.get_indexer(pd.Index(list(few), dtype=object))
    resampled = votes[~np.isin(votes["place"] % shape[1], shifted)]
    out = np.repeat(cells.x.to_numpy()[None], draws, axis=0)
    out = _resample(resampled, out.reshape(draws, -1), rng).reshape(draws, *shape)
    for column, raters in zip(shifted, few.values(), strict=True):
        shift = rng.standard_normal(draws) * (spread or 0.0) / np.sqrt(raters)
        out[:, :, column] = np.clip(out[:, :, column] + shift[:, None], 1, 5)
    return out


def few_raters(cells: Cells) -> dict[str, int]:
    """Return the functions rated by one or two persons only, with their number, by name."""
    return _few(cells, _rater_means(cells, _numbered(cells)))


def rater_spread(cells: Cells) -> float | None:
    """Return how far raters of one function differ in general severity, in levels.

    Parameters
    ----------
    cells : Cells
        The matrix and the votes behind it.

    Returns
    -------
    float or None
        s, the pooled within-function standard deviation (degrees of freedom: raters − functions)
        of raters' mean deviations from the cell medians; None when no function has two raters.
    """
    return _spread(_rater_means(cells, _numbered(cells)))


def _numbered(cells: Cells) -> pd.DataFrame:
    """Return the votes with numbers for names, in the order of names: numbers group fast."""
    rows, columns = cells.places()
    order = np.empty(cells.x.shape[1], dtype=int)
    order[np.argsort(cells.x.columns.to_numpy(dtype=object))] = np.arange(len(order))
    return pd.DataFrame(
        {
            "place": rows * len(order) + columns,
            "function": order[columns],
            "stratum": pd.factorize(cells.votes["stratum"], sort=True)[0],
            "person": pd.factorize(cells.votes["person"], sort=True)[0],
            "level": cells.votes["level"].to_numpy(),
        }
    )


def _rater_means(cells: Cells, votes: pd.DataFrame) -> pd.DataFrame:
    """Return each rater's mean deviation from the cell medians, one row a rater and function."""
    deviation = votes["level"] - cells.x.to_numpy().ravel()[votes["place"]]
    by = [votes["function"], votes["stratum"], votes["person"]]
    return deviation.rename("deviation").groupby(by).mean().reset_index()


def _few(cells: Cells, means: pd.DataFrame) -> dict[str, int]:
    """Return functions with fewer than three raters, with their number, by name."""
    names = sorted(cells.x.columns)
    persons = means.groupby("function").size()
    raters = zip(persons.index.to_numpy(), persons.to_numpy(), strict=True)
    return {str(names[f]): int(n) for f, n in raters if n < FEWEST}


def _spread(means: pd.DataFrame) -> float | None:
    """Return the pooled standard deviation of raters within functions."""
    groups = means.groupby("function")["deviation"]
    freedom = int((groups.size() - 1).sum())
    if freedom < 1:
        return None
    within = means["deviation"] - groups.transform("mean")
    return float(np.sqrt(np.square(within).sum() / freedom))


def _resample(votes: pd.DataFrame, observed: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return draws × cells of medians over resampled persons, stratum by stratum."""
    if votes.empty:
        return observed
    draws, size = observed.shape
    grid = np.unique(votes["level"])
    balance = np.zeros((size, len(grid), draws), dtype=np.float32)
    place, person = votes["place"].to_numpy(), votes["person"].to_numpy()
    step = np.searchsorted(grid, votes["level"])
    for _, rows in sorted(votes.groupby("stratum").indices.items()):
        people = pd.factorize(person[rows], sort=True)[0]
        counts = person_counts(int(people.max()) + 1, rng, draws)
        rated, columns = np.unique(place[rows], return_inverse=True)
        balance[rated] += _balance(people, columns, step[rows], len(rated), len(grid), counts)
    return _median(balance, grid, observed)


def _balance(
    people: np.ndarray,
    columns: np.ndarray,
    step: np.ndarray,
    cells: int,
    levels: int,
    counts: np.ndarray,
) -> np.ndarray:
    """Return, for each cell and level, votes at or below the level minus votes above it."""
    votes = np.zeros((counts.shape[1], cells, levels), dtype=np.float32)
    votes[people, columns] = np.where(np.arange(levels) >= step[:, None], 1.0, -1.0)
    return (votes.reshape(counts.shape[1], -1).T @ counts.T).reshape(cells, levels, -1)


def _median(balance: np.ndarray, grid: np.ndarray, observed: np.ndarray) -> np.ndarray:
    """Return the weighted medians; a cell without votes in a draw keeps its observed value.

    The lower median stands above every level whose balance is negative, the upper one above every
    level whose balance is not positive; their mean is the median. At the top level the balance is
    the number of votes.
    """
    lower = np.full((balance.shape[0], balance.shape[2]), grid[0])
    upper = lower.copy()
    for position, height in enumerate(np.diff(grid)):
        lower += height * (balance[:, position] < 0)
        upper += height * (balance[:, position] <= 0)
    voted = balance[:, -1] > 0
    return np.where(voted, (lower + upper) / 2, observed.T).T
