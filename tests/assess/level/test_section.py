"""Oracles: distances by subtraction, over-shoot cost by hand, nulls with their reasons."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from lodestar.assess.level import assess, required, scenarios
from lodestar.engagement.model import Engagement
from tests.support.builders import engagement
from tests.support.levels import leaves

CAPABILITIES = ("C01", "C02", "C03", "C04")


def client(chosen: float | None = 4, **tables: Any) -> Engagement:
    """Market at 3 by three raters; ratings around 2; customers around 3."""
    context = [
        {"factor": f"R{i}", "rater": f"r{j}", "score": 2.0 + j}
        for i in range(1, 12)
        for j in range(3)
    ]
    ratings = [
        {"capability": c, "function": f, "rater": f"{f}{j}", "level": 1.5 + j / 2}
        for c in CAPABILITIES
        for f in ("sales", "service")
        for j in range(3)
    ]
    people = [{"respondent": f"c{i}", "group": "customer"} for i in range(8)]
    answers = [
        {"respondent": f"c{i}", "item": item, "value": 2.0 + i % 3}
        for i in range(8)
        for item in ("I01", "I02", "I03")
    ]
    given = {"context": context, "ratings": ratings, "respondents": people, "responses": answers}
    return engagement({**given, **tables}, chosen_level=chosen)


def test_four_numbers_and_their_distances() -> None:
    got = assess(client(), {})
    assert got["required"]["estimate"] == pytest.approx(3)
    assert got["chosen"] == 4
    assert got["present"]["estimate"] == pytest.approx(2)
    apart = got["distances"]
    assert apart["required_minus_present"]["estimate"] == pytest.approx(1)
    assert apart["chosen_minus_required"]["estimate"] == pytest.approx(1)
    felt = got["experienced"]["estimate"]
    assert apart["present_minus_experienced"]["estimate"] == pytest.approx(2 - felt)
    for distance in apart.values():
        assert distance["low"] <= distance["estimate"] <= distance["high"]


def test_distance_to_the_chosen_level_mirrors_the_present_interval() -> None:
    got = assess(client(), {})
    apart, present = got["distances"]["chosen_minus_present"], got["present"]
    assert apart["low"] == pytest.approx(4 - present["high"])
    assert apart["high"] == pytest.approx(4 - present["low"])


def test_stance_and_share_of_resamples() -> None:
    reviewed, made = assess(client(), {}), scenarios(client())
    assert reviewed["consequence"]["stance"] == "above"
    assert made.at(3.0, {}, reviewed)["consequence"]["stance"] == "within"
    assert made.at(1.5, {}, reviewed)["consequence"]["stance"] == "below"
    drawn = required(client()).draws
    assert drawn is not None
    share = made.at(3.2, {}, reviewed)["consequence"]["share_below"]
    assert share == pytest.approx(np.mean(drawn < 3.2))


def test_over_shoot_costs_upkeep_times_the_targets_apart() -> None:
    """From 3 to 4: C01 3 → 4, C02 2 → 3, C04 3 → 4; 1,000 a level, service not costed."""
    upkeep = [
        {"capability": c, "function": "sales", "cost_year_per_level": 1000}
        for c in CAPABILITIES[:2]
    ]
    found = assess(client(upkeep=upkeep), {})["consequence"]["overshoot"]
    assert found == {"cost_year": 2000, "cells": 2}
    at_market = assess(client(3.0, upkeep=upkeep), {})["consequence"]["overshoot"]
    assert at_market["cost_year"] is None


def test_without_chosen_level_the_rest_stands() -> None:
    got = assess(client(None), {})
    assert got["chosen"] is None
    assert "chosen_level" in got["chosen_reason"]
    assert got["required"]["estimate"] == pytest.approx(3)
    assert got["distances"]["chosen_minus_present"]["estimate"] is None
    assert got["consequence"]["stance"] is None


def test_an_empty_client_has_every_pinned_key() -> None:
    got = assess(engagement(), {})
    for part in ("required", "present", "experienced"):
        for key in ("estimate", "low", "high", "distribution"):
            assert got[part][key] is None
            assert got[part][f"{key}_reason"]
    squares = got["present"]["dimensions"][0]["functions"]
    assert squares["sales"] is None
    assert squares["sales_reason"]


def test_self_customer_gap_by_subtraction() -> None:
    got = assess(client(), {})
    own = {d["dimension"]: d["estimate"] for d in got["present"]["dimensions"]}
    felt = {d["dimension"]: d["estimate"] for d in got["experienced"]["dimensions"]}
    assert [row["dimension"] for row in got["self_customer"]] == ["D1", "D2"]
    for row in got["self_customer"]:
        name = row["dimension"]
        assert row["gap"] == pytest.approx(own[name] - felt[name])
        assert row["low"] <= row["gap"] <= row["high"]


def test_what_if_at_the_reviewed_values_changes_nothing() -> None:
    shown = client()
    reviewed = assess(shown, {})
    assert leaves(scenarios(shown).at(4, {}, reviewed)) == pytest.approx(leaves(reviewed))


def test_section_is_json_and_the_same_twice() -> None:
    one, two = assess(client(), {}), assess(client(), {})
    assert json.dumps(one, sort_keys=True, allow_nan=False) == json.dumps(two, sort_keys=True)
