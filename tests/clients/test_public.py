"""Clients made from public data; oracle: the raw files recomputed here with pandas alone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lodestar.engagement import load
from lodestar.engagement.importing import import_client, import_tables
from lodestar.schema.resources import client_data

PUBLIC = {
    "airport-passengers": "2017-05",
    "emergency-departments": "2019-Q1",
    "gift-wholesaler": "2011-Q4",
}


def _raw(client: str) -> pd.DataFrame:
    (path,) = [p for p in (client_data() / client / "source").glob("*.csv") if "left" not in p.name]
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _left_out(client: str) -> dict[str, int]:
    frame = pd.read_csv(client_data() / client / "source" / "left_out.csv")
    return dict(zip(frame["reason"], frame["rows"], strict=True))


@pytest.mark.parametrize("client", PUBLIC)
def test_importing_again_gives_the_committed_files(client: str, tmp_path: Path) -> None:
    folder = client_data() / client
    copy = tmp_path / client
    (copy / "source").mkdir(parents=True)
    for name in ("engagement.yml", "source/mapping.yml"):
        (copy / name).write_bytes((folder / name).read_bytes())
    for path in (folder / "source").glob("*.csv"):
        if path.name != "left_out.csv":
            (copy / "source" / path.name).write_bytes(path.read_bytes())
    import_client(client, data_root=tmp_path)
    made = {p.relative_to(copy): p.read_bytes() for p in copy.rglob("*.csv")}
    kept = [*(folder / "inputs").rglob("*.csv"), *(folder / "source").glob("*.csv")]
    assert made == {p.relative_to(folder): p.read_bytes() for p in kept}


@pytest.mark.parametrize(("client", "period"), PUBLIC.items())
def test_it_loads_without_a_problem_and_names_its_source(client: str, period: str) -> None:
    engagement = load(client, data_root=client_data())
    assert engagement.period.id == period
    assert "public data" in engagement.settings.name
    source = (client_data() / client / "SOURCE.md").read_text(encoding="utf-8")
    for said in ("**Origin.**", "**Licence, as its publisher", "**What could not be confirmed.**"):
        assert said in source


def test_airport_ratings_are_the_raw_answers() -> None:
    raw, tables = _raw("airport-passengers"), import_tables(_mapping("airport-passengers"))
    answers = tables["responses"].astype({"value": float}).groupby("item")["value"]
    questions = {"A01": "Q7SIGN", "A12": "Q7PARK", "A16": "Q13GETRATE", "A22": "Q10SAFE"}
    for item, question in questions.items():
        valid = raw.loc[raw[question].isin(list("12345")), question].astype(float)
        assert answers.size()[item] == len(valid)
        assert answers.mean()[item] == pytest.approx(valid.mean(), abs=1e-12)
    assert len(tables["respondents"]) == raw["RESPNUM"].nunique() == 1541


def test_airport_answers_left_out_are_counted() -> None:
    raw, left = _raw("airport-passengers"), _left_out("airport-passengers")
    columns = [c for c in raw if c[:3] in ("Q7A", "Q7F", "Q7S", "Q7W", "Q7I", "Q7R", "Q7P", "Q7L")]
    columns += [c for c in raw if c.startswith(("Q9", "Q10", "Q13", "Q14"))]
    asked = raw[[c for c in columns if c not in ("Q7ALL", "Q9ALL")]]
    assert asked.shape[1] == 23
    assert left["6: never used, or does not apply"] == (asked == "6").sum().sum()
    assert left["0 or blank: no answer"] == asked.isin(["0", "", "Blank"]).sum().sum()
    rows = len(import_tables(_mapping("airport-passengers"))["responses"])
    assert rows + sum(left.values()) == asked.size + len(raw)


def test_airport_recommendation_is_the_textbook_score() -> None:
    raw = pd.to_numeric(_raw("airport-passengers")["NETPRO"])
    valid = raw[raw <= 10]
    expected = 100 * ((valid >= 9).mean() - (valid <= 6).mean())
    answers = load("airport-passengers", data_root=client_data()).wave.tables["responses"]
    scores = answers.loc[answers["item"] == "I79", "value"]
    assert len(scores) == len(valid) == 1502
    assert 100 * ((scores >= 9).mean() - (scores <= 6).mean()) == pytest.approx(expected)


def test_airport_changes_of_the_framework_are_told() -> None:
    framework = load("airport-passengers", data_root=client_data()).framework
    assert "dimension A1 added: 'Finding the way'" in framework.overrides
    assert sum("item A" in change for change in framework.overrides) == 23
    own = [item for item in framework.items if item.id.startswith("A")]
    assert all(item.to_level == {1: 1, 5: 5} for item in own)


def test_emergency_figures_are_national_totals() -> None:
    raw = _raw("emergency-departments").astype({"attendances": int, "breaches": int})
    history = load("emergency-departments", data_root=client_data()).table("history")
    series = history.set_index(["node", "date"])["value"]
    assert len(series) == 10 * 36
    for type_, name in {"1": "major", "2": "single", "other": "minor"}.items():
        month = raw[(raw["type"] == type_) & (raw["period"] == "2018-01-01")]
        share = 100 * month["breaches"].sum() / month["attendances"].sum()
        assert series[f"over4_{name}", "2018-01-01"] == pytest.approx(share, abs=6e-5)
        assert series[f"attend_{name}", "2018-01-01"] == month["attendances"].sum()
    whole = raw.groupby("period")[["attendances", "breaches"]].sum()
    within = 100 - 100 * whole["breaches"] / whole["attendances"]
    assert series["seen_in_four"].to_numpy() == pytest.approx(within.to_numpy(), abs=6e-5)


def test_emergency_links_are_what_the_data_warrant() -> None:
    raw = _raw("emergency-departments").astype({"attendances": int})
    share = raw.groupby("type")["attendances"].sum() / raw["attendances"].sum()
    links = load("emergency-departments", data_root=client_data()).table("links")
    strength = links.set_index(["source", "target"])["strength"]
    for type_, name in {"1": "major", "2": "single", "other": "minor"}.items():
        assert strength[f"over4_{name}", "seen_in_four"] == pytest.approx(share[type_], abs=0.005)
    assert _left_out("emergency-departments") == {}


def test_wholesaler_revenue_is_the_raw_revenue() -> None:
    raw = _raw("gift-wholesaler").astype({"amount": float})
    engagement = load("gift-wholesaler", data_root=client_data())
    trade = engagement.table("transactions")
    assert trade["amount"].sum() == pytest.approx(raw["amount"].sum(), abs=1e-6)
    assert len(trade) == (raw["amount"] != 0).sum() == 19959
    unnamed = ((raw["customer"] == "") & (raw["amount"] != 0)).sum()
    assert engagement.wave.left_out["transactions"] == unnamed == 1427
    assert (
        len(engagement.table("customers")) == raw.loc[raw["customer"] != "", "customer"].nunique()
    )
    first = raw[raw["customer"] != ""].groupby("customer")["date"].min()
    found = engagement.table("customers").set_index("customer")["first_invoice"]
    assert found.to_dict() == first.to_dict()


def _mapping(client: str) -> Path:
    return client_data() / client / "source" / "mapping.yml"
