"""How each function rates against the others on the same cells: bias shown, never pooled unseen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lodestar.assess.cells import FEWEST, Cells, rater_spread
from lodestar.assess.level.sides import Sides
from lodestar.confidentiality import Gate
from lodestar.engagement.model import Engagement
from lodestar.stats.draws import DRAWS, generator
from lodestar.stats.resampling import person_counts
from lodestar.stats.rounding import settle

__all__ = ["KEY", "View", "Views", "informant_views"]

KEY = "level.present.informants"


@dataclass(frozen=True)
class View:
    """One function's ratings against the others' of the same cells.

    ``own`` and ``others`` are means over the cells that both rated (NaN where there is none),
    ``draws`` those of their difference (None where nothing tells how far raters differ), ``n`` and
    ``n_others`` persons on each side.
    """

    own: float
    others: float
    draws: np.ndarray | None
    n: int
    n_others: int
    cells: int
    suppressed: bool = False

    @property
    def difference(self) -> float:
        """Return how much higher the function rates than the others do, in levels."""
        return float(settle(self.own - self.others))


WITHHELD = View(np.nan, np.nan, None, 0, 0, 0, suppressed=True)


@dataclass(frozen=True)
class Views:
    """By function: ``all`` the cells it shares with others, and its ``own`` work alone."""

    all: dict[str, View]
    own: dict[str, View]


def informant_views(engagement: Engagement, cells: Cells) -> Views:
    """Return how each informant function rates against the others on the cells both rated.

    Parameters
    ----------
    engagement : Engagement
        For the basis of ratings, the functions, the threshold and the seed.
    cells : Cells
        The matrix with the votes behind it; an informant is of the rater's own function, or of
        the rated one where none is given.

    Returns
    -------
    Views
        A view for each function: over all cells, and over the cells of its own work.

    Notes
    -----
    Paired on cells, so that what was rated confounds nothing: in each cell the mean of the
    function's raters and the mean of all others; then plain means over the cells. Marketing and
    other informants fit different factors (Kohli, Jaworski & Kumar 1993).

    Draws: whole raters resampled within function; a cell without raters on a side leaves that
    draw. A side of fewer than three persons is shifted by z · s / √n instead, as in `draw_cells`.

    Confidence: a cell with 1 to minimum − 1 survey raters on a side is left out; a view goes when
    none remains, when all survey raters of a side gave one extreme, or when few would follow from
    the other views (`hide_overlaps`).
    """
    functions = [f.id for f in engagement.settings.functions]
    board = Sides(engagement, cells, functions)
    gate = Gate.of(engagement.settings)
    shared = board.both(board.counts)
    released = shared & board.releasable(gate)
    column = np.arange(shared.shape[1]) % len(functions)
    inside = column[None] == np.arange(len(functions))[:, None]
    wanted = np.concatenate([shared, shared & inside])
    used = np.concatenate([released, released & inside])
    hidden = wanted.any(axis=1) & ~used.any(axis=1)
    hidden |= board.overlapping(used, gate)
    drawn = _Drawn(board, rater_spread(cells), engagement.settings.seed, np.any(used, axis=0))
    views = [WITHHELD if hidden[r] else drawn.view(r, used[r]) for r in range(len(used))]
    count = len(functions)
    return Views(
        dict(zip(functions, views[:count], strict=True)),
        dict(zip(functions, views[count:], strict=True)),
    )


class _Drawn:
    """Sums and counts of resampled raters, for the cells that some view uses."""

    def __init__(self, board: Sides, spread: float | None, seed: int, cells: np.ndarray) -> None:
        self.board, self.spread = board, spread
        self.position = np.cumsum(cells) - 1
        self.rng = generator(seed, KEY)
        kept = cells[board.place]
        shape = (len(board.functions), DRAWS, int(cells.sum()))
        self.sums, self.counts = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        for f in np.argsort(np.array(board.functions, dtype=object)):
            self._resample(int(f), board.who == f, kept)
        self.total = self.sums.sum(axis=0), self.counts.sum(axis=0)
        self.shifts = self.rng.standard_normal((2 * len(board.functions), 2, DRAWS))

    def _resample(self, f: int, mine: np.ndarray, kept: np.ndarray) -> None:
        """Fill in one function's sums and counts, its raters drawn as whole persons."""
        if not (mine & kept).any():
            return
        who = np.unique(self.board.person[mine], return_inverse=True)[1]
        times = person_counts(int(who.max()) + 1, self.rng)
        inside = kept[mine]
        at = who[inside], self.position[self.board.place[mine][inside]]
        told = np.zeros((times.shape[1], self.counts.shape[2]), np.float32)
        told[at] = 1.0
        self.counts[f] = times @ told
        told[at] = self.board.level[mine][inside]
        self.sums[f] = times @ told

    def view(self, r: int, used: np.ndarray) -> View:
        """Return the view of function r (counted modulo the functions) over the cells used."""
        board, f = self.board, r % len(self.board.functions)
        if not used.any():
            return View(np.nan, np.nan, None, 0, 0, 0)
        here = used[board.place]
        n = board.persons(here & (board.who == f)), board.persons(here & (board.who != f))
        sums, counts = board.sums[:, used], board.counts[:, used]
        own = sums[f] / counts[f]
        others = (sums.sum(axis=0) - sums[f]) / (counts.sum(axis=0) - counts[f])
        draws = self._differences(f, r, used, (own, others), n)
        return View(float(own.mean()), float(others.mean()), draws, *n, int(used.sum()))

    def _differences(
        self,
        f: int,
        r: int,
        used: np.ndarray,
        observed: tuple[np.ndarray, np.ndarray],
        n: tuple[int, int],
    ) -> np.ndarray | None:
        """Return the draws of a difference; None when a side is few and no spread is known."""
        if min(n) < FEWEST and self.spread is None:
            return None
        at = self.position[used]
        own = self._of(self.sums[f], at), self._of(self.counts[f], at)
        total = tuple(self._of(one, at) for one in self.total)
        others = total[0] - own[0], total[1] - own[1]
        sides = [
            self._shifted(observed[s], self.shifts[r, s], n[s])
            if n[s] < FEWEST
            else np.divide(*side, out=np.full(side[0].shape, np.nan), where=side[1] > 0)
            for s, side in enumerate((own, others))
        ]
        apart = sides[0] - sides[1]
        known = ~np.isnan(apart)
        sums = np.where(known, apart, 0.0).sum(axis=1)
        mean = np.divide(
            sums, known.sum(axis=1), out=np.full(DRAWS, np.nan), where=known.any(axis=1)
        )
        return np.asarray(settle(mean))

    def _of(self, drawn: np.ndarray, at: np.ndarray) -> np.ndarray:
        """Return the draws of some cells, precise enough to divide."""
        return drawn[:, at].astype(float)

    def _shifted(self, observed: np.ndarray, z: np.ndarray, n: int) -> np.ndarray:
        """Return the observed means of a side of few persons, shifted by the raters' spread."""
        shift = z * (self.spread or 0.0) / np.sqrt(n)
        return np.asarray(observed[None] + shift[:, None])
