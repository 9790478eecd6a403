"""Conflicts that only history shows, and the verdict of history on those of the map."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from lodestar.assess.conflicts.family import family
from lodestar.assess.conflicts.history import ask, monthly
from lodestar.assess.conflicts.model import Conflict, Push
from lodestar.assess.conflicts.pairs import among, is_severe, same_function
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
    return replace(register, tests=ask(family(register, series.columns), register.ids, series))


def measured_conflicts(register: Register, known: np.ndarray) -> list[Conflict]:
    """Return the conflicts that only history shows.

    Parameters
    ----------
    register : Register
        With its tests.
    known : ndarray of int
        Keys (``pairs.pair_key``) of the pairs in conflict on the map, ascending; they are not
        listed twice.

    Notes
    -----
    Two rewarded metrics of different functions whose changes go against each other's rewarded
    direction with q ≤ 0.05. Severity = w_a·w_b·|r|.
    """
    tests = register.tests
    found: dict[int, Conflict] = {}
    for place in np.flatnonzero(_opposed(register) & ~among(tests.pairs, known)).tolist():
        test, pair = tests[place], int(tests.pairs[place])
        if not _together(register, test.a, test.b):
            conflict = _conflict(register, test)
            if pair not in found or conflict.severity > found[pair].severity:
                found[pair] = conflict
    return list(found.values())


def conflict_verdict(register: Register, conflict: Conflict) -> str:
    """Return what history says of a conflict, in the words of ``pairtest.verdict``."""
    if conflict.kind == "measured":
        return "confirmed"
    a, b = register.at(conflict.a), register.at(conflict.b)
    there, back = register.tests.find(a, b), register.tests.find(b, a)
    if conflict.lever is None and back is not None and back.directed:
        back = None
    return verdict(back if there is None else there, conflict.push.net)


def _opposed(register: Register) -> np.ndarray:
    """Tell which pairs' history is against the way both ends are paid."""
    frame = register.tests.frame
    a, b = frame["a"].to_numpy(), frame["b"].to_numpy()
    paid = (register.incentive[a] > 0) & (register.incentive[b] > 0)
    way = np.nan_to_num(register.direction[a] * register.direction[b]) * frame["r"].to_numpy()
    return register.tests.significant & paid & (way < 0)


def _together(register: Register, a: str, b: str) -> bool:
    """Tell whether two metrics answer to one function, or a guardrail keeps one from harm."""
    return same_function(register, a, b) or bool(register.guarded.intersection((a, b)))


def _conflict(register: Register, test: PairTest) -> Conflict:
    a, b = sorted((test.a, test.b))
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
