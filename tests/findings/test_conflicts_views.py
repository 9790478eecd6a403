"""Sentences on directions, the roof of measures, classes, doubt and verdicts. Oracle: results."""

from __future__ import annotations

import copy

import pandas as pd
import pytest

from lodestar.findings.conflicts import answer, findings
from lodestar.findings.conflicts.doubt_words import pressed
from lodestar.findings.conflicts.pairs_words import count_sentence, listed
from lodestar.findings.conflicts.path_words import reliance
from lodestar.findings.conflicts.review_words import verdict_sentence
from lodestar.findings.conflicts.tension_words import tensions
from lodestar.findings.conflicts.told import told
from lodestar.findings.model import Absent
from tests.support.conflicts import (
    CASES,
    DOUBT,
    field_results,
    field_tables,
    link,
    logistics,
    metric,
    outcome,
    resolve,
)


def slot(results, name):
    return next(found for found in findings(results) if found.id == name)


def plain(results):
    """Results as plain mappings, to be changed."""
    names = ("conflicts", "labels")
    return copy.deepcopy({name: results[name] for name in names})


def pay(*links, **incentives):
    """Metrics of sales, service and operations on two outcomes."""
    metrics = [
        metric("a", "sales", incentive=0.5),
        metric("b", "service", incentive=0.5),
        metric("helper", "sales", incentive=0.0),
    ]
    outcomes = [outcome("o", importance=0.8), outcome("p", importance=0.6)]
    return field_results({"metrics": metrics, "outcomes": outcomes, "links": list(links)})


def test_the_function_furthest_against_is_named_with_its_number():
    results = pay(link("a", "o", "-", 0.5), link("b", "o", "+", 0.5), link("helper", "o", "+", 0.5))
    found = slot(results, "conflicts.direction")
    assert found.headline == (
        "Pay in Sales points against what your outcomes are worth (−0.80), as in no other function"
    )
    assert resolve(results, found.evidence[0]) == pytest.approx(-0.8)
    assert found.so_what == (
        "It lowers “O” most: move part of the reward to “Helper”, which lifts it and nobody is "
        "paid for."
    )


def test_several_functions_against_are_counted():
    results = pay(link("a", "o", "-", 0.5), link("b", "p", "-", 0.5))
    headline = slot(results, "conflicts.direction").headline
    assert headline == (
        "Pay in Sales points most against what your outcomes are worth (−0.80); it does so in two "
        "of two functions"
    )


def test_where_none_points_against_the_furthest_off_is_named():
    results = pay(link("a", "o", "+", 0.5), link("b", "p", "+", 0.5))
    found = slot(results, "conflicts.direction")
    assert found.headline == (
        "Pay in no function points against what your outcomes are worth; Service is furthest off "
        "(+0.60 of at most 1)"
    )
    assert found.so_what.startswith("Keep it so")


def test_straight_at_one_outcome_is_said_to_be_no_angle():
    results = field_results(CASES["calm"])
    found = slot(results, "conflicts.direction")
    assert found.headline == "Pay in all two functions points straight at what you value"
    assert "With one outcome" in found.reading


def test_pay_that_touches_no_outcome_points_nowhere():
    assert isinstance(slot(field_results(DOUBT), "conflicts.direction"), Absent)


def test_the_measure_in_most_severe_pairs_is_named():
    results = field_results()
    cells = [c for c in results["conflicts"]["matrix"]["cells"] if c["severe"]]
    found = slot(results, "conflicts.matrix")
    ends = [end for cell in cells for end in (cell["a"], cell["b"])]
    metrics = {row["metric"] for row in results["conflicts"]["matrix"]["metrics"]}
    most = max(ends.count(end) for end in metrics)
    name = found.headline.split("”")[0].removeprefix("“")
    key = next(k for k, v in results["labels"]["node"].items() if v == name)
    assert ends.count(key) == most
    assert found.headline.endswith("pairs that collide severely")


def test_without_a_severe_pair_what_pulls_against_most_is_named():
    found = slot(field_results(CASES["small"]), "conflicts.matrix")
    assert found.headline == (
        "“A” pulls against every other paid measure and outcome, not severely"
    )
    calm = slot(field_results(CASES["calm"]), "conflicts.matrix")
    assert calm.headline.startswith("No paid measure plainly works against another")


def test_a_contested_pair_does_not_count_as_a_collision():
    found = slot(field_results(DOUBT), "conflicts.matrix")
    assert found.headline.startswith("No paid measure plainly works against")


@pytest.mark.parametrize("name", CASES)
def test_classes_told_add_up_to_what_is_in_the_items(name):
    section = field_results(CASES[name])["conflicts"]
    shown = listed(section)
    said = tensions(shown)
    severe = [item for item in shown if item["severe"]] or shown
    if any(item["tension"] for item in severe):
        assert said.startswith(f" Of the {len(severe)} ")
        kinds = {item["tension"] for item in severe if item["tension"]}
        assert said.count(" against ") == len(kinds)
    else:
        assert said == ""


def reviewed(verdict):
    first = listed(field_results()["conflicts"])[0]
    row = {key: first[key] for key in ("a", "b", "kind")}
    row |= {"verdict": verdict, "reason": "Until June.", "reviewer": "COO"}
    tables = field_tables(conflict_reviews=[row | {"date": pd.Timestamp("2026-11-01")}])
    return field_results(tables), first


def test_a_verdict_is_told_and_changes_no_count():
    before = field_results()["conflicts"]["severe"]
    results, first = reviewed("intended")
    assert results["conflicts"]["severe"] == before
    assert count_sentence(results).endswith("; you have marked one as intended")
    item = next(i for i in results["conflicts"]["items"] if i.get("review"))
    assert (item["a"], item["b"]) == (first["a"], first["b"])
    assert verdict_sentence(item) == (
        f"Reviewed as an intended tension by COO in {item['review']['period']}: Until June."
    )
    assert slot(results, "conflicts.paths").so_what == verdict_sentence(item)


def test_a_dismissed_conflict_is_not_told_as_the_worst():
    results, _ = reviewed("dismissed")
    assert count_sentence(results).endswith("; you have marked one as dismissed")
    assert answer(results)[1] != answer(field_results())[1]


def test_undecided_and_mixed_pairs_say_so():
    results = plain(field_results())
    item = listed(results["conflicts"])[0]
    assert "other way" not in reliance(results, item)
    assert "undecided" in reliance(results, item | {"sign": "undecided"})
    mixed = item | {"sign": "mixed", "determinacy": 0.9, "sign_share": 0.97}
    assert "95 % of the effect works the way told" in reliance(results, mixed)
    assert "holds in 97 % of 400 draws" in reliance(results, mixed)
    results["conflicts"]["classes"]["undecided"] = 3
    assert "Three ordered pairs were left undecided" in (
        slot(results, "conflicts.contested").reading
    )


def test_a_lasting_rise_is_told_with_its_determinacy():
    press = {"determinacy": 1 / 3, "nodes": ["a", "b"]}
    assert pressed({"press": {**press, "sign": 1}}) == "higher (determinacy 0.33)"
    assert pressed({"press": {**press, "sign": 0}}) == "where it stood: feedbacks cancel"
    assert pressed({"press": None}) == ""


def test_the_case_from_the_field_is_told():
    """Logistics cost down → deliveries split → contacts up → service cost up (D. Rance)."""
    results = field_results(logistics())
    assert told(results, results["conflicts"]["items"][0]) == (
        "Operations is paid for Logistics cost ↓ → Deliveries split ↑ → Contacts ↑ → "
        "Service cost ↑, which Service is paid to lower"
    )


def test_the_helper_named_is_one_of_the_weightiest_orphan():
    tables = field_tables()
    tables["outcomes"] = [*tables["outcomes"], outcome("on_time", importance=0.9)]
    tables["links"] = [*tables["links"], link("visits", "on_time", "+", 0.1)]
    found = slot(field_results(tables), "conflicts.orphans")
    assert found.headline.endswith("the weightiest is “On time”")
    assert found.so_what.startswith("“Visits” in Sales already helps “On time”")


def test_the_promise_names_the_measure_that_lowers_it_most():
    activity = {
        "activity": "p",
        "name": "Campaign",
        "owner": "X",
        "function": "sales",
        "effort": 1.0,
        "serves": "growth",
        "status": "active",
        "promises": "solved",
    }
    results = field_results(field_tables(activities=[activity]))
    section = results["conflicts"]
    worst = next(i for i in section["items"] if i["b"] == "solved" and i["kind"] == "customer")
    assert worst["severe"]
    name = results["labels"]["node"][worst["a"]]
    assert f"while pay for {name} lowers it" in slot(results, "conflicts.promises").so_what
