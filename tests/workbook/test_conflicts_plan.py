"""The exhibit of the repair plan: what it draws is what the results say."""

from __future__ import annotations

from lodestar.workbook.conflicts.plan import repairs
from tests.support.conflicts import field_results


def test_severity_between_functions_is_that_of_the_matrix_of_functions():
    """Oracle: the same cells before any repair; after, all that is left of the total."""
    section = field_results()["conflicts"]
    cells = section["repairs"]["functions"]
    today = {(c["function_a"], c["function_b"]): c["before"] for c in cells if c["before"]}
    known = {(c["function_a"], c["function_b"]): c["severity"] for c in section["functions"]}
    assert today == known
    after = section["repairs"]["after"]["total_severity"]
    assert 0 <= sum(cell["after"] for cell in cells) <= after + 1e-9
    order = [cell["before"] for cell in cells]
    assert order == sorted(order, reverse=True)


def test_who_gains_is_drawn_and_told():
    results = field_results()
    exhibit = repairs(results)
    (fold,) = exhibit.folds
    drawn = fold.chart.to_dict()
    first = results["conflicts"]["repairs"]["functions"][0]
    assert f"{first['before']:.2f} to " in drawn["description"]
    assert "Hollow: today" in fold.notes[0]
    assert [row[-1] for row in exhibit.table.rows]


def test_only_the_worst_pairs_are_drawn():
    results = field_results()
    section = dict(results["conflicts"])
    cell = section["repairs"]["functions"][0]
    section["repairs"] = {**section["repairs"], "functions": [cell] * 12}
    (fold,) = repairs({**results, "conflicts": section}).folds
    assert "The 10 pairs with most today of 12." in fold.notes[0]
    assert not repairs(
        {**results, "conflicts": {**section, "repairs": {**section["repairs"], "functions": []}}}
    ).folds
