"""The section of results.json: pinned keys, nulls with reasons, and what each part says."""

from __future__ import annotations

import json

import pytest

from lodestar.workbook.document import _plain
from tests.support.conflicts import (
    check_section,
    engagement_of,
    field_results,
    field_tables,
    link,
    metric,
    outcome,
    planted_history,
)

PINNED = {
    "kind",
    "a",
    "b",
    "function_a",
    "function_b",
    "severity",
    "net",
    "determinacy",
    "contested",
    "conditional",
    "sign",
    "path",
    "evidence",
    "measured",
}


@pytest.mark.parametrize(
    "tables",
    [
        {"metrics": []},
        {"metrics": [metric("a", "sales")]},
        {"outcomes": [outcome("o")]},
        {"history": planted_history()},
        field_tables(),
        field_tables(history=planted_history()),
        field_tables(history=planted_history(20)),
        {
            "metrics": [metric("a", "sales", "target", target=3), metric("b", "service")],
            "links": [link("a", "b", "+", 0.9), link("a", "a", "-", 0.9)],
        },
    ],
)
def test_any_register_gives_a_valid_section(tables):
    section = field_results(tables)["conflicts"]
    check_section(section)
    for item in section["items"]:
        assert item.keys() >= PINNED


def test_the_field_case():
    section = field_results()["conflicts"]
    item = next(i for i in section["items"] if i["b"] == "service_cost")
    assert item["kind"] == "structural"
    assert item["path"] == ["logistics_cost", "deliveries_split", "contacts", "service_cost"]
    assert item["sign"] == "opposing"
    assert item["evidence"] == "observed"
    assert item["lag"] == 1
    assert item["severe"]
    fix = next(i for i in section["items"] if i["b"] == "first_contact_fix")
    assert (fix["lag"], fix["function_a"], fix["function_b"]) == (3, "sales", "service")
    rule = next(i for i in section["items"] if i["kind"] == "policy")
    assert (rule["a"], rule["b"], rule["paid"]) == (
        "two_signatures",
        "solved",
        ["first_contact_fix"],
    )
    assert section["orphans"] == [{"outcome": "promises_kept", "severity": 0.8}]
    assert section["untraceable"] == ["logistics_cost", "service_cost", "visits"]
    assert section["duties"][0]["metric"] == "callbacks"


def test_the_plan_clears_the_field_case():
    plan = field_results()["conflicts"]["repairs"]
    assert plan["optimal"]
    assert plan["before"]["severe"] > 0 == plan["after"]["severe"]
    assert plan["after"]["orphans"] == 0
    assert plan["left"] == []
    assert plan["left_reason"]
    assert {c["metric"]: c["change"] for c in plan["changes"]}["callbacks"] == "assign-owner"
    assert sum(c["cost"] for c in plan["changes"]) == plan["cost"]
    weakened = [c for c in plan["changes"] if c["metric"] == "first_contact_fix"]
    assert all(c["change"] not in ("re-weight", "replace") for c in weakened)


def test_history_is_told_beside_the_map():
    section = field_results(field_tables(history=planted_history()))["conflicts"]
    item = next(i for i in section["items"] if i["b"] == "service_cost")
    assert item["measured"] == "confirmed"
    pair = section["history"]["pairs"][0]
    assert (pair["a"], pair["b"], pair["lag"]) == ("logistics_cost", "service_cost", 3)
    assert pair["verdict"] == "confirmed"
    against = field_results(field_tables(history=planted_history(sign=1.0)))["conflicts"]
    assert (
        next(i for i in against["items"] if i["b"] == "service_cost")["measured"] == "contradicted"
    )


def test_verdicts_of_people_travel_with_the_conflict():
    review = {
        "a": "service_cost",
        "b": "logistics_cost",
        "kind": "structural",
        "verdict": "intended",
        "reason": "until depots reopen",
        "reviewer": "COO",
        "date": "2026-11-01",
    }
    section = field_results(field_tables(conflict_reviews=[review]))["conflicts"]
    item = next(i for i in section["items"] if i["b"] == "service_cost")
    assert item["review"]["verdict"] == "intended"
    assert item["review"]["date"] == "2026-11-01"


def test_mixed_pairs_carry_the_path_that_works_the_other_way():
    tables = field_tables()
    tables["links"] = [*tables["links"], link("contracts_signed", "first_contact_fix", "+", 0.1)]
    section = field_results(tables)["conflicts"]
    item = next(i for i in section["items"] if i["b"] == "first_contact_fix")
    assert item["sign"] == "mixed"
    assert item["counter"]["path"] == ["contracts_signed", "first_contact_fix"]


def test_functions_add_up_to_the_total():
    section = field_results()["conflicts"]
    rules = sum(i["severity"] for i in section["items"] if i["function_a"] is None)
    cells = sum(cell["severity"] for cell in section["functions"])
    assert cells + rules == pytest.approx(section["total_severity"])


def test_same_inputs_same_results_and_row_order_does_not_matter():
    tables = field_tables(history=planted_history())
    turned = {
        name: rows[::-1] if isinstance(rows, list) else rows.iloc[::-1].reset_index(drop=True)
        for name, rows in tables.items()
    }
    one, two = (json.dumps(_plain(field_results(t)["conflicts"])) for t in (tables, turned))
    assert one == two


def test_promises_against_pay():
    activity = {"activity": "x", "name": "Fix it first", "owner": "A", "function": "service"}
    rows = [activity | {"effort": 1, "serves": "m", "status": "active", "promises": "solved"}]
    section = field_results(field_tables(activities=rows))["conflicts"]
    assert section["promised"] == 1
    assert section["promises"][0] == {
        "activity": "x",
        "outcome": "solved",
        "metrics": ["contracts_signed"],
    }


def test_an_engagement_is_left_as_it_was():
    given = engagement_of()
    before = given.table("metrics").copy()
    field_results()
    assert given.table("metrics").equals(before)
