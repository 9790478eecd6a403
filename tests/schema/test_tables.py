"""The schema against the contract's table of tables, written out here by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from lodestar.schema.tables import TABLES, conform, empty

CONTRACT = {
    "respondents": "respondent group function? seniority? uses_offer? node?",
    "population": "group function? segment? invited headcount",
    "responses": "respondent item value",
    "comments": "respondent topic text",
    "priorities": "id text kind from",
    "recall": "respondent position priority",
    "context": "factor rater score basis?",
    "ratings": ("capability function rater level basis? rater_function? evidence? evidence_grade?"),
    "metrics": ("metric name function direction target? tolerance? unit? incentive kind serves?"),
    "nodes": "node name kind function? themes?",
    "outcomes": "outcome name beneficiary importance",
    "links": "source target sign strength evidence lag? condition?",
    "history": "node date value",
    "conflict_reviews": "a b kind verdict reason reviewer date",
    "repairs": "metric change cost allowed",
    "activities": (
        "activity name owner function effort serves concern? started? ended? status promises?"
    ),
    "decisions": "decision name date kind mode function affected included",
    "needs": "need segment importance satisfaction n? basis asked_on?",
    "customers": "customer name? segment? acquired? acquisition_effort? ideal_fit?",
    "transactions": "customer? date amount contract?",
    "workforce": "date function headcount hired left laid_off overtime_hours?",
    "investments": (
        "investment name kind cost running_cost_month? owner choice earliest? months requires? "
        "excludes? sponsor_until? realised_on?"
    ),
    "effects": (
        "investment target function? change low? high? delay_months chance observed_change? "
        "observed_on?"
    ),
    "budgets": "period kind amount",
    "capacity": "function period person_months",
    "loads": "investment function period_offset person_months",
    "upkeep": "capability function cost_year_per_level",
    "value_chain": "source target offer",
    "indicators": "indicator name node? date value better target?",
    "changes": "date node text",
}
DTYPES = {
    "text": "str",
    "quarter": "str",
    "number": "float64",
    "whole": "float64",
    "date": "datetime64[ns]",
    "list": "object",
}


def test_tables_are_those_of_the_contract() -> None:
    written = {
        name: " ".join(c.name + "?" * c.optional for c in table.columns)
        for name, table in TABLES.items()
    }
    assert written == CONTRACT


def test_keys_are_those_of_the_contract() -> None:
    keys = {name: table.key for name, table in TABLES.items()}
    first = "respondents priorities metrics nodes outcomes activities decisions needs customers"
    for name in [*first.split(), "investments"]:
        assert keys.pop(name) == (TABLES[name].names[0],)
    assert {name for name, key in keys.items() if not key} == {
        "comments",
        "transactions",
        "changes",
    }
    assert keys["effects"] == ("investment", "target", "function")
    assert keys["indicators"] == ("indicator", "date")


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_column_is_defined_and_typed(name: str) -> None:
    table = TABLES[name]
    frame = empty(name)
    assert isinstance(frame.index, pd.RangeIndex)
    assert len(frame) == 0
    for column in table.columns:
        assert str(frame[column.name].dtype) == DTYPES[column.type]
        assert column.definition.endswith(".")


def test_conform_completes_casts_and_keeps_extra_columns() -> None:
    rows = pd.DataFrame(
        {"level": ["2.5", "na"], "capability": ["C1", "C2"], "seg": [1, None]}, index=[7, 3]
    )
    frame = conform("ratings", rows)
    assert frame["applies"].to_list() == [True, False]
    assert frame["level"].isna().to_list() == [False, True]
    assert frame["basis"].to_list() == ["workshop", "workshop"]
    assert str(frame["seg"].dtype) == "str"
    assert frame.equals(conform("ratings", frame))


def test_conform_reads_lists_as_tuples() -> None:
    rows = pd.DataFrame({"decision": ["d1", "d2"], "affected": ["sales; service", None]})
    assert conform("decisions", rows)["affected"].to_list() == [("sales", "service"), ()]
