"""Orphan outcomes, unrewarded duties, untraceable metrics and broken promises by hand."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pandas as pd
import pytest

from lodestar.assess.conflicts.orphans import (
    broken_promises,
    orphans,
    unrewarded_duties,
    untraceable,
)
from tests.support.registers import register

OUTCOMES = {"fast": ("customer", 0.9), "fair": ("customer", 0.4)}


def test_an_outcome_nobody_is_paid_to_help_is_an_orphan():
    found = register(
        {"speed": ("service", 1.0, 0.3), "visits": ("service", 1.0, 0.0)},
        [("speed", "fast", 0.5), ("visits", "fair", 0.5)],
        OUTCOMES,
    )
    assert orphans(found) == (("fair", 0.4),)
    duty = unrewarded_duties(found)[0]
    assert (duty.metric, duty.outcome, duty.orphan) == ("visits", "fair", True)
    assert orphans(found.with_incentives({"speed": 0.0})) == (("fast", 0.9), ("fair", 0.4))


@pytest.mark.parametrize(("effect", "alone"), [(0.05, False), (0.0499, True), (-0.5, True)])
def test_help_starts_at_five_hundredths(effect, alone):
    found = register({"m": ("sales", 1.0, 0.3)}, [("m", "o", effect)], {"o": ("customer", 1.0)})
    assert bool(orphans(found)) == alone


def test_a_metric_rewarded_down_helps_by_a_negative_link():
    found = register({"m": ("sales", -1.0, 0.3)}, [("m", "o", -0.2)], {"o": ("customer", 1.0)})
    assert orphans(found) == ()


def test_contested_help_is_none():
    """+0.6 against −0.4: determinacy 0.2."""
    rows = [("m", "o", 0.6), ("m", "x", 1.0), ("x", "o", -0.4)]
    found = register({"m": ("a", 1.0, 0.3)}, rows, {"o": ("customer", 1.0)}, {"x": "driver"})
    assert orphans(found) == (("o", 1.0),)
    assert unrewarded_duties(found.with_incentives({"m": 0.0})) == ()


def test_untraceable_needs_five_links_or_a_purpose():
    chain = ["m", "n1", "n2", "n3", "n4", "o"]
    rows = [(a, b, 0.1) for a, b in itertools.pairwise(chain)]
    nodes = dict.fromkeys(chain[1:-1], "driver")
    found = register({"m": ("s", 1.0, 0.1)}, rows, {"o": ("owner", 1.0)}, nodes)
    assert untraceable(found) == ()
    longer = register(
        {"m": ("s", 1.0, 0.1)},
        [*rows[:-1], ("n4", "n5", 0.1), ("n5", "o", 0.1)],
        {"o": ("owner", 1.0)},
        nodes | {"n5": "driver"},
    )
    assert untraceable(longer) == ("m",)
    assert untraceable(replace(longer, serves=tuple(i == "m" for i in longer.ids))) == ()


def test_promises_that_pay_works_against():
    found = register(
        {"cost": ("service", -1.0, 0.3), "calls": ("service", 1.0, 0.0), "slow": ("x", 1.0, 0.1)},
        [("cost", "fast", 0.6), ("calls", "fast", -0.9), ("slow", "fast", -0.7)],
        OUTCOMES,
    )
    activities = pd.DataFrame(
        {
            "activity": ["z", "y", "x", "w"],
            "promises": ["fast", "fair", "fast", None],
            "status": ["active", "active", "abandoned", "active"],
        }
    )
    assert broken_promises(found, activities) == (("z", "fast", ("slow", "cost")),)
