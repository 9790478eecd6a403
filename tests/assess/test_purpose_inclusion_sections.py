"""The two sections as results.json holds them: pinned keys, reasons, order of rows, the gate."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import pytest

from lodestar.assess import inclusion, purpose
from lodestar.engagement.model import Engagement
from tests.support.builders import engagement
from tests.support.purpose_inclusion import PURPOSES, example, tables

SECTIONS = {"purpose": purpose.assess, "inclusion": inclusion.assess}
PINNED = {
    "purpose": [
        "focus_index",
        "drift",
        "recurring_share",
        "hhi",
        "effective_customers",
        "top_share",
    ],
    "inclusion": ["nps", "enps", "referral", "inclusion_index", "command_share"],
}


def clients() -> dict[str, Engagement]:
    given = tables()
    people = {name: given[name] for name in ("respondents", "responses")}
    return {
        "full": example(),
        "empty": engagement({}),
        "transactions": engagement({"transactions": given["transactions"]}),
        "advocacy": engagement(people),
        "activities": engagement({"activities": given["activities"]}, purpose=PURPOSES),
        "undeclared": engagement({"activities": given["activities"]}),
    }


def unexplained(value: Any, at: str = "") -> Iterator[str]:
    """Yield every null and every empty list that has no reason beside it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            bare = inner is None or inner == []
            if bare and not value.get(f"{key}_reason") and not key.endswith("_reason"):
                yield f"{at}/{key}"
            yield from unexplained(inner, f"{at}/{key}")
    if isinstance(value, list):
        for place, inner in enumerate(value):
            yield from unexplained(inner, f"{at}/{place}")


@pytest.mark.parametrize("client", sorted(clients()))
@pytest.mark.parametrize("topic", sorted(SECTIONS))
def test_every_null_says_why(topic: str, client: str) -> None:
    section = SECTIONS[topic](clients()[client], {})
    assert json.loads(json.dumps(section, allow_nan=False)) == section
    assert set(PINNED[topic]) <= set(section)
    assert list(unexplained(section)) == []


@pytest.mark.parametrize("topic", sorted(SECTIONS))
def test_order_of_rows_changes_nothing(topic: str) -> None:
    given = {name: pd.DataFrame(rows) for name, rows in tables().items()}
    turned = {name: rows.sample(frac=1, random_state=3) for name, rows in given.items()}
    first, second = SECTIONS[topic](example(), {}), SECTIONS[topic](example(**turned), {})
    assert rounded(first) == rounded(second)


def rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [rounded(inner) for inner in value]
    return round(value, 6) if isinstance(value, float) else value


def test_purpose_by_hand() -> None:
    """13 of 18 serve a declared purpose; volume went from m1's 2 of 17 to 3 of 18."""
    section = purpose.assess(example(), {})
    assert section["focus_index"] == pytest.approx(13 / 18)
    assert section["effort"]["unserved"] == ["v2"]
    assert section["why_how"]["client_benefit"] == pytest.approx(10 / 16)
    drift = section["drift"][0]
    assert (drift["from"], drift["to"], drift["activities"]) == ("2026-Q2", "2026-Q4", ["a2"])
    fell = 11 / 17 - 9 / 18
    lost = fell + (4 / 17 - 4 / 18) + (2 / 17 - 2 / 18)
    assert drift["value"] == pytest.approx((lost + 3 / 18) / 2)
    assert section["lifetimes"]["ended"] == 3


def test_periods_without_activities_are_no_drift() -> None:
    only = purpose.assess(engagement({"activities": tables()["activities"]}, purpose=PURPOSES), {})
    assert only["drift"] == []
    assert "two periods" in only["drift_reason"]


def test_inclusion_by_hand() -> None:
    """(1/3 + 1 + 0 + 1) / 4 take part; two of four decisions by command; 3 of 5 places filled."""
    section = inclusion.assess(example(), {})
    assert section["inclusion_index"] == pytest.approx((1 / 3 + 1 + 0 + 1) / 4)
    assert section["command_share"] == 0.5
    assert section["workforce"]["replaced_share"] == pytest.approx(0.6)
    assert section["own_use"]["share"] == pytest.approx(20 / 30)
    found = [row for row in section["ripple"] if row["verdict"] == "together"]
    assert [(row["leader"], row["follower"], row["lag"]) for row in found] == [("i1", "i2", 2)]
    states = {row["indicator"]: row["state"] for row in section["leading"]}
    assert states["i3"] == "worse"
    assert {r["indicator"]: r["lead_months"] for r in section["leading"]}["i1"] == 3


def test_nobody_is_named_and_few_are_not_counted() -> None:
    people = tables()["respondents"].assign(function=["sales"] * 3 + ["service"] * 37 + [None] * 30)
    section = inclusion.assess(example(respondents=people), {})
    text = json.dumps(section)
    assert "p00" not in text
    parts = [row for row in section["advocacy_parts"] if row["measure"] == "enps"]
    assert [row["suppressed"] for row in parts] == [True, True]
    assert all(row[key] is None for row in parts for key in ("score", "low", "high", "n"))
    few = inclusion.assess(example(respondents=tables()["respondents"].head(3)), {})
    assert few["enps"]["suppressed"]
    assert few["enps"]["score"] is None
    assert few["enps"]["n"] is None


def test_all_promoters_are_told_as_an_end_only() -> None:
    answers = tables()["responses"]
    answers.loc[answers["item"] == "I09", "value"] = 10.0
    section = inclusion.assess(example(responses=answers), {})
    assert section["enps"]["coarse"] == "high end"
    assert section["enps"]["n"] is None
    assert section["referral_gap"]["value"] is not None
