"""Alignment of the demo client at its chosen level, computed again cell by cell.

Oracle: METHOD, "Alignment at the chosen level": targets linear between whole levels, M and its
exact parts by ordinary weighted least squares with the missing cells left out, index, distance,
built_for, the order of the gaps, and rater noise by a bootstrap of our own.
"""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np
import pytest

from lodestar.engagement.model import Engagement
from tests.independent import plain
from tests.independent.plain import Cell, close, settle
from tests.independent.test_present_level import shown_cells

DRAWS = 300


def target(engagement: Engagement, cell: Cell, level: float) -> float:
    """Return t, linear between whole levels, a function's own where it is given."""
    capability = next(c for c in engagement.framework.capabilities if c.id == cell[0])
    own = capability.target_by_function.get(cell[1], {})
    low = min(math.floor(level), 4)
    below, above = (own.get(k, capability.target[k]) for k in (low, low + 1))
    return below + (above - below) * (level - low)


def shares(engagement: Engagement, cells: dict[Cell, float]) -> dict[Cell, float]:
    w, v = plain.capability_weights(engagement), plain.function_weights(engagement)
    total = sum(w[c] * v[f] for c, f in cells)
    return {(c, f): w[c] * v[f] / total for c, f in cells}


def gaps(engagement: Engagement, cells: dict[Cell, float], level: float) -> dict[Cell, float]:
    return {cell: x - target(engagement, cell, level) for cell, x in cells.items()}


def misalignment(share: dict[Cell, float], gap: dict[Cell, float]) -> float:
    return sum(share[cell] * gap[cell] ** 2 for cell in share)


def fitted(share: dict[Cell, float], gap: dict[Cell, float], by: tuple[int, ...]) -> float:
    """Return the weighted sum of squares of the fit of g minus its mean on these labels."""
    cells = sorted(share)
    centre = sum(share[c] * gap[c] for c in cells)
    labels = sorted({(side, cell[side]) for cell in cells for side in by})
    design = np.array([[float(cell[side] == name) for side, name in labels] for cell in cells])
    root = np.sqrt([share[c] for c in cells])
    wanted = np.array([gap[c] - centre for c in cells])
    solution = np.linalg.lstsq(design * root[:, None], wanted * root, rcond=None)[0]
    return float(np.sum((root * (design @ solution)) ** 2))


def parts(share: dict[Cell, float], gap: dict[Cell, float]) -> dict[str, float]:
    capability, function, both = (fitted(share, gap, by) for by in ((0,), (1,), (0, 1)))
    height = sum(share[c] * gap[c] for c in share) ** 2
    return {
        "height": height,
        "capabilities": (capability + both - function) / 2,
        "functions": (function + both - capability) / 2,
        "local": misalignment(share, gap) - height - both,
    }


def built_for(engagement: Engagement, cells: dict[Cell, float]) -> float:
    share = shares(engagement, cells)
    scores = [
        (settle(misalignment(share, gaps(engagement, cells, k / 10))), k / 10)
        for k in range(10, 51)
    ]
    return min(scores)[1]


def by_rater(engagement: Engagement) -> dict[str, dict[str, list[tuple[Cell, float]]]]:
    """Return each function's raters with all their ratings."""
    found: dict[str, dict[str, list[tuple[Cell, float]]]] = {}
    for row in plain.records(engagement, "ratings"):
        if row["applies"]:
            home = found.setdefault(row["rater_function"] or row["function"], {})
            rating = ((row["capability"], row["function"]), row["level"])
            home.setdefault(row["rater"], []).append(rating)
    return found


def spread(raters: dict[str, dict[str, list[tuple[Cell, float]]]], x: dict[Cell, float]) -> float:
    """Return s, the pooled deviation of raters' mean deviations from the cell medians."""
    squares, freedom = 0.0, 0
    for known in raters.values():
        off = [
            plain.mean(level - x[cell] for cell, level in ratings if cell in x)
            for ratings in known.values()
        ]
        if len(off) >= 2:
            squares += sum((d - plain.mean(off)) ** 2 for d in off)
            freedom += len(off) - 1
    return math.sqrt(squares / freedom)


def one_draw(
    raters: dict[str, dict[str, list[tuple[Cell, float]]]],
    x: dict[Cell, float],
    s: float,
    chance: random.Random,
) -> dict[Cell, float]:
    """Return the cells of one resample of whole raters within functions."""
    said: dict[Cell, list[float]] = {}
    for known in raters.values():
        for name in chance.choices(sorted(known), k=len(known)):
            for cell, level in known[name]:
                said.setdefault(cell, []).append(level)
    drawn = {cell: plain.median(said[cell]) if cell in said else x[cell] for cell in x}
    for function, known in raters.items():
        if len(known) < 3:
            shift = chance.gauss(0, 1) * s / math.sqrt(len(known))
            for cell in x:
                if cell[1] == function:
                    drawn[cell] = plain.clip(x[cell] + shift, 1, 5)
    return drawn


@pytest.fixture(scope="module")
def cells(demo: Engagement) -> dict[Cell, float]:
    return shown_cells(demo)


@pytest.fixture(scope="module")
def share(demo: Engagement, cells: dict[Cell, float]) -> dict[Cell, float]:
    return shares(demo, cells)


@pytest.fixture(scope="module")
def gap(demo: Engagement, cells: dict[Cell, float]) -> dict[Cell, float]:
    assert demo.settings.chosen_level is not None
    return gaps(demo, cells, demo.settings.chosen_level)


@pytest.fixture(scope="module")
def alignment(published: dict[str, Any]) -> dict[str, Any]:
    return published["alignment"]


def test_misalignment_distance_and_index(
    share: dict[Cell, float], gap: dict[Cell, float], alignment: dict[str, Any]
) -> None:
    m = misalignment(share, gap)
    assert close(m, alignment["misalignment"])
    assert close(math.sqrt(m), alignment["distance"])
    assert close(100 * (1 - math.sqrt(m) / 4), alignment["index"], 1e-5)
    assert close(sum(share[c] * gap[c] for c in share), alignment["mean_gap"])


def test_the_parts_are_those_of_the_least_squares_fits(
    share: dict[Cell, float], gap: dict[Cell, float], alignment: dict[str, Any]
) -> None:
    expected = parts(share, gap)
    assert len(share) < len(alignment["capabilities"]) * len(alignment["functions"])
    assert all(close(expected[name], alignment["parts"][name]) for name in expected)
    assert close(sum(alignment["parts"].values()), alignment["misalignment"], 4e-6)


def test_built_for_has_the_least_misalignment(
    demo: Engagement, cells: dict[Cell, float], alignment: dict[str, Any]
) -> None:
    assert alignment["built_for"] == built_for(demo, cells)


def test_gaps_are_ordered_by_weighted_square(
    demo: Engagement,
    cells: dict[Cell, float],
    share: dict[Cell, float],
    gap: dict[Cell, float],
    alignment: dict[str, Any],
) -> None:
    w, v = plain.capability_weights(demo), plain.function_weights(demo)
    order = sorted(gap, key=lambda cell: (-settle(w[cell[0]] * v[cell[1]] * gap[cell] ** 2), cell))
    assert [(row["capability"], row["function"]) for row in alignment["gaps"]] == order
    for row in alignment["gaps"]:
        cell = (row["capability"], row["function"])
        assert close(cells[cell], row["present"])
        assert close(gap[cell], row["gap"])
        assert close(target(demo, cell, 4), row["target"])


def test_each_function_has_its_own_index(
    share: dict[Cell, float], gap: dict[Cell, float], alignment: dict[str, Any]
) -> None:
    for row in alignment["functions"]:
        own = [cell for cell in share if cell[1] == row["function"]]
        total = sum(share[c] for c in own)
        m = sum(share[c] * gap[c] ** 2 for c in own) / total
        assert close(100 * (1 - math.sqrt(m) / 4), row["index"], 1e-5)
        assert close(sum(share[c] * gap[c] for c in own) / total, row["gap"])


def test_the_correction_takes_off_the_noise_of_raters(
    demo: Engagement, cells: dict[Cell, float], share: dict[Cell, float], alignment: dict[str, Any]
) -> None:
    raters, chance = by_rater(demo), random.Random(1)
    s = spread(raters, cells)
    drawn = [
        misalignment(share, gaps(demo, one_draw(raters, cells, s, chance), 4)) for _ in range(DRAWS)
    ]
    noise = plain.mean(drawn) - alignment["misalignment"]
    error = float(np.std(drawn)) / math.sqrt(DRAWS)
    corrected = alignment["corrected"]
    assert abs(noise - corrected["noise"]) < 4 * error
    rest = max(0.0, alignment["misalignment"] - corrected["noise"])
    assert close(100 * (1 - math.sqrt(rest) / 4), corrected["index"], 1e-4)
