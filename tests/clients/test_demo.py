"""The synthetic client equals its script and keeps what was asked of it; oracle: the contract."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lodestar.engagement import load
from lodestar.engagement.model import Engagement
from lodestar.schema.resources import client_data
from lodestar.schema.tables import TABLES
from tests.support.demo.basics import FUNCTIONS, short
from tests.support.make_demo import files, write

FOLDER = client_data() / "demo"


@pytest.fixture(scope="module")
def demo() -> Engagement:
    return load("demo", data_root=client_data())


def _committed() -> dict[str, bytes]:
    kept = [*FOLDER.glob("*.*"), *(FOLDER / "inputs").rglob("*.*")]
    return {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in sorted(kept)}


def test_the_committed_files_are_the_scripts_output() -> None:
    made, kept = files(), _committed()
    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == []


def test_writing_removes_what_is_no_longer_made(tmp_path: Path) -> None:
    stale = tmp_path / "inputs" / "2026-Q4" / "gone.csv"
    stale.parent.mkdir(parents=True)
    stale.write_text("x", encoding="utf-8")
    write(tmp_path)
    assert not stale.exists()
    assert (tmp_path / "engagement.yml").is_file()


def test_every_table_is_filled_in_the_latest_period(demo: Engagement) -> None:
    assert demo.period.id == "2026-Q4"
    assert [name for name in TABLES if not demo.has(name)] == []
    assert [wave.period.id for wave in demo.waves] == ["2025-Q4", "2026-Q2", "2026-Q4"]


def test_the_company_is_as_large_as_asked(demo: Engagement) -> None:
    assert tuple(f.id for f in demo.settings.functions) == FUNCTIONS
    assert 380 <= len(demo.wave.tables["respondents"]) <= 420
    assert len(demo.table("metrics")) == 40
    assert 85 <= len(demo.table("links")) <= 100
    assert len(demo.table("customers")) == 300
    assert len(demo.table("investments")) >= 14
    groups = demo.wave.tables["respondents"]["group"].value_counts()
    assert groups["customer"] >= 150
    assert groups["partner"] >= 20


def test_some_groups_are_too_small_to_show(demo: Engagement) -> None:
    people = demo.wave.tables["respondents"]
    managers = people[people["group"] == "manager"].groupby("function").size()
    segments = people[people["group"] == "customer"].groupby("segment").size()
    assert managers.min() < 5
    assert segments.min() < 5
    survey = demo.wave.tables["ratings"].query("basis == 'survey' and applies")
    assert survey.groupby(["capability", "function"])["rater"].nunique().min() < 5


def test_some_functions_have_fewer_than_three_raters(demo: Engagement) -> None:
    own = demo.wave.tables["ratings"].query("rater_function == function")
    assert own.groupby("function")["rater"].nunique().min() < 3
    assert set(demo.wave.tables["ratings"]["basis"]) == {
        "survey",
        "workshop",
        "assessor",
        "document",
    }


def test_pay_of_each_function_is_spent_once(demo: Engagement) -> None:
    paid = demo.table("metrics").groupby("function")["incentive"].sum()
    assert (paid.round(9) <= 1).all()


def test_most_metrics_have_two_years_of_months(demo: Engagement) -> None:
    months = demo.table("history").groupby("node").size()
    metrics = demo.table("metrics")["metric"]
    assert (months.reindex(metrics).fillna(0) >= 24).mean() >= 0.9
    assert months.reindex(metrics).isna().any()


def test_both_mistakes_are_corrected(demo: Engagement) -> None:
    fit = demo.table("customers").set_index("customer")["ideal_fit"]
    cost = demo.table("investments").set_index("investment")["cost"]
    assert (fit["c017"], cost["n07"]) == (0.74, 120000)


def test_the_client_says_that_it_is_synthetic(demo: Engagement) -> None:
    assert "synthetic" in demo.settings.name
    assert "does not exist" in (FOLDER / "SOURCE.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(20, 0, "20"), (3.50, 2, "3.5"), (-0.001, 2, "0"), (100, 1, "100")],
)
def test_numbers_are_written_as_people_do(value: float, decimals: int, text: str) -> None:
    assert short(value, decimals) == text
    assert float(pd.to_numeric(text)) == round(value, decimals)
