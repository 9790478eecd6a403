"""Conflicts that only history shows, and the verdict of history on those of the map."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from lodestar.assess.conflicts.history import ask, family, monthly
from lodestar.assess.conflicts.model import Conflict, Push
from lodestar.assess.conflicts.pairs import is_severe, pair_key, same_function
from lodestar.assess.conflicts.pairtest import PairTest, verdict
from lodestar.assess.conflicts.register import Register

__all__ = ["conflict_verdict", "measure", "measured_conflicts"]


def measure(register: Register, history: pd.DataFrame, as_of: date) -> Register:
    """Return the register with what history says of its pairs.

    Parameters
    ----------
    register : Register
        Metrics, outcomes, nodes and links.
    history : DataFrame
        Columns node, date, value.
    as_of : date
        "Today".

    Notes
    -----
    History is asked once, about the register as it stands; what-ifs and repairs keep the answers.
    """
    series = monthly(history, as_of)
    return replace(register, tests=ask(family(register, series.columns), series))


def measured_conflicts(register: Register, known: frozenset[int]) -> list[Conflict]:
    """Return the conflicts that only history shows.

    Parameters
    ----------
    register : Register
        With its tests.
    known : frozenset of int
        Keys (``pairs.pair_key``) of the pairs in conflict on the map; they are not listed twice.

    Notes
    -----
    Two rewarded metrics of different functions whose changes go against each other's rewarded
    direction with q ≤ 0.05. Severity = w_a·w_b·|r|.
    """
    found: dict[int, Conflict] = {}
    for test in register.tests:
        pair = pair_key(register, test.question.a, test.question.b)
        if pair not in known and _opposed(register, test):
            conflict = _conflict(register, test)
            if pair not in found or conflict.severity > found[pair].severity:
                found[pair] = conflict
    return list(found.values())


def conflict_verdict(register: Register, conflict: Conflict) -> str:
    """Return what history says of a conflict, in the words of ``pairtest.verdict``."""
    if conflict.kind == "measured":
        return "confirmed"
    pushes = [(conflict.a, conflict.b), (conflict.b, conflict.a)]
    by_pair = {(t.question.a, t.question.b): t for t in register.tests}
    ways = pushes[:1] if conflict.lever is None else pushes
    tests = [by_pair[way] for way in ways if way in by_pair]
    tests += [t for t in map(by_pair.get, pushes) if t is not None and not t.question.directed]
    return verdict(tests[0] if tests else None, conflict.push.net)


def _opposed(register: Register, test: PairTest) -> bool:
    """Tell whether a pair's history is against the way both are paid."""
    a, b = register.at(test.question.a), register.at(test.question.b)
    paid = register.incentive[a] > 0 and register.incentive[b] > 0
    pair = (test.question.a, test.question.b)
    apart = not same_function(register, *pair) and not register.guarded.intersection(pair)
    against = np.nan_to_num(register.direction[a] * register.direction[b]) * test.r < 0
    return bool(test.significant and paid and apart and against)


def _conflict(register: Register, test: PairTest) -> Conflict:
    a, b = sorted((test.question.a, test.question.b))
    first, second = register.at(a), register.at(b)
    severity = register.incentive[first] * register.incentive[second] * abs(test.r)
    push = Push(a, b, float(severity), float("nan"), float("nan"), float("nan"), None)
    return Conflict(
        kind="measured",
        push=push,
        function_a=register.function[first],
        function_b=register.function[second],
        severe=is_severe(register, "measured", push, conditional=False),
    )
