"""Exhibits of 05, made from a whole small survey: charts, tables, what is withheld."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lodestar.assess.labels import labels
from lodestar.assess.perspectives import assess
from lodestar.findings.model import Finding
from lodestar.findings.perspectives import findings
from lodestar.tables import SUPPRESSED
from lodestar.workbook.exhibit import Exhibit
from lodestar.workbook.perspectives import EXHIBITS
from tests.assess.perspectives.survey import crowd, survey

ORDERED = {"perspectives.consensus", "perspectives.camps"}
"""Need three subjects; the small survey has two."""

TABLES = {"perspectives.topic_groups", "perspectives.objections"}
"""Tables alone: few rows, whose words are the point; nothing to tell of so few comments."""

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    """Return labels and section of a survey with a hidden, a homogeneous and a hostile part."""
    people = [
        *crowd(14, 2.4, 1, group="customer"),
        *crowd(12, 3.6, 2, group="employee", function="sales", seniority="senior\nstaff"),
        *crowd(13, 2.8, 3, group="employee", function="service", seniority="new"),
        *crowd(3, 3.0, 4, group="partner"),
    ]
    people += [{"group": "executive", "I01": 5, "I02": 1, "I03": 5} for _ in range(6)]
    priorities = [{"id": f"p{i}", "text": "P", "kind": "k", "from": "b"} for i in range(4)]
    recall = [{"respondent": f"r{i}", "position": 1, "priority": "p0"} for i in range(14, 26)]
    recall += [{"respondent": f"r{i}", "position": 1, "priority": "other"} for i in range(26, 39)]
    recall += [{"respondent": "r30", "position": 2, "priority": "p2"}]
    comments = [{"respondent": f"r{i}", "topic": HOSTILE, "text": "t"} for i in range(12)]
    rating = {"capability": "C03", "function": "sales", "level": 4.5, "rater_function": "sales"}
    ratings = [
        {**rating, "rater": "a"},
        {**rating, "rater": "b", "level": 2.0, "rater_function": "service"},
    ]
    tables = {"priorities": priorities, "recall": recall, "comments": comments, "ratings": ratings}
    client = survey(people, **tables)
    level = {"required": None, "experienced": None}
    return {"labels": labels(client), "perspectives": assess(client, {}), "level": level}


def exhibit(results: dict[str, Any], name: str) -> Exhibit:
    """Return an exhibit whose chart draws."""
    made = EXHIBITS[f"perspectives.{name}"](results)
    made.chart.to_dict()
    return made


def rows(chart: Any) -> list[dict[str, Any]]:
    """Return every row of data a chart carries."""
    return [row for data in chart.to_dict()["datasets"].values() for row in data]


def test_every_finding_has_an_exhibit_with_words_and_figures(results: dict[str, Any]) -> None:
    found = [slot for slot in findings(results) if isinstance(slot, Finding)]
    assert {slot.id for slot in found} | TABLES == set(EXHIBITS) - ORDERED | TABLES
    for slot in found:
        made = EXHIBITS[slot.id](results)
        if slot.id in TABLES:
            assert made.table is not None
            continue
        assert slot.headline in made.chart.to_dict()["description"]
        assert made.table is not None
        assert made.table.rows


def test_hidden_cells_are_marked_and_carry_no_number(results: dict[str, Any]) -> None:
    made = exhibit(results, "views")
    cells = {(row["subject"], row["group"]): row for row in rows(made.chart) if "subject" in row}
    partner, executive = cells["Purpose", "Partners"], cells["Purpose", "Executives"]
    assert (partner["mean"], partner["text"], partner["n"]) == (None, "too few", "")
    assert (executive["mean"], executive["text"]) == (None, "high end")
    assert any("Dashed" in note for note in made.notes)
    shown = {cell for row in made.table.rows for cell in row if row[1] == "Partners"}
    assert SUPPRESSED in shown


def test_no_exhibit_carries_a_person_or_a_small_count(results: dict[str, Any]) -> None:
    for name in set(EXHIBITS) - ORDERED - TABLES:
        made = EXHIBITS[name](results)
        text = json.dumps(made.chart.to_dict()) + made.table.html()
        assert '"r1' not in text
        assert all(row.get("n") in (None, "") or int(row["n"]) >= 5 for row in rows(made.chart))


def test_gaps_put_the_higher_group_first(results: dict[str, Any]) -> None:
    """Oracle: planted: sales above service, customers lowest."""
    made = exhibit(results, "gap")
    labels_drawn = [row["label"] for row in rows(made.chart) if "certain" in row]
    assert any(label.startswith("Employees above customers: ") for label in labels_drawn)
    assert any(label.startswith("Sales above Service: ") for label in labels_drawn)
    assert all(row["delta"] >= 0 for row in rows(made.chart) if "certain" in row)


def test_client_text_is_escaped(results: dict[str, Any]) -> None:
    made = exhibit(results, "topics")
    assert HOSTILE not in made.table.html()
    assert "&lt;script&gt;" in made.table.html()


def test_priorities_show_what_was_asked(results: dict[str, Any]) -> None:
    """Oracle: 12 of 25 employees name one of four, one names another: 13/100; clarity unasked."""
    series = [row for row in rows(exhibit(results, "priorities").chart) if "series" in row]
    employees = {r["series"]: r["text"] for r in series if r["label"] == "Employees"}
    assert employees == {"hit_rate": "13 %"}


def test_conversations_stand_in_order_each_with_its_question(results: dict[str, Any]) -> None:
    """Oracle: as many to open as are ranked, the first open, each with a question and subjects."""
    made = exhibit(results, "misunderstandings")
    ranked = results["perspectives"]["misunderstandings"]
    assert [fold.title.partition(".")[0] for fold in made.folds] == [
        str(place) for place in range(1, len(ranked) + 1)
    ]
    assert [fold.open for fold in made.folds] == [True] + [False] * (len(ranked) - 1)
    for fold in made.folds:
        assert fold.notes[0].endswith("?")
        assert fold.notes[1].startswith("They differ on ")


def test_every_pair_is_to_be_found_also_one_that_is_not_shown(results: dict[str, Any]) -> None:
    """Oracle: pairs of results, counted in a set; those of three partners carry no number."""
    folds = exhibit(results, "gap").folds
    pairs = {(row["group_a"], row["group_b"]) for row in results["perspectives"]["gaps"]}
    listed = [row for fold in folds if fold.table for row in fold.table.rows]
    assert len(listed) == len(pairs)
    assert len({row[:2] for row in listed}) == len(pairs)
    hidden = [row for row in listed if "Partners" in row[:2]]
    assert hidden
    assert all(SUPPRESSED in row for row in hidden)
    assert not any(cell.replace(".", "").isdigit() for row in hidden for cell in row)


def test_who_raises_a_topic_is_drawn_topic_by_topic(results: dict[str, Any]) -> None:
    """Oracle: 30 of 50 is 2.4 times 15 of 60; a topic's heading comes before its groups."""

    def raised(topic: str, group: str, n: int, asked: int, ratio: float | None) -> dict[str, Any]:
        ends = {"ratio_low": None, "ratio_high": None}
        if ratio is not None:
            ends = {"ratio_low": ratio - 0.5, "ratio_high": ratio + 0.5}
        share = n / asked
        told = {"share": share, "low": share - 0.1, "high": share + 0.1, "ratio": ratio, **ends}
        return {"topic": topic, "group": group, "n": n, "asked": asked, "suppressed": False, **told}

    given = {
        **results["perspectives"],
        "topic_groups": [
            raised(HOSTILE, "employee:service", 15, 60, 0.9),
            raised("pace", "employee", 12, 20, None),
            raised(HOSTILE, "customer", 30, 50, 2.4),
            {**dict.fromkeys(raised("", "", 1, 1, None)), "topic": "pace", "group": "customer"},
        ],
    }
    made = exhibit({**results, "perspectives": given}, "topic_groups")
    lines = [row for row in rows(made.chart) if "heading" in row]
    assert {row["row"]: (row["label"], row["apart"], row["text"]) for row in lines} == {
        "001": ("Customers", True, "30 of 50, 2.4 times others"),
        "002": ("Employees in Service", False, "15 of 60, 0.9 times others"),
        "004": ("Employees", True, "12 of 20, nobody else"),
    }
    others = {row["label"]: row["others"] for row in lines}
    assert json.dumps({"000": HOSTILE})[1:-1] in str(made.chart.to_dict())
    assert others["Customers"] == pytest.approx(15 / 60)
    assert others["Employees"] == 0
    assert any(note.endswith("not shown: 1.") for note in made.notes)
    assert HOSTILE not in made.table.html()
