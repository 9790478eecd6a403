"""The section as results hold it: keys, reasons, pairs, insular views, recall, topics."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from lodestar.assess.perspectives import assess
from tests.assess.perspectives.survey import crowd, survey

CUSTOMERS = crowd(12, 2.5, 1, group="customer")
SALES = crowd(10, 3.8, 2, group="employee", function="sales")
SERVICE = crowd(11, 3.2, 3, group="employee", function="service")
EVERYBODY = [*CUSTOMERS, *SALES, *SERVICE]


def section(people: list[dict[str, Any]], **tables: Any) -> dict[str, Any]:
    """Return the section; it must be JSON as it stands."""
    found = assess(survey(people, **tables), {})
    return json.loads(json.dumps(found, allow_nan=False))


def test_pinned_keys_and_reasons() -> None:
    found = section(EVERYBODY)
    pinned = {"scale", "group", "n", "mean", "rwg", "icc1", "icc2", "alpha"}
    for row in found["scales"]:
        assert pinned <= set(row)
        if not row["suppressed"]:
            assert all(f"{key}_reason" in row for key in pinned if row[key] is None)
    for row in found["gaps"]:
        assert {"scale", "group_a", "group_b", "delta", "low", "high", "p", "q"} <= set(row)
    assert found["compared"] == sum(not row["suppressed"] for row in found["gaps"])


def test_nothing_given_says_so() -> None:
    found = section([])
    for name in ("scales", "gaps", "importance_performance", "know_do", "insular", "topics"):
        assert found[name] == []
        assert found[f"{name}_reason"].endswith((".", ")."))
    assert found["priorities"] == []
    assert "recall" in found["priorities_reason"]


def test_paired_gap_is_the_difference_of_the_published_means() -> None:
    """Oracle: the two means in `scales`; one customer skips performance."""
    people = [dict(person) for person in EVERYBODY]
    people[0]["I05"] = None
    found = section(people)
    means = {(r["scale"], r["group"]): r["mean"] for r in found["scales"]}
    row = next(r for r in found["importance_performance"] if r["group"] == "customer")
    expected = means["D2.importance", "customer"] - means["D2.performance", "customer"]
    assert row["gap"] == pytest.approx(expected)
    assert row["low"] <= row["gap"] <= row["high"]
    assert {r["dimension"] for r in found["know_do"]} == {"D3"}
    assert all(r["know"] - r["do"] == pytest.approx(r["gap"]) for r in found["know_do"])


def test_a_paired_row_with_a_hidden_side_has_no_numbers() -> None:
    """Oracle: only four customers were asked about performance."""
    people = [dict(person) for person in CUSTOMERS]
    for person in people[4:]:
        person["I05"] = None
    row = section(people)["importance_performance"][0]
    assert row["suppressed"]
    assert row["importance"] is None
    assert row["gap"] is None


def rated(function: str, rater_function: str | None, level: float, rater: str, **more: Any) -> dict:
    row = {"capability": "C03", "function": function, "rater": rater, "level": level}
    return {**row, "rater_function": rater_function, **more}


def test_insular_is_own_high_others_and_customers_low() -> None:
    """Oracle: own median 4.5 against 2; customers at about 2.5; service agrees with others."""
    ratings = [
        rated("sales", "sales", 4, "a"),
        rated("sales", "sales", 5, "b"),
        rated("sales", "service", 2, "c"),
        rated("sales", "service", 2, "d"),
        rated("service", "service", 3, "c"),
        rated("service", "sales", 2.5, "a"),
    ]
    found = section(EVERYBODY, ratings=ratings)["insular"]
    assert [row["function"] for row in found] == ["sales", "service"]
    assert found[0]["own"] == 4.5
    assert found[0]["others"] == 2
    assert (found[0]["n_own"], found[0]["n_others"]) == (2, 2)
    assert found[0]["customers"] == pytest.approx(np.mean([p["I03"] for p in CUSTOMERS]))
    assert [row["insular"] for row in found] == [True, False]


def test_insular_needs_customers_to_agree_with_the_others() -> None:
    """Oracle: customers rate it as high as the function itself does."""
    happy = [{**person, "I03": 4.0 + (i % 2)} for i, person in enumerate(CUSTOMERS)]
    ratings = [rated("sales", "sales", 4.5, "a"), rated("sales", "service", 2, "b")]
    assert not section(happy, ratings=ratings)["insular"][0]["insular"]


def test_a_side_of_few_survey_raters_hides_the_row() -> None:
    ratings = [
        *[rated("sales", "sales", 4, f"s{i}", basis="survey") for i in range(3)],
        rated("sales", "service", 2, "c"),
    ]
    row = section(EVERYBODY, ratings=ratings)["insular"][0]
    assert row["suppressed"]
    for key in ("own", "others", "customers", "distance", "n_own", "n_others"):
        assert row[key] is None
    assert not row["insular"]


def test_insular_was_not_asked_without_rater_functions() -> None:
    ratings = [rated("sales", None, 4, "a")]
    found = section(EVERYBODY, ratings=ratings)
    assert found["insular"] == []
    assert "rater_function" in found["insular_reason"]


PRIORITIES = [{"id": f"p{i}", "text": f"P {i}", "kind": "k", "from": "board"} for i in range(4)]


def test_recall_is_scored_against_the_official_list() -> None:
    """Oracle: by hand: ten name two of four, one of those twice; the others name none."""
    named = []
    for i in range(12, 22):
        named += [(f"r{i}", 1, "p0"), (f"r{i}", 2, "p1"), (f"r{i}", 3, "p1")]
    named += [(f"r{i}", 1, "other") for i in range(22, 33)]
    recall = [dict(zip(("respondent", "position", "priority"), row, strict=True)) for row in named]
    found = section(EVERYBODY, recall=recall, priorities=PRIORITIES)["priorities"]
    rows = {row["group"]: row for row in found}
    assert rows["employee"]["hit_rate"] == pytest.approx(10 * 0.5 / 21)
    assert rows["employee"]["n_hit_rate"] == 21
    assert rows["employee:service"]["hit_rate"] is None
    assert rows["employee:service"]["suppressed"]
    assert rows["employee:sales"]["suppressed"]


def test_topics_are_counts_of_persons_gated_at_their_own_threshold() -> None:
    """Oracle: 12, 11 and 4 persons at threshold 10: the four and the next smallest are hidden."""
    comments = [
        {"respondent": f"r{i}", "topic": topic, "text": "secret words"}
        for topic, people in (("speed", range(12)), ("price", range(11)), ("tone", range(4)))
        for i in people
    ]
    comments.append({"respondent": "r0", "topic": "speed", "text": "again"})
    found = section(EVERYBODY, comments=comments)
    rows = {row["topic"]: row for row in found["topics"]}
    assert (rows["speed"]["n"], rows["speed"]["comments"]) == (12, 13)
    assert rows["price"]["suppressed"]
    assert rows["tone"]["n"] is None
    assert "secret" not in json.dumps(found)


def test_no_respondent_id_and_no_small_count_leaves() -> None:
    """Oracle: every n shown is at least 5; ids r0 … r32 do not occur."""
    found = section([*EVERYBODY, *crowd(3, 3, 9, group="partner")])
    assert '"r1' not in json.dumps(found)
    assert all(row["n"] is None or row["n"] >= 5 for row in found["scales"])


def test_order_of_rows_changes_no_figure() -> None:
    """Oracle: the same persons in reverse; draws resample persons, so intervals may differ."""
    forward, backward = section(EVERYBODY), section(EVERYBODY[::-1])
    for one, other in zip(forward["scales"], backward["scales"], strict=True):
        assert one["group"] == other["group"]
        assert one["mean"] == pytest.approx(other["mean"], nan_ok=True)
    assert section(EVERYBODY) == forward


def test_without_a_survey_every_part_of_it_says_so() -> None:
    """Oracle: nobody was asked, so nobody can be too few, one-sided or asked on too little."""
    empty = assess(survey([]), {})
    reasons = [empty[f"{name}_reason"] for name in ("scales", "gaps", "serving", "know_do")]
    reasons += [empty["importance_performance_reason"], empty["misunderstandings_reason"]]
    reasons += [empty["consensus"][f"{name}_reason"] for name in ("groups", "pairs")]
    reasons.append(empty["camps"]["items_reason"])
    assert set(reasons) == {"There are no survey answers yet; fill respondents and responses."}
