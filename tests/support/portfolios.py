"""Small problems of choosing, made in a test's own lines, and the plan that trying all finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from lodestar.assess.roadmap import OUT, Calendar, CellEffects, Problem, Resource

Effect = tuple[int, float, Sequence[int]]
"""Owner, expected change in levels, cells."""


def effects_of(rows: Sequence[Effect], cells: int, delay: Sequence[float] | float = 0.0) -> Any:
    """Effects with chance 1 and no range."""
    change = np.array([size for _, size, _ in rows], dtype=float)
    mask = np.zeros((len(rows), cells), dtype=bool)
    for row, (_, _, where) in enumerate(rows):
        mask[row, list(where)] = True
    return CellEffects(
        owner=np.array([owner for owner, _, _ in rows], dtype=np.int64),
        change=change,
        low=change,
        high=change,
        chance=np.ones(len(rows)),
        delay=np.broadcast_to(np.asarray(delay, dtype=float), (len(rows),)).copy(),
        cells=mask,
    )


def budget(cost: Sequence[float], room: Sequence[float], kind: str = "capital") -> Resource:
    """One kind of money: the whole cost falls on the quarter of the start, money carries over."""
    size = len(room)
    use = np.zeros((len(cost), size, size))
    for start in range(size):
        use[:, start, start:] = np.asarray(cost, dtype=float)[:, None]
    return Resource("budget", kind, use, np.cumsum(np.asarray(room, dtype=float)))


def capacity(load: Sequence[float], room: Sequence[float], name: str = "sales") -> Resource:
    """People of one function, asked for in the quarter of the start."""
    size = len(room)
    use = np.zeros((len(load), size, size))
    for start in range(size):
        use[:, start, start] = load
    return Resource("capacity", name, use, np.asarray(room, dtype=float))


def problem(
    gap: Sequence[float],
    effects: Sequence[Effect],
    candidates: int,
    quarters: int = 1,
    resources: Sequence[Resource] = (),
    cost: Sequence[float] | None = None,
    delay: Sequence[float] | float = 0.0,
    **changes: Any,
) -> Problem:
    """A problem with equal weights, three months of delivery and a horizon of 36 months."""
    names = tuple(f"n{i:02d}" for i in range(candidates))
    price = np.repeat(
        np.asarray(cost if cost is not None else np.ones(candidates))[:, None], quarters, 1
    )
    parts: Mapping[str, Any] = {
        "ids": names,
        "choice": np.array(["may"] * candidates),
        "months": np.full(candidates, 3.0),
        "earliest": np.zeros(candidates, dtype=np.int64),
        "requires": (),
        "excludes": (),
        "gap": np.asarray(gap, dtype=float),
        "weight": np.full(len(gap), 1 / len(gap)),
        "effects": effects_of(effects, len(gap), delay),
        "resources": tuple(resources),
        "price": price.astype(float),
        "calendar": Calendar(
            tuple(f"{2027 + q // 4}-Q{q % 4 + 1}" for q in range(quarters)),
            3 * np.arange(quarters),
            36,
        ),
    }
    return Problem(**{**parts, **changes})


def every_plan(of: Problem) -> list[np.ndarray]:
    """Every allowed plan, tried one by one."""
    starts = range(OUT, len(of.calendar.quarters))
    plans = (np.array(plan) for plan in product(starts, repeat=of.size))
    return [plan for plan in plans if of.allows(plan) and _open(of, plan)]


def _open(of: Problem, plan: np.ndarray) -> bool:
    """What uses nothing limited starts at once: the programme offers no other start."""
    chosen = np.flatnonzero(plan != OUT)
    return bool(of.open[chosen, plan[chosen]].all())
