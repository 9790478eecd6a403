"""Problems of choosing as large as a client's, drawn from a seed."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from lodestar.assess.roadmap import Calendar, Problem, calendar_of
from lodestar.assess.roadmap.resources import Resource, budgets, capacities, spending
from tests.support.portfolios import effects_of

__all__ = ["large_problem"]

CELLS, FUNCTIONS, GRANTED, LOOSE, HARM = 120, 8, 0.5, 1.5, 0.05


def large_problem(size: int, touching: int, seed: int) -> Problem:
    """Candidates over twelve quarters, each touching so many of 120 cells.

    Two kinds of money grant half of what all would cost, evenly by quarter; eight functions have
    half again the people that all would need, evenly spread; a tenth stand in an order, a
    fifteenth exclude each other, a quarter may start later only, and one effect in twenty is
    harmful.
    """
    rng = np.random.default_rng([seed, size, touching])
    calendar, ids = calendar_of(date(2026, 12, 31)), tuple(f"n{i:02d}" for i in range(size))
    gap = rng.normal(-0.8, 0.8, CELLS).round(2)
    weight = rng.dirichlet(np.full(CELLS, 5.0))
    rows = []
    for i in range(size):
        for cell in rng.choice(CELLS, touching, replace=False):
            change = round(float(rng.uniform(0.2, 1.2) * rng.uniform(0.4, 0.9)), 3)
            rows.append((i, -change if rng.random() < HARM else change, [int(cell)]))
    delay = np.repeat(rng.integers(0, 7, size), touching).astype(float)
    cost, running = rng.integers(4, 60, size) * 1e4, rng.integers(0, 10, size) * 1e3
    months = rng.choice([3.0, 4.0, 6.0, 9.0, 12.0], size)
    spent = spending(cost, running, months, calendar)
    kinds = np.where(rng.random(size) < 0.5, "capital", "operational")
    money = budgets(_granted(spent, kinds, calendar.quarters), kinds, spent, calendar)
    people = _people(rng, ids, calendar)
    order = rng.permutation(size)
    before = order[: 2 * (size // 10)].reshape(-1, 2)
    apart = order[size - 2 * (size // 15) :].reshape(-1, 2)
    return Problem(
        ids=ids,
        choice=np.array(["may"] * size),
        months=months,
        earliest=np.where(rng.random(size) < 0.25, rng.integers(1, 4, size), 0),
        requires=tuple(sorted((int(max(p)), int(min(p))) for p in before)),
        excludes=tuple(sorted((int(min(p)), int(max(p))) for p in apart)),
        gap=gap,
        weight=weight,
        effects=effects_of(rows, CELLS, delay.tolist()),
        resources=(*money, *people),
        price=spent.sum(axis=2),
        calendar=calendar,
    )


def _granted(spent: np.ndarray, kinds: np.ndarray, quarters: tuple[str, ...]) -> pd.DataFrame:
    """Return budgets that grant a share of what all candidates of a kind would cost."""
    rows = []
    for kind in ("capital", "operational"):
        amount = round(spent[kinds == kind][:, 0].sum() * GRANTED / len(quarters))
        rows += [{"period": quarter, "kind": kind, "amount": amount} for quarter in quarters]
    return pd.DataFrame(rows)


def _people(
    rng: np.random.Generator, ids: tuple[str, ...], calendar: Calendar
) -> tuple[Resource, ...]:
    """Return people of eight functions; each candidate needs three of them for three quarters."""
    functions, quarters = [f"f{j}" for j in range(FUNCTIONS)], calendar.quarters
    loads = []
    for name in ids:
        for function in rng.choice(functions, 3, replace=False):
            asked = rng.uniform(1, 6) * np.array([0.45, 0.4, 0.15])
            loads += [
                {
                    "investment": name,
                    "function": function,
                    "period_offset": offset,
                    "person_months": round(float(months), 1),
                }
                for offset, months in enumerate(asked)
            ]
    table = pd.DataFrame(loads)
    total = table.groupby("function")["person_months"].sum()
    free = {f: round(max(5.0, LOOSE * total.get(f, 0.0) / len(quarters)), 1) for f in functions}
    rows = [{"function": f, "period": q, "person_months": free[f]} for f in free for q in quarters]
    return capacities(pd.DataFrame(rows), table, ids, calendar)
