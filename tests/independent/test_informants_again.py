"""Who rates how, and what the level rests on, computed again for the demo client in plain loops.

Oracle: the rules on the page: means over the cells that a function and others both rated, cells
with one to four survey raters on a side left out; shares of the level's weight by best grade.
"""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.engagement.model import Engagement
from tests.independent import plain
from tests.independent.plain import Cell, close, mean
from tests.independent.test_present_level import dimension_levels, shown_cells

GRADES = {"A": "measured", "B": "documented", "C": "stated", "": "none"}


@pytest.fixture(scope="module")
def present(published: dict[str, Any]) -> dict[str, Any]:
    return published["level"]["present"]


def votes(engagement: Engagement) -> dict[Cell, list[dict[str, Any]]]:
    """Return the ratings behind every cell that is shown."""
    shown = shown_cells(engagement)
    out: dict[Cell, list[dict[str, Any]]] = {}
    for row in plain.records(engagement, "ratings"):
        cell = (row["capability"], row["function"])
        if cell in shown and row["applies"] and row["level"] is not None:
            out.setdefault(cell, []).append(row)
    return out


def split(rows: list[dict[str, Any]], informant: str) -> tuple[list[Any], list[Any]]:
    own = [r for r in rows if (r["rater_function"] or r["function"]) == informant]
    return own, [r for r in rows if r not in own]


def enough(rows: list[dict[str, Any]], least: int) -> bool:
    survey = sum(r["basis"] == "survey" for r in rows)
    return survey == 0 or survey >= least


def view(engagement: Engagement, informant: str, of: str | None = None) -> dict[str, Any] | None:
    """Return own and others' mean of cell means, persons on each side and cells."""
    least = engagement.settings.confidentiality.minimum
    pairs = [
        split(rows, informant)
        for cell, rows in votes(engagement).items()
        if of is None or cell[1] == of
    ]
    both = [(a, b) for a, b in pairs if a and b and enough(a, least) and enough(b, least)]
    if not both:
        return None
    sides = [[pair[k] for pair in both] for k in (0, 1)]
    means = [mean(mean(r["level"] for r in rows) for rows in side) for side in sides]
    people = [
        len({(r["rater"], r["rater_function"] or r["function"]) for rows in side for r in rows})
        for side in sides
    ]
    counts = {"n": people[0], "n_others": people[1], "cells": len(both)}
    return {"own": means[0], "others": means[1], "difference": means[0] - means[1], **counts}


def test_each_function_rates_against_others_on_the_same_cells(
    demo: Engagement, present: dict[str, Any]
) -> None:
    assert [row["function"] for row in present["informants"]] == [
        f.id for f in demo.settings.functions
    ]
    for row in present["informants"]:
        for shown, of in ((row, None), (row["self_view"], row["function"])):
            wanted = view(demo, row["function"], of)
            assert not shown["suppressed"]
            for key in ("own", "others", "difference", "n", "n_others", "cells"):
                expected = (wanted or {}).get(key, 0 if key.startswith(("n", "cells")) else None)
                assert close(expected, shown[key]), (row["function"], of, key)
            if wanted:
                assert shown["low"] <= shown["difference"] <= shown["high"]


def test_the_level_with_each_function_counted_once_a_cell(
    demo: Engagement, present: dict[str, Any]
) -> None:
    least = demo.settings.confidentiality.minimum
    cells, changed = shown_cells(demo), 0
    for cell, rows in votes(demo).items():
        groups: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            groups.setdefault(row["rater_function"] or row["function"], []).append(row)
        if len(groups) > 1 and all(enough(group, least) for group in groups.values()):
            changed += 1
            cells[cell] = mean(plain.median(r["level"] for r in g) for g in groups.values())
    level = plain.renormalised(plain.dimension_weights(demo), dimension_levels(demo, cells))
    assert changed == present["balanced"]["cells"]
    assert close(level, present["balanced"]["estimate"])
    assert level is not None
    assert close(level - present["estimate"], present["balanced"]["difference"])


def test_shares_of_evidence_are_levels_of_yes_and_no(
    demo: Engagement, present: dict[str, Any]
) -> None:
    """The share of a grade is the level of cells that are 1 where it is best and 0 elsewhere."""
    best = {
        cell: min(row["evidence_grade"] or "Z" for row in rows).replace("Z", "")
        for cell, rows in votes(demo).items()
    }
    for grade, name in GRADES.items():
        is_best = {cell: float(one == grade) for cell, one in best.items()}
        levels = dimension_levels(demo, is_best)
        overall = plain.renormalised(plain.dimension_weights(demo), levels)
        assert close(overall, present["evidence"][name])
        for row in present["dimensions"]:
            assert close(levels[row["dimension"]], row["evidence"][name])
    for cell in present["evidence"]["to_document"]:
        assert best[cell["capability"], cell["function"]] in ("C", "")
