"""Exhibits of consensus and camps: the map, every pair, camps by subject and by function."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lodestar.assess.perspectives.camps import camps
from lodestar.assess.perspectives.strategic import strategic_consensus
from lodestar.confidentiality import Gate
from lodestar.findings.model import Finding
from lodestar.findings.perspectives.camps import camps as camps_finding
from lodestar.findings.perspectives.consensus import consensus as consensus_finding
from lodestar.workbook.perspectives import EXHIBITS
from tests.assess.perspectives.views import seen

NAMES = ("customer", "employee")
LABELS: dict[str, dict[str, str]] = {"group": {n: n.title() for n in NAMES}}
LABELS |= {"function": {}, "dimension": {}}


def document(apart: float) -> dict[str, Any]:
    """Return the sections of a survey of customers and two functions, with camps planted."""
    rng = np.random.default_rng(5)
    people = [{"group": "employee", "function": f} for f in ["a"] * 26 + ["b"] * 24]
    people += [{"group": "customer"}] * 15
    scores = np.clip(3 + rng.normal(0, 0.35, (65, 4)), 1, 5)
    scores[(np.arange(65) % 5 < 2) & (np.arange(65) < 50), :2] -= apart
    made = seen(people, scores)
    section = {"consensus": strategic_consensus(*made, Gate(), 1), "camps": camps(*made, Gate(), 1)}
    return {"labels": LABELS, "perspectives": section}


@pytest.fixture(scope="module")
def parted() -> dict[str, Any]:
    return document(1.8)


def data(chart: Any) -> list[dict[str, Any]]:
    """Return every row of data a chart carries."""
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def test_the_map_names_every_group_and_lists_every_pair(parted: dict[str, Any]) -> None:
    """Oracle: customers, employees and two functions; one pair of kinds, one of functions."""
    found = consensus_finding(parted)
    made = EXHIBITS["perspectives.consensus"](parted)
    assert isinstance(found, Finding)
    assert found.headline in made.chart.to_dict()["description"]
    marks = {row["label"]: row for row in data(made.chart) if "agreed" in row}
    assert set(marks) == {"Customer", "Employee", "A", "B"}
    assert {name: row["shape"] for name, row in marks.items() if name in "AB"} == {
        "A": "circle",
        "B": "circle",
    }
    assert made.table is not None
    assert len(made.table.rows) == 2
    assert [len(fold.table.rows) for fold in made.folds if fold.table] == [4]


def test_without_a_map_the_pairs_are_still_listed(parted: dict[str, Any]) -> None:
    section = parted["perspectives"]["consensus"]
    bare = section | {"map": {"points": [], "points_reason": "Needs three groups."}}
    made = EXHIBITS["perspectives.consensus"](
        {"labels": LABELS, "perspectives": {"consensus": bare}}
    )
    assert made.chart is None
    assert made.notes == ("Needs three groups.",)
    assert made.table is not None
    assert made.table.rows


def test_camps_are_drawn_by_subject_and_counted_by_function(parted: dict[str, Any]) -> None:
    """Oracle: four subjects of two camps are eight marks, each with its mean of results."""
    made = EXHIBITS["perspectives.camps"](parted)
    drawn = sorted(row["text"] for row in data(made.chart) if "text" in row and "series" in row)
    section = parted["perspectives"]["camps"]
    assert drawn == sorted(f"{row['mean']:.1f}" for row in section["subjects"])
    assert made.table is not None
    assert [row[0] for row in made.table.rows] == ["a", "b"]
    assert made.notes[0] == f"Camp 1: {section['items'][0]['n']} people."
    found = camps_finding(parted)
    assert isinstance(found, Finding)
    assert found.headline in made.chart.to_dict()["description"]


def test_one_camp_has_no_chart_and_says_what_was_tried() -> None:
    made = EXHIBITS["perspectives.camps"](document(0.0))
    assert made.chart is None
    assert made.table is None
    assert "silhouette" in made.notes[0]
