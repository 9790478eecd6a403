"""The smallest set of rules to relax, against trying every set of rules."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.roadmap import OUT, Problem, smallest_relaxation
from tests.support.portfolios import budget, capacity, problem

Rule = tuple[str, int]


@st.composite
def tight(draw: st.DrawFn) -> Problem:
    """Three candidates, mostly musts, in two quarters with little money and few people."""
    three = st.lists(st.integers(1, 4), min_size=3, max_size=3)
    words = st.sampled_from(["must", "must", "may", "must-not"])
    pair = st.sampled_from([(), ((1, 0),), ((2, 1),), ((2, 0), (1, 0))])
    room = [budget(draw(three), [draw(st.integers(0, 6)), 1]), capacity(draw(three), [3, 2])]
    return problem(
        [-1.0],
        [(0, 1.0, [0])],
        3,
        2,
        room,
        choice=np.array(draw(st.lists(words, min_size=3, max_size=3))),
        earliest=np.array(draw(st.lists(st.integers(0, 2), min_size=3, max_size=3))),
        requires=draw(pair),
        excludes=draw(st.sampled_from([(), ((0, 1),), ((1, 2),)])),
    )


def rules(of: Problem) -> list[Rule]:
    given_ = [("choice", i) for i in range(3) if of.choice[i] != "may"]
    later = [("earliest", i) for i in range(3) if of.earliest[i] > 0]
    pairs = [("requires", k) for k in range(len(of.requires))]
    apart = [("excludes", k) for k in range(len(of.excludes))]
    return [*given_, *later, *pairs, *apart, *(("resources", k) for k in range(2))]


def without(of: Problem, lifted: tuple[Rule, ...]) -> Problem:
    changes = {}
    for name in ("requires", "excludes", "resources"):
        kept = enumerate(getattr(of, name))
        changes[name] = tuple(rule for k, rule in kept if (name, k) not in lifted)
    choice = ["may" if ("choice", i) in lifted else of.choice[i] for i in range(3)]
    earliest = [0 if ("earliest", i) in lifted else of.earliest[i] for i in range(3)]
    return replace(of, choice=np.array(choice), earliest=np.array(earliest), **changes)


def feasible(of: Problem) -> bool:
    plans = product((OUT, 0, 1), repeat=3)
    return any(of.allows(np.array(plan)) for plan in plans)


@settings(max_examples=60, deadline=None)
@given(tight())
def test_as_few_rules_as_trying_every_set_finds(of: Problem) -> None:
    every = rules(of)
    sets = (some for size in range(len(every) + 1) for some in combinations(every, size))
    fewest = next(some for some in sets if feasible(without(of, some)))
    assert len(smallest_relaxation(of)) == len(fewest)
