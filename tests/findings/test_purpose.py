"""The sentences of 01 are true of the numbers in every branch."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

from lodestar.assess.results import Results
from lodestar.findings.model import Absent, Finding
from lodestar.findings.names import months, short
from lodestar.findings.purpose import answer, findings
from tests.support.builders import engagement
from tests.support.pointers import resolve
from tests.support.purpose_inclusion import activities, example, tables

IDS = [
    "purpose.focus",
    "purpose.why_how",
    "purpose.drift",
    "purpose.lifetimes",
    "purpose.revisited",
    "purpose.recall",
    "purpose.revenue",
    "purpose.concentration",
    "purpose.runway",
]


def results(source: Any = None) -> dict[str, Any]:
    known = Results(source if source is not None else example())
    return {
        name: copy.deepcopy(known[name])
        for name in ("labels", "currency", "purpose", "perspectives")
    }


def slot(given: Mapping[str, Any], name: str) -> Finding:
    found = {item.id: item for item in findings(given)}[name]
    assert isinstance(found, Finding)
    return found


def test_slots_stand_in_page_order_with_evidence_that_resolves() -> None:
    given = results()
    found = findings(given)
    assert [item.id for item in found] == IDS
    for item in found:
        if item.id == "purpose.recall":
            continue  # this example asks nobody to recall; the sentence is held in 05's tests
        assert isinstance(item, Finding), item
        assert item.workbook == "01_purpose"
        assert item.evidence
        assert all(resolve(given, pointer) is not None for pointer in item.evidence)
        assert not item.headline.endswith(".")
        assert item.so_what.endswith((".", "?"))
        assert "None" not in f"{item.headline}{item.so_what}{item.reading}"


def test_without_tables_every_slot_says_what_would_fill_it() -> None:
    given = results(engagement({}))
    for item in findings(given):
        assert isinstance(item, Absent)
        assert item.reason.endswith(".")
        assert item.tables
    assert len(answer(given)) == 3
    assert "cannot be read yet" in answer(given)[0]


def test_the_answer_leads_with_focus_then_what_moved() -> None:
    said = answer(results())
    assert said[0].startswith("72 % of effort serves a purpose you declared")
    assert "between 2026-Q2 and 2026-Q4" in said[1]
    assert "keep coming back" in said[2]
    assert all(sentence.endswith(".") for sentence in said)


def test_transactions_alone_still_answer() -> None:
    given = results(engagement({"transactions": tables()["transactions"]}))
    said = answer(given)
    assert "keep coming back" in said[0]
    assert "largest customers bring" in said[1]
    assert said[2].startswith("The rest of this page waits for: activities, purpose in")
    assert isinstance(findings(given)[0], Absent)
    assert isinstance(findings(given)[-1], Absent), "no floor, no runway"


def test_focus_names_the_largest_other_purpose_and_the_unserved() -> None:
    found = slot(results(), "purpose.focus")
    assert "“Win volume”, takes 17 %" in found.headline
    assert "“We go and see” is declared and served by nothing" in found.so_what


def test_focus_without_other_purposes_or_without_any() -> None:
    tied = activities().assign(serves="m1")
    found = slot(results(example(activities=tied)), "purpose.focus")
    assert found.headline == "100 % of effort serves a purpose you declared"
    other = activities().assign(serves="golf")
    found = slot(results(example(activities=other)), "purpose.focus")
    assert found.headline.startswith("0 % of effort")


@pytest.mark.parametrize(
    ("concern", "said"),
    [("client-benefit", "Keep asking"), ("internal-method", "Method is a means")],
)
def test_why_against_how(concern: str, said: str) -> None:
    found = slot(
        results(example(activities=activities().assign(concern=concern))), "purpose.why_how"
    )
    share = "100" if concern == "client-benefit" else "0"
    assert found.headline.startswith(f"{share} % of effort is about why")
    assert found.so_what.startswith(said)


def test_drift_says_from_what_to_what_or_that_nothing_moved() -> None:
    found = slot(results(), "purpose.drift")
    assert "17 % of effort moved" in found.headline
    assert (
        "most of it from “Warm homes that nobody has to think about” to “Win volume”"
        in found.headline
    )
    assert "“Volume drive”" in found.so_what
    still = slot(results(example(activities=activities("m1", 2))), "purpose.drift")
    assert still.headline.startswith("Effort stayed where it was: 0 %")


def test_spread_drift_claims_no_single_direction() -> None:
    given = results()
    last = given["purpose"]["drift"][-1]
    last["value"] = 0.4
    last["shares"] = [
        {"key": k, "change": c, "share_from": 0.3, "share_to": 0.3 + c, "purpose": True}
        for k, c in (("m1", -0.14), ("v1", -0.13), ("v2", -0.13), ("x", 0.2), ("y", 0.2))
    ]
    headline = slot(given, "purpose.drift").headline
    assert "lost most" in headline
    assert "most of it from" not in headline


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (
            {"median": 7.0, "low": 5.0, "high": 11.0},
            "after seven months (five months to eleven months)",
        ),
        ({"median": 26.4, "low": 16.0, "high": None}, "after 2.2 years (16 months or more)"),
        ({"median": 7.0, "low": None, "high": None}, "after seven months; over"),
        ({"median": None}, "More than half of the work you began still runs"),
    ],
)
def test_half_life_in_words(part: dict[str, Any], said: str) -> None:
    given = results()
    given["purpose"]["lifetimes"].update(part)
    assert said in slot(given, "purpose.lifetimes").headline


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((0.2, 0.5, 3), "Begin less"),
        ((0.5, 0.2, 3), "Look at what was abandoned"),
        ((0.5, 0.0, 3), "What you begin, you finish"),
        ((0.0, 0.0, 0), "Nothing has ended yet"),
    ],
)
def test_advice_follows_the_endings(ends: tuple[float, float, int], said: str) -> None:
    given = results()
    finished, abandoned, ended = ends
    given["purpose"]["lifetimes"].update(finished=finished, abandoned=abandoned, ended=ended)
    assert slot(given, "purpose.lifetimes").so_what.startswith(said)


def test_the_oldest_purpose_is_named() -> None:
    found = slot(results(), "purpose.revisited")
    assert found.headline == (
        "“Warm homes that nobody has to think about” was last revisited 22 months ago"
    )
    assert "One purpose without a known day." in found.reading


def test_revenue_keeps_new_customers_apart_and_reads_the_fit() -> None:
    found = slot(results(), "purpose.revenue")
    assert "nine new customers" in found.headline
    assert "who stays, not who is easiest to win" in found.so_what
    assert "rows without a customer" in found.reading
    plain = slot(results(example(customers=tables()["customers"].head(0))), "purpose.revenue")
    assert "easiest to win" not in plain.so_what


@pytest.mark.parametrize(("share", "said"), [(0.2, "one-time buyer"), (0.8, "Protect")])
def test_revenue_advice_follows_the_share(share: float, said: str) -> None:
    given = results()
    given["purpose"]["revenue"]["fit"] = []
    given["purpose"]["recurring_share"] = share
    assert said in slot(given, "purpose.revenue").so_what


def test_a_large_customer_is_named_as_a_risk() -> None:
    rows = tables()["transactions"].head(1).assign(customer="only", date="2026-05-01", amount=5.0)
    found = slot(results(example(transactions=rows)), "purpose.concentration")
    assert found.headline == (
        "Your one customer brings 100 % of revenue: as if you had one equal customer"
    )
    assert "plan for its loss" in found.so_what
    many = pd.concat([rows.assign(customer=f"c{i}") for i in range(40)], ignore_index=True)
    found = slot(results(example(transactions=many)), "purpose.concentration")
    assert "Your 10 largest customers bring 25 %" in found.headline
    assert "No single customer" in found.so_what


@pytest.mark.parametrize(
    ("part", "headline", "advice"),
    [
        ({"months": 6.0, "low": 2.0, "high": None}, "in six months (two months or more)", "Win"),
        ({"months": 6.0, "low": 2.0, "high": 30.0}, "(two months to 2.5 years)", "Win"),
        ({"months": 0.0, "low": 0.0, "high": 3.0}, "at or below your revenue floor", "Settle"),
        ({"months": None, "low": None, "high": None, "never": 1.0}, "stays above", "Episodic"),
        ({"months": None, "low": 9.0, "high": None, "never": 0.8}, "stays above", "In 20 %"),
    ],
)
def test_runway_in_words(part: dict[str, Any], headline: str, advice: str) -> None:
    given = results()
    given["purpose"]["runway"].update(part)
    found = slot(given, "purpose.runway")
    assert headline in found.headline
    assert found.so_what.startswith(advice)


def test_short_cuts_at_words() -> None:
    assert short("Make energy simple", 30) == "Make energy simple"
    assert short("Make energy simple for all", 19) == "Make energy simple…"
    assert short("Donaudampfschifffahrt", 8) == "Donauda…"
    assert len(short("x" * 99, 20)) == 20


@pytest.mark.parametrize(
    ("count", "said"),
    [(0.2, "less than one month"), (1.0, "one month"), (23.4, "23 months"), (24.0, "2 years")],
)
def test_months_in_words(count: float, said: str) -> None:
    assert months(count) == said
