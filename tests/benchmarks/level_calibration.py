"""How often the 80 % intervals of the levels hold what unlimited raters would have said."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

import numpy as np

from lodestar.assess.cells import FEWEST, draw_cells
from lodestar.assess.level.profile import by_dimension, by_function, by_square, overall, weigh
from lodestar.assess.level.staged import staged_level
from tests.benchmarks.harness import Row
from tests.benchmarks.level_intervals import FEW, OTHERS, case, expanded
from tests.support.organisations import Organisation, organisation

ABOUT = "Intervals of the present level: how often they hold, by raters a function (two minutes)."

ORGANISATIONS, DRAWS, PRODUCT = 500, 500, "the product's"
KINDS = ("level", "dimensions", "functions")
PANELS: dict[str, tuple[tuple[int, ...], int, bool]] = {
    "2": ((2,), DRAWS, True),
    "2 and 8 by turns": ((2, 8), DRAWS, True),
    "3": ((3,), DRAWS, True),
    "5": ((5,), DRAWS, True),
    "8": ((8,), DRAWS, False),
    "8, with 2,000 draws": ((8,), 2000, False),
    "15": ((15,), DRAWS, False),
}
"""Raters a function, draws, and whether to try other intervals beside the product's."""


@dataclass(frozen=True)
class Level:
    """What one interval says of one organisation.

    ``held`` and ``width`` are means over its level, its dimensions and its functions, in turn;
    ``stage``: mass on the true stage, whether it is the likeliest, whether it is within the 80 %.
    """

    interval: str
    held: tuple[float, ...]
    width: tuple[float, ...]
    stage: tuple[float, bool, bool]


def run() -> list[Row]:
    """Simulate the organisations of every panel."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    rows, stages = [], []
    with get_context("spawn").Pool(2) as pool:
        for panel, (raters, draws, others) in PANELS.items():
            one = partial(levels, raters=raters, draws=draws, others=others)
            found = pool.map(one, range(ORGANISATIONS), chunksize=10)
            rows += list(_rows(panel, found))
            stages.append(_stage(panel, [every[0] for every in found]))
    return rows + stages


def levels(
    seed: int, raters: Sequence[int], draws: int = DRAWS, others: bool = False
) -> list[Level]:
    """Return the intervals of one simulated organisation, the product's first."""
    rng = np.random.default_rng([seed, *raters])
    functions, capabilities = int(rng.integers(6, 13)), int(rng.integers(30, 41))
    made = organisation(rng, np.resize(raters, functions).tolist(), capabilities)
    drawn = draw_cells(made.cells, seed, "level.present", draws)
    assert drawn is not None
    judge = Judge(made)
    found = [judge(PRODUCT, drawn)]
    if others:
        given = case(made.cells, drawn, rng)
        names = [name for name in OTHERS if name != FEW or min(raters) < FEWEST]
        found += [judge(name, np.clip(OTHERS[name](given), 1, 5)) for name in names]
        found.append(judge("expanded percentile", drawn, expanded(given)))
    return found


class Judge:
    """Says of draws of one organisation's cells whether their intervals hold the truth."""

    def __init__(self, made: Organisation) -> None:
        seen = made.cells.present.to_numpy()
        dimension = by_dimension(made.framework, made.shares, seen)
        function = by_function(made.framework, by_square(made.framework, seen))
        self.weights = np.concatenate([overall(made.framework, dimension), dimension, function])
        self.parts = np.cumsum([1, len(dimension)])
        self.key = np.array([d.key for d in made.framework.dimensions])
        self.truth = weigh(made.truth, self.weights)
        self.estimate = weigh(made.cells.x.to_numpy(), self.weights)

    def __call__(
        self, interval: str, cells: np.ndarray, tails: Sequence[float] = (0.1, 0.1, 0.1)
    ) -> Level:
        """Return the judgement of draws of the cells, cut off at the tails of each kind."""
        drawn = weigh(cells, self.weights)
        parts = zip(np.split(drawn, self.parts, axis=1), tails, strict=True)
        cut = [np.quantile(part, [tail, 1 - tail], axis=0) for part, tail in parts]
        low, high = np.concatenate(cut, axis=1)
        low, high = np.minimum(low, self.estimate), np.maximum(high, self.estimate)
        held = (low <= self.truth + 1e-9) & (self.truth <= high + 1e-9)
        return Level(interval, self._means(held), self._means(high - low), self._stage(drawn))

    def _means(self, values: np.ndarray) -> tuple[float, ...]:
        return tuple(float(part.mean()) for part in np.split(values, self.parts))

    def _stage(self, drawn: np.ndarray) -> tuple[float, bool, bool]:
        stages = staged_level(np.split(drawn, self.parts, axis=1)[1], self.key)
        true = staged_level(np.split(self.truth, self.parts)[1], self.key)
        mass = np.bincount(stages.astype(int), minlength=6) / len(stages)
        low, high = np.quantile(stages, [0.1, 0.9], method="nearest")
        return float(mass[int(true)]), bool(mass.argmax() == true), bool(low <= true <= high)


def _rows(panel: str, found: list[list[Level]]) -> Iterator[Row]:
    for every in zip(*found, strict=True):
        held = np.mean([level.held for level in every], axis=0)
        width = np.mean([level.width for level in every], axis=0)
        yield {
            "raters a function": panel,
            "interval": every[0].interval,
            **{
                f"{kind} held (width)": f"{100 * share:.1f} % ({wide:.2f})"
                for kind, share, wide in zip(KINDS, held, width, strict=True)
            },
        }


def _stage(panel: str, found: list[Level]) -> Row:
    mass, likeliest, within = np.mean([level.stage for level in found], axis=0)
    return {
        "raters a function": panel,
        "true stage is the likeliest": f"{100 * likeliest:.0f} %",
        "mass on the true stage": f"{100 * mass:.0f} %",
        "true stage within the central 80 %": f"{100 * within:.0f} %",
    }
