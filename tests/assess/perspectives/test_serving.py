"""What those who serve see, and those they serve: by the page's own figures and by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from lodestar.assess.perspectives import assess
from lodestar.assess.perspectives.serving import serving_functions
from tests.assess.perspectives.survey import crowd, survey
from tests.assess.perspectives.test_section import rated

NODES = pd.DataFrame({"node": ["m", "f", "x"], "function": ["make", "fix", None]})
HIGH = crowd(20, 4.2, 1, group="employee", function="sales")
LOW = crowd(20, 2.0, 2, group="customer")


def serving(people: list[dict[str, Any]], **tables: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = assess(survey(people, **tables), {})["serving"]
    return found


def test_the_chain_between_functions_is_read_from_its_nodes() -> None:
    """Oracle: one link joins two functions; a link within one and one to nobody's node do not."""
    chain = pd.DataFrame({"source": ["m", "m", "f", "m"], "target": ["f", "x", "x", "m"]})
    assert serving_functions(chain, NODES) == [("make", "fix")]


def test_employees_who_see_more_than_customers_are_blind() -> None:
    """Oracle: gaps and means of the same section, turned round; planted 4.2 against 2.0."""
    found = assess(survey([*HIGH, *LOW]), {})
    gaps = {row["scale"]: row for row in found["gaps"] if row["group_b"] == "employee"}
    means = {(row["scale"], row["group"]): row["mean"] for row in found["scales"]}
    assert {row["dimension"] for row in found["serving"]} == {"D1", "D2"}
    for row in found["serving"]:
        scale = f"{row['dimension']}.level"
        assert row["blind"]
        assert row["delta"] == pytest.approx(-gaps[scale]["delta"])
        assert (row["low"], row["high"]) == (-gaps[scale]["high"], -gaps[scale]["low"])
        expected = means[scale, "employee"] - means[scale, "customer"]
        assert row["distance"] == pytest.approx(expected)


def test_modest_employees_are_not_blind_and_few_are_hidden() -> None:
    turned = [{**one, "group": "customer", "function": None} for one in HIGH]
    modest = [{**one, "group": "employee", "function": "sales"} for one in LOW]
    assert not any(row["blind"] for row in serving([*turned, *modest]))
    few = serving([*HIGH, *LOW[:4]])
    assert all(row["suppressed"] and row["distance"] is None for row in few)
    assert not any(row["blind"] for row in few)


def chain() -> dict[str, Any]:
    """Return the tables of a chain in which sales serves service."""
    nodes = [
        {"node": n, "name": n, "kind": "lever", "function": f}
        for n, f in (("n1", "sales"), ("n2", "service"))
    ]
    return {"nodes": nodes, "value_chain": [{"source": "n1", "target": "n2", "offer": "orders"}]}


def test_a_function_is_seen_by_the_function_it_serves() -> None:
    """Oracle: sales 4.5 of its own work, service 2; what finance says of it is left out."""
    ratings = [
        rated("sales", "sales", 4.5, "a"),
        rated("sales", "service", 2, "b"),
        rated("sales", "finance", 5, "c"),
    ]
    row = next(r for r in serving([], ratings=ratings, **chain()) if r["basis"] == "ratings")
    assert (row["serving"], row["served"], row["dimension"]) == ("sales", "service", "D2")
    assert (row["mean_serving"], row["mean_served"], row["distance"]) == (4.5, 2.0, 2.5)
    assert row["blind"]


def test_few_survey_raters_left_over_hide_the_row() -> None:
    """Oracle: all others' level less the five of service would tell the one of finance."""
    ratings = [rated("sales", "sales", 4, f"a{i}", basis="survey") for i in range(5)]
    ratings += [rated("sales", "service", 2, f"b{i}", basis="survey") for i in range(5)]
    alone = [*ratings, rated("sales", "finance", 5, "c", basis="survey")]
    assert not serving([], ratings=ratings, **chain())[0]["suppressed"]
    hidden = serving([], ratings=alone, **chain())[0]
    assert hidden["suppressed"]
    assert {hidden[key] for key in ("mean_serving", "mean_served", "distance")} == {None}
