"""The cheapest repair of many severe conflicts beside plain solves and a greedy loop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from lodestar.assess.conflicts import Register, detect, planner
from lodestar.assess.conflicts.changes import Change, Price
from lodestar.assess.conflicts.cover import Solution, cheapest
from lodestar.assess.conflicts.needs import Need
from lodestar.assess.conflicts.orphans import helpers
from lodestar.assess.conflicts.paths import Explainer
from lodestar.assess.conflicts.planner import Planner
from lodestar.assess.conflicts.programme import Programme, programme
from tests.benchmarks.harness import Row, compared, seconds
from tests.support.large import large

ABOUT = "Repair of 300 and 2,000 severe conflicts beside plain solves and a greedy loop (minutes)."

SIZES = (300, 2_000)
METRICS, LINKS, OUTCOMES = 2_000, 8_000, 40
MANY = 20_000
BLOCK = 12


def run() -> list[Row]:
    """Return times, and what the plans cost."""
    found = [_size(severe) for severe in SIZES]
    return [row for rows, _ in found for row in rows] + [row for _, row in found]


def _size(severe: int) -> tuple[list[Row], Row]:
    register = _register(severe)
    took: list[float] = []
    plans = Planner(register, Price(), Explainer(register.links), helpers(register))
    begun = perf_counter()
    with patch.object(planner, "cheapest", _timed(took)):
        taken = plans.greedy()
        solution = plans.exact()
        plans.common(solution)
    whole = perf_counter() - begun
    needs, costs = list(plans.needs.values()), plans.costs()
    problem = programme(needs, costs)
    plain: list[Any] = []
    one = seconds(lambda: plain.append(_plain(problem)))
    blocks = seconds(lambda: _block_by_block(problem))
    last = seconds(lambda: cheapest(needs, costs), 3)
    loop: list[float] = []
    greedy = seconds(lambda: loop.append(_greedy_loop(needs, costs)))
    what = f"{severe:,} severe, {len(costs):,} changes"
    rows = [
        compared(f"{what}: optimum, ties, shared changes", last, "milp, default gap", one),
        compared(f"{what}: optimum, ties, shared changes", last, "a solve for 12 ids", blocks),
        compared(f"{what}: optimum, ties, shared changes", last, "greedy loop", greedy),
    ]
    costs_row = {
        "what": what,
        "all solves, of processors": f"{sum(took):.2f} s in {len(took)}",
        "with detection": f"{whole:.1f} s, {len(plans.remaining)} times",
        "optimum (proven)": f"{solution.cost:g} ({solution.optimal})",
        "bound without whole numbers": f"{_relaxation(problem):.2f}",
        "default gap": f"{plain[0]:g}",
        "best value first": f"{sum(map(Price().of, taken)):g}, {_more(plans, taken, solution)}",
        "in every cheapest plan": f"{len(solution.always)} of {len(solution.changes)}",
    }
    return rows, costs_row


def _more(plans: Planner, taken: tuple[Change, ...], solution: Solution) -> str:
    """What the greedy plan leaves that the cheapest does not."""
    return f"{len(plans.remaining[taken]) - len(solution.left)} more left"


def _register(severe: int) -> Register:
    """A made-up register with the threshold at the severity of that conflict."""
    register = large(METRICS, LINKS, METRICS - OUTCOMES, outcomes=OUTCOMES)
    able = [
        item.severity
        for item in detect(register, MANY).items
        if not (item.contested or item.conditional or item.kind == "within")
    ]
    return replace(register, threshold=able[severe - 1])


def _timed(took: list[float]) -> Any:
    def timed(*given: Any) -> Solution:
        begun = process_time()
        found = cheapest(*given)
        took.append(process_time() - begun)
        return found

    return timed


def _plain(problem: Programme) -> float:
    """Cost of one solve as scipy makes it when nothing is said."""
    rows = LinearConstraint(problem.table, lb=problem.least)
    whole = np.ones(len(problem.cost))
    found = milp(problem.price, constraints=rows, integrality=whole, bounds=Bounds(0, 1))
    return float(found.fun)


def _relaxation(problem: Programme) -> float:
    """Least cost when changes may be made by halves."""
    found = linprog(problem.price, A_ub=-problem.table, b_ub=-problem.least, bounds=(0, 1))
    return float(found.fun)


def _block_by_block(problem: Programme) -> None:
    """The plain way to break ties: hold the cost, the count, then settle twelve ids at a time."""
    chosen = problem.solve(problem.cost).chosen
    for objective in (problem.cost, np.ones(len(problem.cost), dtype=np.int64)):
        problem = problem.held(objective, int(objective @ problem.solve(objective).chosen))
    low, high = np.zeros(len(problem.cost)), np.ones(len(problem.cost))
    for start in range(0, len(problem.cost), BLOCK):
        objective = np.zeros(len(problem.cost))
        block = slice(start, start + BLOCK)
        objective[block] = -(0.5 ** np.arange(len(objective[block])))
        found = milp(
            objective,
            constraints=LinearConstraint(sparse.csr_array(problem.table), lb=problem.least),
            integrality=np.ones(len(objective)),
            bounds=Bounds(low, high),
            options={"mip_rel_gap": 0},
        )
        chosen = np.round(found.x)
        low[block] = high[block] = chosen[block]


def _greedy_loop(needs: Sequence[Need], costs: Mapping[Change, float]) -> float:
    """Cost of taking the best value first, counted need by need in Python."""
    lacking = {i: need.need for i, need in enumerate(needs) if need.from_the_start}
    gains: dict[Change, dict[int, int]] = {}
    for i in lacking:
        for change, gain in needs[i].gains.items():
            gains.setdefault(change, {})[i] = gain
    total = 0.0
    while lacking and gains:
        value = {c: _value(mine, lacking, needs) / (costs[c] or 1e-9) for c, mine in gains.items()}
        best = min(value, key=lambda change: (-value[change], change))
        if value[best] <= 0:
            break
        total += costs[best]
        for i, gain in gains[best].items():
            lacking[i] = lacking.get(i, 0) - gain
        lacking = {i: more for i, more in lacking.items() if more > 0}
        gains = {c: mine for c, mine in gains.items() if c.metric != best.metric}
    return total


def _value(mine: Mapping[int, int], lacking: Mapping[int, int], needs: Sequence[Need]) -> float:
    return sum(min(gain, lacking.get(i, 0)) / needs[i].need for i, gain in mine.items())
