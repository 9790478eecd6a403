"""Camps planted across functions are found, others are not, and few persons never follow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.perspectives.camp_counts import camp_functions, camp_means
from lodestar.assess.perspectives.camps import camps
from lodestar.assess.perspectives.groups import Group
from lodestar.confidentiality import Gate
from tests.assess.perspectives.views import seen

FUNCTIONS = ["sales"] * 20 + ["service"] * 18 + ["finance"] * 12


def planted(apart: float, hidden: tuple[str, ...] = ()) -> tuple[np.ndarray, Any]:
    """Return who is in the second camp (every other person), and the section's input."""
    rng = np.random.default_rng(5)
    second = np.arange(50) % 5 < 2
    scores = np.clip(3 + rng.normal(0, 0.35, (50, 4)), 1, 5)
    scores[second, :2] -= apart
    people = [{"group": "employee", "function": f} for f in FUNCTIONS]
    return second, seen(people, scores, hidden)


def test_camps_that_cut_across_functions_are_found() -> None:
    """Oracle: 30 and 20 planted, apart on the first two of four subjects."""
    second, made = planted(1.8)
    found = camps(*made, Gate(), 2026)
    assert [row["n"] for row in found["items"]] == [30, 20]
    assert found["p"] <= 0.05
    means = {(row["scale"], row["camp"]): row["mean"] for row in found["subjects"]}
    person = made[0]["S0.level"]
    assert means["S0.level", 1] == pytest.approx(person[~second].mean())
    assert means["S0.level", 2] == pytest.approx(person[second].mean())
    assert found["association"] <= 0.2
    assert found["association_p"] > 0.05
    counts = {(row["function"], row["camp"]): row["n"] for row in found["functions"]}
    assert counts["sales", 1] in (12, None)
    assert sum(row["suppressed"] for row in found["functions"]) < len(found["functions"])


def test_one_camp_where_nothing_parts_people() -> None:
    """Oracle: the same people without the planted distance; no number but the test is told."""
    found = camps(*planted(0.0)[1], Gate(), 2026)
    for name in ("items", "subjects", "functions"):
        assert found[name] == []
        assert found[f"{name}_reason"].startswith("One camp")
    assert found["p"] > 0.05
    assert found["association"] is None


def test_too_few_people_are_not_split() -> None:
    """Oracle: 19 employees at a threshold of 5; nobody at all; customers only."""
    rng = np.random.default_rng(1)
    for people in ([{"group": "employee"}] * 19, [{"group": "customer"}] * 40):
        made = seen(people, rng.normal(3, 1, (len(people), 4)))
        assert camps(*made, Gate(), 1)["items_reason"].startswith("Too few")


def test_a_camp_stays_hidden_where_a_small_group_would_follow() -> None:
    """Oracle: camps 12 + 11 less a shown group of 20 leave the three of a hidden function."""
    people = [{"group": "employee", "function": "a" if i < 20 else "b"} for i in range(23)]
    scores = np.random.default_rng(3).normal(3, 1, (23, 1))
    persons, cells, found = seen(people, scores, ("employee", "employee:b"))
    camp = np.arange(23) % 2
    rows = camp_means(persons, cells, found, camp, Gate())
    assert rows["suppressed"].sum() >= 1
    assert rows.loc[rows["suppressed"], ["n", "mean"]].isna().all(axis=None)
    whole = cells.assign(suppressed=cells["group"].ne("employee"))
    assert not camp_means(persons, whole, found, camp, Gate())["suppressed"].any()


def test_a_camp_at_one_extreme_is_not_given_a_mean() -> None:
    """Oracle: everybody's answer would be known from a mean of 1."""
    people = [{"group": "employee", "function": "a"} for _ in range(20)]
    camp = np.arange(20) % 2
    scores = np.where(camp, 1.0, np.linspace(2, 4, 20))[:, None]
    persons, cells, found = seen(people, scores, ("employee", "employee:a"))
    rows = camp_means(persons, cells, found, camp, Gate()).set_index("camp")
    assert bool(rows.loc[2, "suppressed"])


def test_a_function_of_one_camp_is_not_counted() -> None:
    """Oracle: all ten of finance are in camp 1: a count would tell each one's camp."""
    camp = np.array([0] * 10 + [0] * 12 + [1] * 8 + [0] * 6 + [1] * 14)
    places = {"finance": range(10), "sales": range(10, 30), "service": range(30, 50)}
    functions = [
        Group(f"employee:{name}", "function", np.isin(np.arange(50), list(range_)))
        for name, range_ in places.items()
    ]
    found = camp_functions(camp, functions, Gate(), np.random.default_rng(1))["functions"]
    hidden = {row["function"] for row in found if row["suppressed"]}
    assert "finance" in hidden
    shown = {(row["function"], row["camp"]) for row in found if not row["suppressed"]}
    assert ("sales", 1) not in shown or ("service", 1) not in shown


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=4))
def test_no_hidden_count_follows_from_the_margins(sizes: list[tuple[int, int]]) -> None:
    """Law: given camps' and split functions' sizes, no count under five is determined."""
    pairs = [pair for pair in sizes if sum(pair)]
    camp = np.concatenate([np.repeat([0, 1], pair) for pair in pairs] or [np.zeros(0, int)])
    if len(pairs) < 2 or min((camp == 0).sum(), (camp == 1).sum()) < 5:
        return
    owner = np.repeat(np.arange(len(pairs)), [sum(pair) for pair in pairs])
    functions = [Group(f"employee:f{i}", "function", owner == i) for i in range(len(pairs))]
    found = camp_functions(camp, functions, Gate(), np.random.default_rng(1))["functions"]
    cells = np.eye(2 * len(pairs))
    shown = [cells[i] for i, row in enumerate(found) if not row["suppressed"]]
    known = [cells[2 * i] + cells[2 * i + 1] for i, p in enumerate(pairs) if all(p) and sum(p) > 4]
    margins = [cells[0::2].sum(axis=0), cells[1::2].sum(axis=0)]
    told = np.array([*shown, *known, *margins])
    rank = np.linalg.matrix_rank(told)
    for i, pair in enumerate(pairs):
        for j in (0, 1):
            if 0 < pair[j] < 5:
                assert np.linalg.matrix_rank(np.vstack([told, cells[2 * i + j]])) > rank
