"""Attacks over two periods, and on what charts and files carry: without the gate and with it.

Oracles: domain research C; the difference of two periods' sums, by hand.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from lodestar.assess.level.stood import stood
from lodestar.assess.level.trend import trend
from lodestar.engagement.model import Confidentiality, Engagement
from lodestar.run.tables import result_lists
from lodestar.workbook.perspectives.views import seen
from tests.assess.perspectives.survey import crowd
from tests.confidentiality.attacks.attacker import OPEN, scales_of
from tests.support.builders import engagement, wave

ITEMS = ("I01", "I02", "I03")
LEAST = 5


def customers(answers: Mapping[str, int]) -> dict[str, list[dict[str, Any]]]:
    """Return customers with one answer to everything, middle items turned."""
    return {
        "respondents": [{"respondent": who, "group": "customer"} for who in answers],
        "responses": [
            {"respondent": who, "item": item, "value": 6 - value if item == "I02" else value}
            for who, value in answers.items()
            for item in ITEMS
        ],
    }


STAYED = {f"c{i}": 2 + i % 3 for i in range(9)}


def two_periods(gate: Confidentiality) -> Engagement:
    """Return a client whose tenth customer leaves, while all others' answers are carried over."""
    before = wave(customers({**STAYED, "c9": 4}), "2026-Q3", "2026-07-01", "2026-09-30")
    return engagement(customers(STAYED), earlier=(before,), confidentiality=gate)


def leaver(shown: Engagement) -> float | None:
    """Return the leaver's level: ten times the earlier level less nine times the later one."""
    periods = trend([stood(shown.at(i)) for i in range(2)])["periods"]
    earlier, later = (period["experienced"]["estimate"] for period in periods)
    return None if earlier is None or later is None else 10 * earlier - 9 * later


def test_a_leaver_between_two_periods() -> None:
    """Oracle: where nothing is gated the difference of the sums is the leaver's own level."""
    known, alone = leaver(two_periods(OPEN)), two_periods(OPEN).at(0)
    level = stood(alone.with_tables(**_only(alone, "c9"))).experienced.estimate
    assert known == pytest.approx(level, abs=1e-4)
    assert leaver(two_periods(Confidentiality())) is None


def _only(shown: Engagement, who: str) -> dict[str, Any]:
    tables = shown.wave.tables
    return {
        name: tables[name][tables[name]["respondent"] == who].reset_index(drop=True)
        for name in ("respondents", "responses")
    }


def people() -> list[dict[str, Any]]:
    """Return twelve of sales and three of service."""
    return crowd(12, 3, 1, group="employee", function="sales") + crowd(
        3, 2, 2, group="employee", function="service"
    )


def published(gate: Confidentiality | None = None) -> dict[str, Any]:
    labels = {
        "group": {"employee": "Employees"},
        "function": {"sales": "Sales", "service": "Service"},
        "dimension": {"D1": "Purpose"},
    }
    return {"labels": labels, "perspectives": {"scales": scales_of(people(), gate)}}


def counts(results: dict[str, Any]) -> list[float]:
    """Return how many persons stand behind each row of the downloaded CSV of views."""
    text = result_lists({"perspectives": results["perspectives"]})["perspectives.scales"]
    return [float(row["n"]) for row in csv.DictReader(io.StringIO(text)) if row["n"]]


def test_the_downloaded_csv() -> None:
    """Oracle: without a gate the file has rows of three people; with it no row of fewer than 5."""
    assert 3 in counts(published(OPEN))
    assert min(counts(published())) >= LEAST


def hovered(node: Any) -> Iterator[str]:
    """Yield the number of persons of every mark in a chart's own data."""
    if isinstance(node, dict):
        if "mean" in node and "n" in node:
            yield str(node["n"])
        node = list(node.values())
    for inner in node if isinstance(node, list) else ():
        yield from hovered(inner)


def test_hover_text() -> None:
    """Oracle: what a mark tells when pointed at is a row of the chart's data."""
    told = {
        name: set(hovered(seen(published(gate)).chart.to_dict()))
        for name, gate in (("open", OPEN), ("gated", None))
    }
    assert "3" in told["open"]
    assert "3" not in told["gated"]
    assert "15" in told["gated"]
