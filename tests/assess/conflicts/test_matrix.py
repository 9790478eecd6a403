"""The roof of measures. Oracles: each pair's sign class asked alone; small maps by hand."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from lodestar.assess.conflicts import detect
from lodestar.assess.conflicts.finders import Finders
from lodestar.assess.conflicts.matrix import MOST, matrix
from lodestar.assess.conflicts.register import register_of
from lodestar.assess.conflicts.signs import Signs
from tests.support.conflicts import (
    CASES,
    DOUBT,
    LEVER,
    TARGET,
    engagement_of,
    field_results,
    link,
    metric,
    outcome,
)


def made(tables):
    register = register_of(engagement_of(tables))
    return matrix(Finders(register), detect(register).items)


def signs_of(tables):
    return {(cell["a"], cell["b"]): cell["sign"] for cell in made(tables)["cells"]}


def test_the_field_case_by_hand():
    cells = {
        frozenset((c["a"], c["b"])): c for c in field_results()["conflicts"]["matrix"]["cells"]
    }
    clash = cells[frozenset(("logistics_cost", "service_cost"))]
    assert (clash["sign"], clash["severe"]) == ("opposing", True)
    assert cells[frozenset(("contracts_signed", "profit"))]["sign"] == "reinforcing"
    assert cells[frozenset(("contracts_signed", "profit"))]["severity"] == 0.0
    assert frozenset(("logistics_cost", "contracts_signed")) not in cells


@pytest.mark.parametrize(("tables", "sign"), [(DOUBT, "mixed"), (TARGET, "conditional")])
def test_a_pair_in_doubt_is_never_plainly_opposing(tables, sign):
    assert signs_of(tables) == {("a", "b"): sign}


def test_a_lever_sets_two_measures_against_each_other_without_a_path():
    assert set(signs_of(LEVER).values()) == {"opposing"}


def test_one_way_helping_and_the_other_hurting_is_mixed():
    tables = {
        "metrics": [metric("a", "sales"), metric("b", "service")],
        "links": [link("a", "b", "+", 0.5), link("b", "a", "-", 0.5)],
    }
    assert signs_of(tables) == {("a", "b"): "mixed"}


@pytest.mark.parametrize("name", CASES)
def test_every_cell_says_what_its_pair_says_when_asked_alone(name):
    register = register_of(engagement_of(CASES[name]))
    alone = Signs(register.links)
    found = made(CASES[name])
    rows = [m["metric"] for m in found["metrics"]]
    for a, b in product(rows, [o["outcome"] for o in found["outcomes"]]):
        first, second = register.at(a), register.at(b)
        way = register.direction[first]
        said = alone.of(first, second)
        cell = [c["sign"] for c in found["cells"] if (c["a"], c["b"]) == (a, b)]
        if said.word == "none" or way == 0:
            assert cell == []
        else:
            assert cell == [said.told(way) if np.isfinite(way) else "conditional"]


@pytest.mark.parametrize("name", CASES)
def test_every_conflict_between_two_ends_of_the_matrix_has_its_cell(name):
    section = field_results(CASES[name])["conflicts"]
    found = section["matrix"]
    shown = {m["metric"] for m in found["metrics"]} | {o["outcome"] for o in found["outcomes"]}
    cells = {frozenset((c["a"], c["b"])): c for c in found["cells"]}
    for item in section["items"]:
        if {item["a"], item["b"]} <= shown:
            cell = cells[frozenset((item["a"], item["b"]))]
            assert cell["severity"] >= item["severity"]
            assert cell["severe"] >= item["severe"]
            assert cell["sign"] != "reinforcing"


def test_a_large_register_keeps_its_worst_and_says_how_many_there_are():
    many = MOST + 5
    tables = {
        "metrics": [metric(f"m{i:02}", "sales" if i % 2 else "service") for i in range(many)],
        "outcomes": [outcome("o")],
        "links": [link("m44", "o", "-", 0.9), link("m43", "o", "-", 0.5)],
    }
    found = made(tables)
    assert (len(found["metrics"]), found["metrics_total"]) == (MOST, many)
    kept = [m["metric"] for m in found["metrics"]]
    assert {"m44", "m43"} <= set(kept)
    functions = [m["function"] for m in found["metrics"]]
    assert functions == sorted(functions, key=functions.index), "one function after the other"
