"""The client's own view less the customers', by independent draws; nothing hidden follows."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from lodestar.assess.level import assess, group_level, present
from lodestar.engagement.model import Engagement
from tests.support.builders import engagement
from tests.support.levels import ratings


def client(low: int, persons: int = 12) -> Engagement:
    """Customers who all answer on D1; `low` of them on D2."""
    people = [{"respondent": f"c{i:02}", "group": "customer"} for i in range(persons)]
    answers = [
        {"respondent": f"c{i:02}", "item": item, "value": 2.0 + i % 3}
        for i in range(persons)
        for item in ("I01", "I03")
        if item != "I03" or i < low
    ]
    return engagement({"ratings": ratings(), "respondents": people, "responses": answers})


def test_gap_and_interval_are_those_of_the_two_sets_of_draws() -> None:
    """Oracle: the tenth and ninetieth percentile of draw less draw, by numpy alone."""
    shown = client(12)
    own, felt = present(shown), group_level(shown, "customer")
    assert own.drawn_dimensions is not None
    for j, row in enumerate(assess(shown, {})["self_customer"]):
        i = [d.id for d in shown.framework.dimensions].index(row["dimension"])
        apart = np.sort(own.drawn_dimensions[:, i] - felt.drawn[:, j])
        low, high = np.percentile(apart, [10, 90])
        assert row["low"] == pytest.approx(min(low, row["gap"]))
        assert row["high"] == pytest.approx(max(high, row["gap"]))
        assert row["gap"] == pytest.approx(row["present"] - row["experienced"])
        assert abs(float(np.corrcoef(own.drawn_dimensions[:, i], felt.drawn[:, j])[0, 1])) < 0.1


@pytest.mark.parametrize("answered", [1, 4])
def test_a_dimension_of_few_customers_has_no_gap(answered: int) -> None:
    """Present less gap would tell what they said: the dimension is in neither list of numbers."""
    got = assess(client(answered), {})
    hidden = next(d for d in got["experienced"]["dimensions"] if d["dimension"] == "D2")
    assert hidden["suppressed"]
    assert [row["dimension"] for row in got["self_customer"]] == ["D1"]
    assert "D2" not in json.dumps(got["self_customer"])


def test_a_dimension_all_at_one_end_has_no_gap() -> None:
    shown = client(12)
    rows: Any = shown.wave.tables["responses"].copy()
    rows.loc[rows["item"] == "I03", "value"] = 5.0
    got = assess(shown.with_tables(responses=rows), {})
    assert [row["dimension"] for row in got["self_customer"]] == ["D1"]
    felt = got["experienced"]["estimate"]
    assert felt == pytest.approx(got["experienced"]["dimensions"][0]["estimate"])
