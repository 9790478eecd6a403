"""The present level from ratings: profile, continuous and staged level, their draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lodestar.assess.alignment.measure import coverage
from lodestar.assess.alignment.targets import cell_weights, target_at, target_points
from lodestar.assess.cells import Cells, cell_matrix, draw_cells
from lodestar.assess.level.profile import by_dimension, by_function, by_square, overall, weigh
from lodestar.assess.level.staged import gated, shares_reaching, staged_level
from lodestar.engagement.model import Engagement
from lodestar.framework.model import Framework

__all__ = ["KEY", "Present", "dimension_targets", "present", "staging"]

KEY = "level.present"


@dataclass(frozen=True)
class Present:
    """The present level with its profile; ``drawn_*`` are None when nothing can be drawn.

    ``dimensions`` (dimensions,), ``functions`` (functions,), ``squares`` (functions × dimensions),
    ``capabilities`` (capabilities,) are levels 1-5, NaN where missing; ``drawn_dimensions``,
    ``drawn_functions`` and ``drawn`` have the draws in front. ``staging`` holds the positions of
    the dimensions that can be staged: the key ones, and the others that have capabilities (a
    client may add dimensions that only its survey knows). ``weights`` (dimensions × capabilities ×
    functions) and ``shares`` (capabilities × functions) say how much each cell weighs in its
    dimension and in the level.
    """

    cells: Cells
    key: np.ndarray
    staging: np.ndarray
    estimate: float
    dimensions: np.ndarray
    functions: np.ndarray
    squares: np.ndarray
    capabilities: np.ndarray
    staged: float
    gated: float
    coverage: float
    weights: np.ndarray
    shares: np.ndarray
    drawn: np.ndarray | None
    drawn_dimensions: np.ndarray | None
    drawn_functions: np.ndarray | None

    @property
    def drawn_staged(self) -> np.ndarray | None:
        """Return the staged level of each draw."""
        drawn = self.drawn_dimensions
        if drawn is None:
            return None
        return staged_level(drawn[:, self.staging], self.key[self.staging])


def present(engagement: Engagement) -> Present:
    """Return the present level of an engagement's current period.

    Parameters
    ----------
    engagement : Engagement
        Ratings, framework, functions and seed are used.

    Returns
    -------
    Present
        Continuous level = Σ dimension weight share · dimension; staged level, gated level and
        coverage beside it.
    """
    cells = cell_matrix(engagement)
    framework, shares = engagement.framework, engagement.function_shares().to_numpy()
    x, seen = cells.x.to_numpy(), cells.present.to_numpy()
    drawn = draw_cells(cells, engagement.settings.seed, KEY) if seen.any() else None
    dimension = by_dimension(framework, shares, seen)
    level, squares = overall(framework, dimension), by_square(framework, seen)
    function = by_function(framework, squares)
    key = np.array([d.key for d in framework.dimensions], dtype=bool)
    shown = staging(framework)
    weights = cell_weights(framework, shares)
    levels = weigh(x, dimension)
    return Present(
        cells=cells,
        key=key,
        staging=shown,
        estimate=float(weigh(x, level)[0]),
        dimensions=levels,
        functions=weigh(x, function),
        squares=np.array([weigh(x, one) for one in squares]),
        capabilities=_rows(x, shares),
        staged=staged_level(levels[shown], key[shown]),
        gated=gated(shares_reaching(x, weights)) if seen.any() else float("nan"),
        coverage=coverage(x, cells.applicable.to_numpy(), weights),
        weights=dimension,
        shares=level[0],
        drawn=None if drawn is None else weigh(drawn, level)[:, 0],
        drawn_dimensions=None if drawn is None else weigh(drawn, dimension),
        drawn_functions=None if drawn is None else weigh(drawn, function),
    )


def staging(framework: Framework) -> np.ndarray:
    """Return the positions of the dimensions that are key or have capabilities."""
    owners = {c.dimension for c in framework.capabilities}
    return np.flatnonzero([d.key or d.id in owners for d in framework.dimensions])


def dimension_targets(engagement: Engagement, found: Present) -> np.ndarray:
    """Return what the chosen level needs of each dimension: the target profile, weighed alike.

    Parameters
    ----------
    engagement : Engagement
        For the chosen level, the framework's targets and the functions' weights.
    found : Present
        For which cells apply.

    Returns
    -------
    numpy.ndarray
        Shape (dimensions,), levels 1-5 over all applicable cells; NaN without a chosen level.
    """
    framework, chosen = engagement.framework, engagement.settings.chosen_level
    if chosen is None:
        return np.full(len(framework.dimensions), np.nan)
    points = target_points(framework, list(found.cells.x.columns))
    shares = engagement.function_shares().to_numpy()
    weights = by_dimension(framework, shares, found.cells.applicable.to_numpy())
    return weigh(target_at(points, chosen), weights)


def _rows(x: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return each capability's level over functions, renormalised over those that have it."""
    seen = ~np.isnan(x) * shares
    total = seen.sum(axis=1)
    mean = np.nansum(x * shares, axis=1)
    return np.divide(mean, total, out=np.full(len(x), np.nan), where=total > 0)
