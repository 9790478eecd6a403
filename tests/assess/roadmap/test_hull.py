"""Cuts below the squares, against every whole plan; the proof beside the answer at once."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.roadmap import OUT, Problem, choose
from lodestar.assess.roadmap.falls import Falls
from lodestar.assess.roadmap.hull import hulls_of, lowest
from lodestar.assess.roadmap.programme import Programme
from lodestar.assess.roadmap.terms import terms_of
from tests.support.portfolios import budget, capacity, every_plan, problem


def drawn(seed: int, overshoot: float = 1.0) -> Problem:
    """Four candidates in three quarters, late effects that show in part, three shared cells."""
    rng = np.random.default_rng(seed)
    size = rng.uniform(-0.5, 1.5, 8).round(2)
    effects = [(i % 4, float(size[i]) or 1.0, [int(rng.integers(3))]) for i in range(8)]
    cost = rng.integers(1, 6, 4).tolist()
    limits = [capacity([1] * 4, [2] * 3), budget(cost, [4] * 3)]
    months = np.full(4, 16.0)
    gap = rng.uniform(-2, 0, 3).round(2)
    return problem(gap, effects, 4, 3, limits, cost, months=months, overshoot=overshoot)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([1.0, 0.3, 2.5]))
def test_a_cut_is_below_its_term_in_every_plan_and_meets_it_at_its_own(
    seed: int, over: float
) -> None:
    """Oracle: the term's value at every combination of starts, tried one by one."""
    of = drawn(seed, over)
    programme = Programme(of, of.open)
    terms = terms_of(of, programme.candidate, programme.quarter)
    hulls = hulls_of(terms, programme.candidate)
    starts = [np.array(plan) for plan in product(range(OUT, 3), repeat=of.size)]
    plans = np.array([plan[programme.candidate] == programme.quarter for plan in starts], float)
    changes = [(plans @ terms.late[k], plans @ terms.soon[k]) for k in range(terms.count)]
    values = np.array([terms.value(k, *each) for k, each in enumerate(changes)]).T
    rng = np.random.default_rng(seed)
    mixed = rng.dirichlet(np.full(len(plans), 0.01)) @ plans
    for y in (mixed, plans[rng.integers(len(plans))]):
        nothing = np.full(terms.count, -np.inf)
        for term, row, constant in lowest(hulls, y, nothing, 0.0):
            assert (plans @ row + constant <= values[:, term] + 1e-7).all()
            if np.isin(y, (0.0, 1.0)).all():
                own = terms.value(term, terms.late[term] @ y, terms.soon[term] @ y)
                assert row @ y + constant == pytest.approx(float(own), abs=1e-7)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([1.0, 0.3, 2.5]))
def test_terms_and_moves_equal_the_m_of_whole_plans(seed: int, over: float) -> None:
    """Oracle: `Problem.counted` before and after each move, one by one."""
    of = drawn(seed, over)
    programme = Programme(of, of.open)
    candidate, quarter = programme.candidate, programme.quarter
    terms, falls = terms_of(of, candidate, quarter), Falls(of, candidate, quarter)
    for plan in every_plan(of)[::17]:
        taken = np.flatnonzero(plan[candidate] == quarter)
        made, m = falls.of(taken), of.counted(plan)
        assert terms.total((plan[candidate] == quarter).astype(float)) == pytest.approx(m)
        for out in range(1 + len(taken)):
            for into in range(1 + len(candidate)):
                moved = plan.copy()
                if out:
                    moved[candidate[taken[out - 1]]] = OUT
                if into and moved[candidate[into - 1]] != OUT:
                    continue
                if into:
                    moved[candidate[into - 1]] = quarter[into - 1]
                assert made[out, into] == pytest.approx(of.counted(moved) - m, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_nothing_counts_for_less_than_it_shows(seed: int) -> None:
    """M as counted is M where nobody waits, and never less; it knows nothing of money."""
    of = drawn(seed)
    for plan in every_plan(of)[::11]:
        prompt = np.where(plan == OUT, OUT, of.soonest)
        assert of.counted(plan) >= of.misalignment(plan) - 1e-12
        assert of.counted(plan) >= of.misalignment(prompt) - 1e-12
        assert of.counted(prompt) == pytest.approx(of.misalignment(prompt))
        assert of.with_budget(0.5).counted(plan) == of.counted(plan)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_the_search_is_never_worse_than_the_answer_at_once(seed: int) -> None:
    of = drawn(seed)
    quick, proven = choose(of, quick=True), choose(of, nodes=1)
    assert quick is not None
    assert proven is not None
    assert of.counted(proven.starts) <= of.counted(quick.starts) + 1e-9


def test_the_answer_does_not_depend_on_the_number_of_threads() -> None:
    """Two processes, one with one thread for linear algebra, one with four: the same bytes."""
    made = {_told(threads) for threads in ("1", "4")}
    assert len(made) == 1


def _told(threads: str) -> bytes:
    """Return the plan of thirty investments by a fresh process."""
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    given = {**os.environ, **dict.fromkeys(names, threads)}
    code = (
        "from lodestar.assess.roadmap import choose\n"
        "from tests.support.portfolio_clients import large_problem\n"
        "found = choose(large_problem(30, 4, 1))\n"
        "print(found.starts.tolist(), repr(found.misalignment), repr(found.gap), found.optimal)"
    )
    command = [sys.executable, "-c", code]
    root = Path(__file__).parents[3]
    return subprocess.run(command, env=given, cwd=root, capture_output=True, check=True).stdout
