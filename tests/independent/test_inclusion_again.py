"""Advocacy, inclusion and command in the demo, computed again from the raw answers.

Oracle: METHOD, "Inclusion and the value chain": scores from raw counts with the adjusted interval,
the referral gap, the inclusion index and the share of decisions by command; "Null" and DESIGN's
thresholds for the parts; response rates from persons answered and invited.
"""

from __future__ import annotations

import math
from typing import Any

import pytest

from lodestar.engagement.model import Engagement
from tests.independent.answers import Person, people
from tests.independent.plain import clip, close, mean, records

MEASURES = {
    "nps": ("customer", "offer"),
    "enps": ("employee", "employer"),
    "referral": ("employee", "offer"),
}


def answers(engagement: Engagement, persons: list[Person], subject: str) -> list[float]:
    """Return the persons' whole answers from 0 to 10 on a subject."""
    items = [i for i in engagement.framework.items if i.kind == "nps" and i.subject == subject]
    return [p.answers[i.id] for p in persons for i in items if i.id in p.answers]


def score(values: list[float]) -> dict[str, float]:
    """Return the net score in points with its adjusted interval."""
    n = len(values)
    promoters, detractors = sum(v >= 9 for v in values), sum(v <= 6 for v in values)
    p, q = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    centre = p - q
    half = 1.96 * math.sqrt((p + q - centre**2) / (n + 3))
    raw = 100 * (promoters - detractors) / n
    return {
        "score": raw,
        "low": min(raw, clip(100 * (centre - half), -100, 100)),
        "high": max(raw, clip(100 * (centre + half), -100, 100)),
        "n": n,
    }


@pytest.fixture(scope="module")
def persons(demo: Engagement) -> list[Person]:
    return people(demo)


@pytest.fixture(scope="module")
def inclusion(published: dict[str, Any]) -> dict[str, Any]:
    return published["inclusion"]


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_scores(
    demo: Engagement, persons: list[Person], inclusion: dict[str, Any], measure: str
) -> None:
    group, subject = MEASURES[measure]
    mine = score(answers(demo, [p for p in persons if p.group == group], subject))
    assert all(close(mine[key], inclusion[measure][key], 1e-4) for key in mine)


def test_the_referral_gap_is_employees_minus_customers(inclusion: dict[str, Any]) -> None:
    gap = inclusion["referral"]["score"] - inclusion["nps"]["score"]
    assert close(gap, inclusion["referral_gap"]["value"])


def test_parts_are_scored_the_same_way_or_withheld(
    demo: Engagement, persons: list[Person], inclusion: dict[str, Any]
) -> None:
    least = demo.settings.confidentiality.minimum
    for row in inclusion["advocacy_parts"]:
        group, subject = MEASURES[row["measure"]]
        parts = row.get("members", [row["part"]])
        inside = [p for p in persons if p.group == group and p.row[row["by"]] in parts]
        values = answers(demo, inside, subject)
        if row["suppressed"]:
            assert row["n"] is None
        else:
            mine = score(values)
            assert len(values) >= least
            assert all(close(mine[key], row[key], 1e-4) for key in mine), row


def test_own_use_of_the_offer(
    demo: Engagement, persons: list[Person], inclusion: dict[str, Any]
) -> None:
    said = [p.row["uses_offer"] for p in persons if p.group == "employee"]
    known = [answer == "yes" for answer in said if answer in ("yes", "no")]
    assert inclusion["own_use"]["n"] == len(known)
    assert close(mean(known), inclusion["own_use"]["share"])


def taking_part(row: dict[str, Any]) -> float:
    return len(set(row["affected"]) & set(row["included"])) / len(set(row["affected"]))


def test_the_inclusion_index_is_the_mean_over_decisions(
    demo: Engagement, inclusion: dict[str, Any]
) -> None:
    rows = [row for row in records(demo, "decisions") if row["date"].date() <= demo.period.as_of]
    counted = [row for row in rows if row["affected"]]
    assert close(mean(taking_part(row) for row in counted), inclusion["inclusion_index"])
    shown = {row["decision"]: row["inclusion"] for row in inclusion["decisions"]["items"]}
    assert all(close(taking_part(row), shown[row["decision"]]) for row in counted)


def test_command_is_a_share_of_the_decisions_with_a_mode(
    demo: Engagement, inclusion: dict[str, Any]
) -> None:
    modes = [row["mode"] for row in records(demo, "decisions") if row["mode"]]
    assert close(mean(mode == "command" for mode in modes), inclusion["command_share"])


def test_needs_by_basis(demo: Engagement, inclusion: dict[str, Any]) -> None:
    rows = records(demo, "needs")
    direct = [row["basis"] in ("co-created", "observed", "told-us") for row in rows]
    assert close(mean(direct), inclusion["needs"]["direct_share"])
    for row in inclusion["needs"]["by_basis"]:
        own = [r for r in rows if r["basis"] == row["basis"]]
        assert row["needs"] == len(own)
        assert close(mean(r["importance"] - r["satisfaction"] for r in own), row["gap"])


def test_mission_overlap_is_jaccard(demo: Engagement, inclusion: dict[str, Any]) -> None:
    themes = {row["node"]: set(row["themes"]) for row in records(demo, "nodes")}
    for row in inclusion["overlap"]:
        a, b = themes[row["source"]], themes[row["target"]]
        if row["overlap"] is not None:
            assert close(len(a & b) / len(a | b), row["overlap"]), row


def test_response_rates(demo: Engagement, persons: list[Person], published: dict[str, Any]) -> None:
    quality, answered = published["data_quality"], [p for p in persons if p.answers]
    invited: dict[str, float] = {}
    for row in records(demo, "population"):
        invited[row["group"]] = invited.get(row["group"], 0.0) + row["invited"]
    for row in quality["response_rates"]:
        count = sum(p.group == row["group"] for p in answered)
        assert row["n"] == count
        assert close(count / invited[row["group"]], row["rate"])
    assert close(len(answered) / sum(invited.values()), quality["response_rate"])


def test_rows_of_every_table(demo: Engagement, published: dict[str, Any]) -> None:
    tables = published["data_quality"]["tables"]
    for name, row in tables.items():
        assert row["rows"] == len(demo.wave.tables[name]), name
    unnamed = sum(row["customer"] is None for row in records(demo, "transactions"))
    assert tables["transactions"]["left_out"] == unnamed
