"""What-ifs against the same change made to the tables, and against the whole of a reward."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.conflicts.changes import price_of
from lodestar.assess.conflicts.register import register_of
from lodestar.assess.conflicts.scenario import Excess, Scenario
from lodestar.assess.conflicts.section import solved as solve
from tests.support.conflicts import engagement_of, field_results, field_tables

APART = ("history", "promises", "promises_reason", "promised")
"""Keys that a what-if does not solve again."""

TABLES = field_tables()
PAIRS = [(row["source"], row["target"]) for row in TABLES["links"]]
METRICS = [row["metric"] for row in TABLES["metrics"]]


def solved(scenario: Scenario, tables: dict[str, Any]) -> dict[str, Any]:
    client = engagement_of(tables)
    price = price_of(client.table("repairs"))
    return solve(scenario.of(register_of(client)), price, {})


def reviewed(tables: dict[str, Any], **given_settings: Any) -> dict[str, Any]:
    made = field_results(tables, **given_settings)["conflicts"]
    return {key: value for key, value in made.items() if key not in APART}


def altered(doubted: frozenset[tuple[str, str]], incentives: dict[str, float]) -> dict[str, Any]:
    """The tables as a client would have edited them."""
    links = [k for k in TABLES["links"] if (k["source"], k["target"]) not in doubted]
    metrics = [
        m | {"incentive": incentives.get(m["metric"], m["incentive"])} for m in TABLES["metrics"]
    ]
    return field_tables(links=links, metrics=metrics)


@settings(max_examples=60, deadline=None)
@given(
    st.frozensets(st.sampled_from(PAIRS)),
    st.dictionaries(st.sampled_from(METRICS), st.sampled_from([0.0, 0.1, 0.25, 0.45])),
    st.sampled_from([None, 0.0, 0.01, 0.05, 0.2]),
)
def test_a_scenario_is_the_register_of_altered_tables(doubted, incentives, threshold):
    """Oracle: rows of links deleted, incentives edited, another threshold in the settings."""
    scenario = Scenario(threshold, None, doubted, incentives)
    given_settings = {} if threshold is None else {"severe_conflict": threshold}
    assert solved(scenario, TABLES) == reviewed(altered(doubted, incentives), **given_settings)


def test_an_empty_scenario_changes_nothing():
    register = register_of(engagement_of(TABLES))
    assert not Scenario().changes
    assert Scenario().of(register) is register
    assert solved(Scenario(length=5), TABLES) == reviewed(TABLES)


@pytest.mark.parametrize(
    ("incentives", "over"),
    [
        ({"contracts_signed": 1.0}, ()),
        ({"service_cost": 0.7}, ()),
        (
            {"service_cost": 0.8},
            (Excess("service", 1.1, ("service_cost", "first_contact_fix")),),
        ),
        ({"service_cost": 0.8, "first_contact_fix": 0.2}, ()),
        (
            {"contracts_signed": 0.6, "visits": 0.6, "service_cost": 0.3},
            (Excess("sales", 1.2, ("contracts_signed", "visits")),),
        ),
    ],
)
def test_no_function_is_paid_more_than_its_whole_reward(incentives, over):
    """By hand: 0.3 + 0.7 is the whole; 0.3 + 0.8 and 0.6 + 0.6 are more."""
    register = register_of(engagement_of(TABLES))
    assert Scenario(incentives=incentives).excess(register) == over
