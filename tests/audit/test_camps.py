"""Camps as an auditor finds them again, and that nobody small follows from them and all else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from lodestar.assess.perspectives import assess
from lodestar.audit.cells import people_cells
from lodestar.audit.model import Cell
from lodestar.audit.people import People
from lodestar.framework.model import Dimension, Framework
from tests.support.builders import engagement, small_framework

SIZES = {"sales": 20, "service": 17, "finance": 3}


def framework() -> Framework:
    """Return the small framework with four subjects of one statement each."""
    small = small_framework()
    item = next(one for one in small.items if one.id == "I03")
    items = tuple(replace(item, id=f"L{i}", dimension=f"D{i}") for i in range(1, 5))
    return small_framework(items=items, dimensions=(*small.dimensions, Dimension("D4", "Four")))


@pytest.fixture(scope="module")
def found() -> tuple[dict[str, Any], list[Cell]]:
    """Return results and cells of a survey with camps and a function too small to show."""
    functions = [f for f, n in SIZES.items() for _ in range(n)]
    rng = np.random.default_rng(3)
    respondents = [
        {"respondent": f"r{i}", "group": "employee", "function": f, "seniority": f"s{i % 3}"}
        for i, f in enumerate(functions)
    ]
    answers = np.where((np.arange(40) % 5 < 2)[:, None], [2, 2, 3, 3], [4, 4, 3, 3])
    answers = np.clip(
        answers + rng.integers(-1, 2, answers.shape) * (rng.random((40, 4)) < 0.4), 1, 5
    )
    skipped = {(0, 0), (39, 1), (25, 1)}
    responses = [
        {"respondent": f"r{i}", "item": f"L{j + 1}", "value": int(answers[i, j])}
        for i in range(40)
        for j in range(4)
        if (i, j) not in skipped
    ]
    tables = {"respondents": respondents, "responses": responses}
    client = engagement(tables, functions=tuple(SIZES), framework=framework())
    results = {"perspectives": assess(client, {})}
    return results, people_cells(results, People(client, 5, {}))


def test_the_means_are_those_of_the_people_found_again(
    found: tuple[dict[str, Any], list[Cell]],
) -> None:
    """Oracle: the mean of the answers of whom the audit puts into the camp."""
    results, cells = found
    assert results["perspectives"]["camps"]["items"]
    camps = [cell for cell in cells if cell.name.startswith("camp ") and cell.shown]
    assert camps
    for cell in camps:
        assert cell.figure == pytest.approx(cell.values.mean())
        assert cell.size >= 5


def test_no_small_function_follows_from_camps_and_groups(
    found: tuple[dict[str, Any], list[Cell]],
) -> None:
    """Law: on every subject, finance is outside the row space of all that is shown."""
    _, cells = found
    for scale in {cell.measure for cell in cells if cell.name.startswith("camp ")}:
        own = [cell for cell in cells if cell.measure == scale]
        shown = np.array([np.isin(np.arange(40), cell.persons) for cell in own if cell.shown])
        small = next(cell for cell in own if cell.name == "employee:finance")
        target = np.isin(np.arange(40), small.persons)
        assert not small.shown
        rank = np.linalg.matrix_rank(shown.astype(float))
        assert np.linalg.matrix_rank(np.vstack([shown, target]).astype(float)) > rank
