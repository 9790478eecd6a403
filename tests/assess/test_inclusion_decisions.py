"""Decisions, needs, workforce. Oracles: counted by hand; slow recomputation; invariants."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.assess.inclusion.decision_framework import MODES, decision_framework, recommended_mode
from lodestar.assess.inclusion.decisions import (
    inclusion_by,
    inclusion_by_party,
    participation,
    party_matrix,
    taken,
)
from lodestar.assess.inclusion.needs import evidence, needs_by_basis, needs_list
from lodestar.assess.inclusion.workforce import chase, turnover
from lodestar.schema.tables import conform

AS_OF = date(2026, 12, 31)
ROWS = [
    ("d1", "2026-01-10", "strategy", "command", "sales", "sales;service;customer", "sales"),
    ("d2", "2026-02-10", "design", "consult", "sales", "customer;service", "customer;service"),
    ("d3", "2026-03-10", "design", "command", "service", "customer;service", "service;partner"),
    ("d4", "2026-04-10", "operation", "shared", "service", "", "service"),
    ("d5", "2027-01-10", "people", "command", "service", "employee", ""),
]


def decisions(rows: list[tuple] = ROWS) -> pd.DataFrame:
    columns = ["decision", "date", "kind", "mode", "function", "affected", "included"]
    return conform("decisions", pd.DataFrame(rows, columns=columns).assign(name="A decision"))


def test_participation_by_hand() -> None:
    """Shares 1/3, 1, 1/2; one decision names nobody, one lies after the day; 2 of 4 by command."""
    found = participation(decisions(), AS_OF)
    assert found.index == pytest.approx((1 / 3 + 1 + 0.5) / 3)
    assert found.command == pytest.approx(0.5)
    assert (found.counted, found.unaffected, found.moded, found.later) == (3, 1, 4, 1)


def test_no_decision_leaves_nulls() -> None:
    found = participation(decisions([]), AS_OF)
    assert math.isnan(found.index)
    assert math.isnan(found.command)


def test_splits_by_hand() -> None:
    found = inclusion_by(taken(decisions(), AS_OF), "kind").set_index("kind")
    assert found.loc["design", "inclusion"] == pytest.approx(0.75)
    assert found.loc["design", "command_share"] == pytest.approx(0.5)
    assert math.isnan(found.loc["operation", "inclusion"])


def test_parties_by_hand() -> None:
    """Customers in 1 of 3 that affect them, service in 2 of 3; partners join unaffected."""
    matrix = party_matrix(taken(decisions(), AS_OF))
    joined = matrix[matrix["part"] == "joins"]
    assert set(zip(joined["decision"], joined["party"], strict=True)) == {
        ("d3", "partner"),
        ("d4", "service"),
    }
    found = inclusion_by_party(matrix).set_index("party")
    assert found.index[0] == "customer"
    assert found["inclusion"].to_dict() == pytest.approx(
        {"customer": 1 / 3, "service": 2 / 3, "sales": 1}
    )


@pytest.mark.parametrize(
    ("kind", "today", "outside", "expected"),
    [
        ("strategy", "command", 0, "command"),
        ("strategy", "command", 1, "consult"),
        ("strategy", "command", 2, "consent"),
        ("operation", "command", 5, "consult"),
        ("design", "shared", 2, "shared"),
        ("people", "consult", 1.9, "consult"),
    ],
)
def test_recommended_mode(kind: str, today: str, outside: float, expected: str) -> None:
    assert recommended_mode(kind, today, outside) == expected


@given(st.sampled_from(MODES), st.floats(0, 8), st.sampled_from(["design", "operation"]))
def test_a_recommendation_never_takes_say_away(today: str, outside: float, kind: str) -> None:
    assert MODES.index(recommended_mode(kind, today, outside)) >= MODES.index(today)


def test_framework_by_hand() -> None:
    """Design: one consult, one command (a tie: the less participative counts as today's)."""
    found = decision_framework(taken(decisions(), AS_OF)).set_index("kind")
    design = found.loc["design"]
    assert found.index.tolist() == ["strategy", "design", "operation"]
    assert design["mode_today"] == "command"
    assert design["takes_part_today"] == ["customer", "partner", "service"]
    assert design["mode_recommended"] == "consult"
    assert found.loc["strategy", "left_out"] == ["customer", "service"]


@given(st.permutations(ROWS))
def test_order_of_decisions_changes_nothing(rows: list[tuple]) -> None:
    assert participation(decisions(rows), AS_OF) == participation(decisions(), AS_OF)
    again = decision_framework(taken(decisions(rows), AS_OF))
    pd.testing.assert_frame_equal(again, decision_framework(taken(decisions(), AS_OF)))


def needs() -> pd.DataFrame:
    rows = [
        ("n1", 5, 2, "observed", "2026-06-30"),
        ("n2", 4, 4, "told-us", "2025-12-31"),
        ("n3", 3, 1, "told-us", None),
        ("n4", 4, 3, "intuition", "2026-11-01"),
        ("n5", 4, 3, "co-created", "2027-02-01"),
    ]
    columns = ["need", "importance", "satisfaction", "basis", "asked_on"]
    return conform("needs", pd.DataFrame(rows, columns=columns).assign(segment="all"))


def test_needs_by_hand() -> None:
    """4 of 5 direct; fresh only n1 (n2 is a year old to the day, n5 asked after the day)."""
    found = evidence(needs(), AS_OF)
    assert (found.direct, found.fresh) == pytest.approx((0.8, 0.2))
    assert found.weighted == pytest.approx(16 / 20)
    assert (found.needs, found.undated, found.later) == (5, 2, 1)


def test_needs_list_and_bases() -> None:
    found = needs_list(needs(), AS_OF)
    assert found["need"].tolist() == ["n1", "n3", "n4", "n5", "n2"]
    assert found["name"].tolist() == found["need"].tolist()
    bases = needs_by_basis(needs(), AS_OF).set_index("basis")
    assert bases["needs"].sum() == 5
    assert bases["share"].sum() == pytest.approx(1)
    assert bases.loc["observed", "months"] == pytest.approx(6.05, abs=0.01)
    named = needs().assign(name=["A", None, "C", "D", "E"])
    assert needs_list(named, AS_OF).set_index("need")["name"].to_dict()["n2"] == "n2"


def test_no_needs() -> None:
    assert math.isnan(evidence(needs().head(0), AS_OF).direct)


def workforce(rows: list[tuple]) -> pd.DataFrame:
    columns = ["date", "function", "headcount", "hired", "left", "laid_off", "overtime_hours"]
    return conform("workforce", pd.DataFrame(rows, columns=columns))


def test_chase_counts_places_filled_again() -> None:
    """Service cuts 9 (149 to 136), grows to 141 within the year: 5 filled again; operations'
    hires only make up for leavers: none."""
    rows = workforce(
        [
            ("2025-06-30", "service", 149, 3, 4, 0, 100),
            ("2025-09-30", "service", 136, 2, 6, 9, 100),
            ("2025-12-31", "service", 141, 7, 2, 0, 100),
            ("2026-12-31", "service", 150, 9, 0, 0, 100),
            ("2025-06-30", "operations", 258, 6, 8, 6, None),
            ("2025-09-30", "operations", 257, 7, 8, 0, None),
            ("2026-12-31", "sales", 40, 3, 1, 0, None),
        ]
    )
    found = chase(rows, AS_OF).set_index("function")
    assert found["replaced"].to_dict() == {"operations": 0, "service": 5}
    assert found.loc["service", "replaced_share"] == pytest.approx(5 / 9)
    assert found["open"].tolist() == [0, 0]
    late = chase(rows, date(2025, 9, 30)).set_index("function")
    assert late["open"].to_dict() == {"operations": 6, "service": 9}


def test_places_are_not_filled_twice() -> None:
    rows = workforce(
        [
            ("2026-01-31", "sales", 95, 0, 0, 5, None),
            ("2026-03-31", "sales", 90, 0, 0, 5, None),
            ("2026-06-30", "sales", 95, 5, 0, 0, None),
        ]
    )
    assert chase(rows, AS_OF)["replaced"].tolist() == [5]


def test_turnover_by_hand() -> None:
    rows = workforce(
        [
            ("2025-12-31", "sales", 60, 9, 9, 9, 600),
            ("2026-06-30", "sales", 40, 3, 2, 1, 400),
            ("2026-12-31", "sales", 44, 5, 1, 0, 440),
            ("2027-03-31", "sales", 99, 9, 9, 9, 999),
        ]
    )
    found = turnover(rows, AS_OF).iloc[0]
    assert found["headcount"] == 42
    assert (found["hired"], found["left"], found["laid_off"]) == (8, 3, 1)
    assert found["overtime"] == pytest.approx(20)
    assert found["left_share"] == pytest.approx(3 / 42)
