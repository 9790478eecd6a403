"""Trend of the levels. Oracles: each period's own section, subtraction, and simulated clients that
did not change."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.assess.level import assess
from lodestar.assess.level.paired import picked
from lodestar.assess.level.stood import stood
from lodestar.assess.level.trend import trend as over
from lodestar.engagement import load
from lodestar.engagement.model import Engagement
from tests.support.builders import engagement, wave
from tests.support.levels import context, customers, ratings

KINDS = ("required", "present", "experienced")
Tables = dict[str, Any]


def material(**more: Any) -> Tables:
    """Three raters of the market, three of each function, eight customers."""
    return {"context": context(), "ratings": ratings(), **customers(), **more}


def client(*periods: Tables) -> Engagement:
    """A client of these periods, oldest first; the last is the current one."""
    earlier = [
        wave(tables, f"20{10 + i}-Q4", f"20{10 + i}-10-01", f"20{10 + i}-12-31")
        for i, tables in enumerate(periods[:-1])
    ]
    return engagement(periods[-1], earlier=earlier)


def trend(*periods: Tables) -> dict[str, Any]:
    made = client(*periods)
    return over([stood(made.at(i)) for i in range(len(periods))])


def change(found: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(row for row in found["changes"] if row["kind"] == kind)


def higher(rows: list[dict[str, Any]], column: str, by: float) -> list[dict[str, Any]]:
    return [{**row, column: min(5.0, row[column] + by)} for row in rows]


@pytest.fixture(scope="module")
def demo() -> Engagement:
    return load("demo")


@pytest.fixture(scope="module")
def section(demo: Engagement) -> dict[str, Any]:
    return assess(demo, {})


def test_each_period_says_what_its_own_run_says(demo: Engagement, section: dict[str, Any]) -> None:
    """The section of every period computed alone; the current one is the section itself."""
    periods = section["trend"]["periods"]
    assert [one["period"] for one in periods] == [wave.period.id for wave in demo.waves]
    for position, one in enumerate(periods):
        own = section if position == len(periods) - 1 else assess(demo.at(position), {})
        for kind in KINDS:
            for key in ("estimate", "low", "high"):
                assert one[kind][key] == own[kind][key], (one["period"], kind, key)
        assert one["present"]["staged"] == own["present"]["staged"]
        assert one["present"]["coverage"] == own["present"]["coverage"]


def test_changes_are_between_neighbours_then_first_and_last(section: dict[str, Any]) -> None:
    found = section["trend"]
    ids = [one["period"] for one in found["periods"]]
    pairs = [*pairwise(ids), (ids[0], ids[-1])]
    stands = {one["period"]: one for one in found["periods"]}
    for kind in KINDS:
        rows = [row for row in found["changes"] if row["kind"] == kind]
        assert [(row["from"], row["to"]) for row in rows] == pairs
        for row in rows:
            then, now = (stands[row[end]][kind]["estimate"] for end in ("from", "to"))
            assert row["change"] == pytest.approx(now - then)
            assert row["low"] <= row["change"] <= row["high"]
            assert row["beyond_noise"] == (row["low"] > 0 or row["high"] < 0)


def test_of_the_planted_dimensions_only_a_mended_one_stands_out(section: dict[str, Any]) -> None:
    """Service mended D7 and D3 before the latest period; nothing else was touched."""
    clear = {row["dimension"] for row in section["trend"]["dimensions"] if row["beyond_noise"]}
    assert clear
    assert clear <= {"D3", "D7"}
    assert section["trend"]["dimensions_by_chance"] == 2.0


def test_nothing_moves_when_everybody_says_the_same_again() -> None:
    """Persons are drawn alike in both periods, so what they always say leaves the difference."""
    found = trend(material(), material())
    for kind in KINDS:
        row = change(found, kind)
        assert (row["change"], row["low"], row["high"]) == pytest.approx((0, 0, 0))
        assert row["beyond_noise"] is False
    assert {row["beyond_noise"] for row in found["dimensions"]} == {False}


def test_what_everybody_says_half_a_level_higher_is_more_than_noise() -> None:
    later = material(ratings=higher(ratings(), "level", 0.5), context=context())
    row = change(trend(material(), later), "present")
    assert row["beyond_noise"] is True
    assert row["change"] == pytest.approx(0.5, abs=0.01)


def test_other_raters_leave_their_leniency_in_the_noise() -> None:
    """The same scores by other persons: the change is the same and its interval wider."""
    others = [{**row, "rater": f"new {row['rater']}"} for row in higher(ratings(), "level", 0.5)]
    same = material(ratings=higher(ratings(), "level", 0.5))
    rows = [change(trend(material(), m), "present") for m in (same, material(ratings=others))]
    paired, apart = (row["high"] - row["low"] for row in rows)
    assert rows[0]["change"] == rows[1]["change"]
    assert apart > paired + 0.1


def test_cells_rated_once_are_no_change() -> None:
    """C02 in sales is rated in the second period alone; nothing else differs."""
    part = [r for r in ratings() if (r["capability"], r["function"]) != ("C02", "sales")]
    found = trend(material(ratings=part), material())
    row = change(found, "present")
    assert row["like_for_like"]["change"] == pytest.approx(0)
    assert row["like_for_like"]["cells"] == 7
    assert row["like_for_like"]["differs"] == (abs(row["change"]) >= 0.1)
    assert {d["change"] for d in found["dimensions"]} == {0.0}


def test_one_period_has_no_trend_yet() -> None:
    found = trend(material())
    assert len(found["periods"]) == 1
    assert found["changes"] == []
    assert "one period so far" in found["changes_reason"]


def test_a_level_known_in_one_period_only_is_compared_with_nothing() -> None:
    found = trend({"ratings": ratings()}, material())
    assert {row["kind"] for row in found["changes"]} == {"present"}
    assert found["periods"][0]["required"]["estimate"] is None
    assert found["periods"][0]["required"]["estimate_reason"]


def test_a_period_between_that_does_not_know_a_level_is_passed_over() -> None:
    found = trend(material(), {"ratings": ratings()}, material())
    row = change(found, "required")
    assert (row["from"], row["to"]) == ("2010-Q4", "2026-Q4")


def test_the_level_chosen_earlier_is_not_made_up() -> None:
    found = trend(material(), material())
    assert [one["chosen"] for one in found["periods"]] == [None, 3]
    assert found["periods"][0]["chosen_reason"]


def test_two_raters_tell_no_change_from_noise() -> None:
    found = trend(material(context=context(2)), material(context=context(2)))
    row = change(found, "required")
    assert row["beyond_noise"] is None
    assert row["low_reason"]
    thin = trend(material(ratings=ratings(2)), material(ratings=ratings(2)))
    assert {d["beyond_noise"] for d in thin["dimensions"]} == {None}


@given(
    st.sets(st.integers(0, 12), min_size=1), st.sets(st.integers(0, 12), min_size=1), st.integers(0)
)
def test_who_answered_twice_is_picked_alike(one: set[int], other: set[int], seed: int) -> None:
    before, after = (pd.Index([f"p{i}" for i in sorted(who)]) for who in (one, other))
    first, second = picked(before, after, np.random.default_rng(seed), draws=20)
    assert (first.shape, second.shape) == ((20, len(one)), (20, len(other)))
    for person in before.intersection(after):
        place = before.get_loc(person), after.get_loc(person)
        assert (first[:, place[0]] == second[:, place[1]]).all()
    if not one & other:
        assert (first.sum(axis=1) == len(one)).all()
        assert (second.sum(axis=1) == len(other)).all()


def survey(people: list[str], answer: float) -> Tables:
    """Customers who all answer one thing, but for a middle answer of every second one."""
    return {
        "respondents": [{"respondent": p, "group": "customer"} for p in people],
        "responses": [
            {"respondent": p, "item": item, "value": answer + i % 2}
            for i, p in enumerate(people)
            for item in ("I01", "I02", "I03")
        ],
    }


NAMES = [f"c{i}" for i in range(8)]


def test_who_joins_carried_over_answers_cannot_be_read_off() -> None:
    """Eight customers, then the same answers and one more: the difference is the ninth's."""
    found = trend(survey(NAMES, 2), survey([*NAMES, "c8"], 2))
    earlier = found["periods"][0]["experienced"]
    assert earlier["suppressed"] is True
    assert [earlier[key] for key in ("estimate", "low", "high")] == [None] * 3
    assert not [row for row in found["changes"] if row["kind"] == "experienced"]


def test_answers_given_anew_are_compared_whoever_joined() -> None:
    found = trend(survey(NAMES, 2), survey([*NAMES, "c8"], 3))
    assert change(found, "experienced")["beyond_noise"] is True


def test_one_rating_changed_in_a_survey_cannot_be_read_off() -> None:
    rated = [{**row, "basis": "survey"} for row in ratings(6)]
    once = [{**rated[0], "level": 4.5}, *rated[1:]]
    found = trend({"ratings": rated}, {"ratings": once})
    assert found["periods"][0]["present"]["suppressed"] is True
    told = trend(
        {"ratings": ratings(6)}, {"ratings": [{**ratings(6)[0], "level": 4.5}, *ratings(6)[1:]]}
    )
    assert told["periods"][0]["present"]["suppressed"] is False


def test_an_earlier_period_passes_its_own_gate() -> None:
    found = trend(survey(NAMES[:3], 2), survey(NAMES, 3))
    earlier = found["periods"][0]["experienced"]
    assert earlier["suppressed"] is True
    assert earlier["estimate"] is None


def test_no_count_of_persons_leaves_with_the_trend(section: dict[str, Any]) -> None:
    said = json.dumps(section["trend"])
    assert '"n"' not in said
    assert "raters" not in said


def unchanged(rng: np.random.Generator, stay: float) -> tuple[Tables, Tables]:
    """Two waves of a client that did not change; a share of the persons answers in both."""
    count = {"raters": 12, "people": 40}
    lean = {kind: rng.normal(0, 0.5, 2 * n) for kind, n in count.items()}

    def wave_(first: dict[str, int]) -> Tables:
        who = {kind: range(first[kind], first[kind] + n) for kind, n in count.items()}
        scored = [
            {"factor": f"R{i}", "rater": f"r{j}", "score": _clip(3 + lean["raters"][j], rng)}
            for i in range(1, 12)
            for j in who["raters"]
        ]
        answers = [
            {"respondent": f"c{j}", "item": item, "value": round(_clip(3 + lean["people"][j], rng))}
            for j in who["people"]
            for item in ("I01", "I02", "I03")
        ]
        people = [{"respondent": f"c{j}", "group": "customer"} for j in who["people"]]
        return {"context": scored, "respondents": people, "responses": answers}

    later = {kind: round((1 - stay) * n) for kind, n in count.items()}
    return wave_(dict.fromkeys(count, 0)), wave_(later)


def _clip(centre: float, rng: np.random.Generator) -> float:
    return float(np.clip(centre + rng.normal(0, 0.6), 1, 5))


@pytest.mark.parametrize("stay", [1.0, 0.5, 0.0])
def test_unchanged_clients_seldom_look_changed(stay: float) -> None:
    """Simulated: about one in five at most; 60 levels, so bounds lie three standard errors out."""
    rng, alarms = np.random.default_rng(11), []
    for _ in range(30):
        found = trend(*unchanged(rng, stay))
        alarms += [row["beyond_noise"] for row in found["changes"]]
    assert len(alarms) == 60
    assert 0.02 <= np.mean(alarms) <= 0.36
