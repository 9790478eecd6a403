"""Exhibits of 01 and 06: drawn from results alone, labelled at the marks, true to the figures."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import pytest

from lodestar.assess.results import Results
from lodestar.charts.render import chart_svg
from lodestar.findings import inclusion as inclusion_findings
from lodestar.findings import purpose as purpose_findings
from lodestar.findings.model import Finding
from lodestar.workbook.exhibit import Exhibit
from lodestar.workbook.inclusion import EXHIBITS as INCLUSION
from lodestar.workbook.purpose import EXHIBITS as PURPOSE
from tests.support.builders import engagement
from tests.support.purpose_inclusion import activities, example, tables

EXHIBITS = {**PURPOSE, **INCLUSION}
EXHIBITS.pop("purpose.recall")  # 05 makes it; held in its tests
SECTIONS = ("labels", "currency", "purpose", "inclusion", "perspectives")


def results(source: Any = None) -> dict[str, Any]:
    known = Results(source if source is not None else example())
    return {name: copy.deepcopy(known[name]) for name in SECTIONS}


@pytest.fixture(scope="module")
def full() -> dict[str, Any]:
    return results()


@pytest.fixture(scope="module")
def shown(full: dict[str, Any]) -> dict[str, Exhibit]:
    return {name: made(full) for name, made in EXHIBITS.items()}


def walk(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from walk(inner)
    if isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def words(svg: str) -> str:
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))


@pytest.mark.parametrize("module", [purpose_findings, inclusion_findings])
def test_every_finding_has_its_exhibit(module: Any, full: dict[str, Any]) -> None:
    ids = [slot.id for slot in module.findings(full)]
    own = PURPOSE if module is purpose_findings else INCLUSION
    assert list(own) == ids


@pytest.mark.parametrize("name", sorted(EXHIBITS))
def test_charts_describe_themselves_and_carry_no_legend(
    name: str, shown: dict[str, Exhibit], full: dict[str, Any]
) -> None:
    exhibit = shown[name]
    assert exhibit.chart is not None or exhibit.table is not None
    if exhibit.chart is None:
        return
    spec = exhibit.chart.to_dict()
    spec.pop("config")
    assert len(spec["description"]) > 20
    text = json.dumps(spec)
    assert "p00" not in text, "no respondent's id"
    assert all(not part.get("legend") for part in walk(spec) if "legend" in part)
    assert all(part["fontSize"] >= 12 for part in walk(spec) if "fontSize" in part)
    assert all(part["labelAngle"] == 0 for part in walk(spec) if "labelAngle" in part)
    again = EXHIBITS[name](full).chart.to_dict()
    again.pop("config")
    assert json.dumps(again) == json.dumps(spec), "same results, same chart"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("purpose.focus", ["We keep what we promise", "Win volume", "17 %", "Sales", "67 %"]),
        ("purpose.why_how", ["All functions", "62 % client’s benefit", "Service", "57 %"]),
        ("purpose.drift", ["2026-Q2", "2026-Q4", "17 %  Win volume", "65 %"]),
        ("purpose.lifetimes", ["still running", "abandoned", "Months since it began"]),
        ("purpose.revenue", ["2025-Q1", "2026-Q4", "come back", "episodic", "new"]),
        ("purpose.concentration", ["Share of customers, largest first", "half", "if all were"]),
        ("purpose.runway", ["Months from now", "revenue floor EUR 900"]),
        ("inclusion.advocacy", ["Customers on the offer", "Employees on you as an employer"]),
        ("inclusion.decisions", ["Customers", "Sales", "Decide [d1]", "Decide [d4]"]),
        ("inclusion.framework", ["Strategy", "command", "shared"]),
        ("inclusion.needs", ["observed (1)", "intuition (1)", "no day given", "12 months"]),
        ("inclusion.ripple", ["Us", "They", "33 %"]),
        ("inclusion.leading", ["Indicator i1 (more is better)", "Indicator i3 (less is better)"]),
        ("inclusion.workforce", ["Service", "hired", "laid off"]),
    ],
)
def test_charts_say_it_at_the_marks(name: str, said: list[str], shown: dict[str, Exhibit]) -> None:
    drawn = words(chart_svg(shown[name].chart))
    for text in said:
        assert text in drawn.replace("&amp;", "&"), drawn


def test_tables_hold_the_figures(shown: dict[str, Exhibit]) -> None:
    rows = {name: exhibit.table.rows for name, exhibit in shown.items() if exhibit.table}
    assert ("Warm homes that nobody has to think about", "yes", "2", "9.0", "50 %") in rows[
        "purpose.focus"
    ]
    assert rows["purpose.drift"][0][:3] == ("Volume drive", "Sales", "redirected")
    assert ("Customers", "3", "1", "33 %") in rows["inclusion.decisions"]
    assert rows["inclusion.needs"][0][0] == "w1"
    service = next(row for row in rows["inclusion.workforce"] if row[0] == "Service")
    assert service[-2:] == ("5", "3")


def test_parts_held_back_stay_held_back() -> None:
    people = tables()["respondents"].assign(function=["sales"] * 3 + ["service"] * 37 + [None] * 30)
    exhibit = INCLUSION["inclusion.advocacy"](results(example(respondents=people)))
    cells = [row for row in exhibit.table.rows if row[1] in ("Sales", "Service")]
    assert len(cells) == 4
    assert all(set(row[2:6]) == {"too few to show"} for row in cells)


def test_client_text_is_escaped_in_tables() -> None:
    bad = activities().assign(name="<script>x</script>", serves="<b>bold</b>")
    made = PURPOSE["purpose.focus"](results(example(activities=bad)))
    assert "<b>bold" not in made.table.html()
    assert "&lt;b&gt;bold" in made.table.html()


def test_many_other_purposes_are_gathered() -> None:
    many = activities()
    rows = [
        many.assign(activity=f"x{i}" + many["activity"], serves=f"purpose {i}") for i in range(20)
    ]
    spec = PURPOSE["purpose.focus"](results(example(activities=pd.concat(rows)))).chart
    assert "further purposes" in words(chart_svg(spec))


def test_refunds_beyond_sales_go_below_the_axis() -> None:
    rows = tables()["transactions"].assign(
        amount=lambda f: f["amount"].where(f["customer"] != "c0", -900.0)
    )
    given = results(example(transactions=rows))
    spec = PURPOSE["purpose.revenue"](given).chart.to_dict()
    ends = [row["end"] for data in spec["datasets"].values() for row in data if "end" in row]
    nets = [row["net"] for row in given["purpose"]["revenue"]["quarters"]]
    assert min(ends) == pytest.approx(min(nets))
    assert min(ends) < 0


def test_sparse_clients_draw_what_they_have() -> None:
    given = tables()
    for source in (
        {"transactions": given["transactions"]},
        {"respondents": given["respondents"].tail(30), "responses": given["responses"]},
        {"activities": given["activities"].head(1)},
        {"indicators": given["indicators"].head(3)},
        {"workforce": given["workforce"].head(1)},
        {"decisions": given["decisions"].head(1)},
    ):
        known = Results(engagement(source))
        slots = [*purpose_findings.findings(known), *inclusion_findings.findings(known)]
        found = [slot for slot in slots if isinstance(slot, Finding)]
        for slot in found:
            exhibit = EXHIBITS[slot.id](known)
            if exhibit.chart is not None:
                assert chart_svg(exhibit.chart).startswith("<svg")
