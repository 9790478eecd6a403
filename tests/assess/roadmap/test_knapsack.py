"""Published knapsack problems through the portfolio's budget."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from lodestar.assess.roadmap import OUT, Problem, choose
from tests.support.portfolios import budget, problem

VECTORS = json.loads((Path(__file__).parents[2] / "oracles/knapsack.json").read_text("utf-8"))


def knapsack(weights: list[float], profits: list[float], room: float) -> Problem:
    """A cell of its own for each candidate; closing it lowers the sum of squares by its profit."""
    root = np.sqrt(profits)
    effects = [(i, float(size), [i]) for i, size in enumerate(root)]
    return problem(-root, effects, len(root), resources=[budget(weights, [room])], cost=weights)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["name"])
def test_published_optimum(vector: dict) -> None:
    """Oracle: KNAPSACK_01 P01 (309) and P07 (1458), J. Burkardt, Florida State University."""
    given, expected = vector["input"], vector["expected"]
    of = knapsack(given["weights"], given["profits"], given["capacity"])
    found = choose(of)
    assert found is not None
    assert found.optimal
    profit = sum(given["profits"]) - found.misalignment * of.size
    assert profit == pytest.approx(expected["optimum"])
    if "x" in expected:
        assert (found.starts != OUT).astype(int).tolist() == expected["x"]
