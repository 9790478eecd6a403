"""Leaks planted one by one in a clean run are each found, and named without what was said.

Oracle: the run as the gate makes it is clean; only what was planted differs.
"""

from __future__ import annotations

import base64
import copy
import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lodestar.assess.perspectives import cells as gated
from lodestar.audit import Leak
from lodestar.audit.check import audit_runs
from lodestar.audit.people import People
from lodestar.confidentiality import Gate
from lodestar.run.tables import csv_text
from tests.audit.organisation import (
    COMMENT,
    PERSONS,
    before,
    cell,
    found,
    notebook,
    organisation,
    results,
    run,
)

MATERIAL = organisation()
CLEAN = results(MATERIAL)
SCALE = "D1.level"


def true_mean(group: str) -> float:
    people = People(MATERIAL, 5, {})
    return float(np.nanmean(people.scales[SCALE][people.members(group)]))


@pytest.fixture
def document() -> dict[str, Any]:
    return copy.deepcopy(CLEAN)


def kinds(leaks: list[Leak]) -> set[str]:
    return {leak.kind for leak in leaks}


def page(html: str, tmp_path: Path, **more: Any) -> list[Leak]:
    files = {"05_perspectives.ipynb": notebook({"text/html": html}, **more)}
    return found(MATERIAL, run(tmp_path / "run", CLEAN, files))


def test_what_the_gate_lets_through_is_clean(tmp_path: Path, document: dict[str, Any]) -> None:
    rows = document["perspectives"]["scales"]
    assert {row["group"] for row in rows if row["suppressed"]} >= {"employee:finance"}
    tables = {"tables/perspectives.scales.csv": csv_text(rows).encode()}
    tables["05_perspectives.ipynb"] = notebook({"text/html": "<p>Finance: 3 people, Purpose</p>"})
    assert found(MATERIAL, run(tmp_path / "run", document, tables)) == []


def test_an_ungated_group_in_the_results(tmp_path: Path, document: dict[str, Any]) -> None:
    entry = cell(document, SCALE, "employee:finance")
    entry |= {"n": 3, "mean": true_mean("employee:finance"), "suppressed": False}
    leaks = found(MATERIAL, run(tmp_path / "run", document))
    assert "shown" in kinds(leaks)
    assert {leak.who for leak in leaks if leak.kind == "shown"} == {"a group of 3"}


def test_a_hidden_mean_written_as_its_country_does(tmp_path: Path) -> None:
    """A German page writes it with a comma, which an English one would read as two numbers."""
    mean = f"{true_mean('employee:finance'):.2f}".replace(".", ",")
    files = {"05_perspectives.ipynb": notebook({"text/html": f"<p>Finance, Purpose: {mean}</p>"})}
    for locale, expected in (("de", {"figure"}), ("en", set())):
        leaks = found(MATERIAL, run(tmp_path / locale, {**CLEAN, "locale": locale}, files))
        assert kinds(leaks) == expected


def test_numbers_left_in_an_entry_that_is_marked_as_hidden(
    tmp_path: Path, document: dict[str, Any]
) -> None:
    cell(document, SCALE, "employee:finance")["rwg"] = 0.5
    assert kinds(found(MATERIAL, run(tmp_path / "run", document))) == {"shown"}


def test_a_total_that_gives_a_hidden_function(tmp_path: Path, document: dict[str, Any]) -> None:
    """The function hidden beside the small one is shown again: the small one is the rest."""
    for group, size in (("employee:sales", 12), ("employee:service", 9)):
        cell(document, SCALE, group).update(n=size, mean=true_mean(group), suppressed=False)
    leaks = found(MATERIAL, run(tmp_path / "run", document))
    (leak,) = [leak for leak in leaks if "employee:finance" in leak.what]
    assert (leak.kind, leak.who) == ("follows", "a group of 3")
    assert len(leak.where) >= 3
    assert f"{true_mean('employee:finance'):.2f}" not in str(leak)


def test_a_number_in_the_tooltip_of_a_chart(tmp_path: Path) -> None:
    row = {"group": "Finance", "subject": "Purpose", "text": f"{true_mean('employee:finance'):.3f}"}
    spec = json.dumps({"datasets": {"data-1": [row]}})
    html = f'<section><script type="application/json" class="ls-spec">{spec}</script></section>'
    assert kinds(page(html, tmp_path)) == {"figure"}


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>Purpose</td><td>Finance</td><td>{0:.2f}</td></tr></table>",
        '<img alt="Finance on Purpose: {0:.2f} of 5">',
        "<svg><g aria-label='subject: Purpose; group: Finance; mean: {0}'></g></svg>",
        "<p>On Purpose, finance stands at {0:.2f}.</p>",
    ],
)
def test_a_number_in_a_table_an_alternative_text_or_a_sentence(html: str, tmp_path: Path) -> None:
    assert kinds(page(html.format(true_mean("employee:finance")), tmp_path)) == {"figure"}


def test_a_number_in_a_picture(tmp_path: Path) -> None:
    svg = f"<svg><text>Finance, Purpose: {true_mean('employee:finance'):.2f}</text></svg>"
    packed = base64.b64encode(svg.encode() + b" " * 60).decode()
    html = f'<img alt="" src="data:image/svg+xml;base64,{packed}">'
    assert kinds(page(html, tmp_path)) == {"figure"}


def test_how_many_persons_a_hidden_group_has(tmp_path: Path) -> None:
    spec = json.dumps({"values": [{"group": "Finance", "subject": "Purpose", "n": 3}]})
    html = f'<script type="application/json">{spec}</script>'
    assert kinds(page(html, tmp_path)) == {"figure"}


def test_an_id_in_the_state_of_a_widget(tmp_path: Path) -> None:
    widgets = {"ab12": {"state": {"options": ["who-f1", "who-f2"]}}}
    leaks = page("<p>Fine</p>", tmp_path, widgets=widgets)
    assert [(leak.kind, leak.who) for leak in leaks] == [("named", "2 persons")]
    assert "who-f1" not in str(leaks)


def test_words_of_a_comment_in_a_table(tmp_path: Path) -> None:
    table = {"tables/perspectives.topics.csv": f"topic,text\ndoors,{COMMENT[:40]}\n".encode()}
    leaks = found(MATERIAL, run(tmp_path / "run", CLEAN, table))
    assert kinds(leaks) == {"quoted"}
    assert "drivers" not in str(leaks)


def test_words_of_a_comment_packed_in_a_file(tmp_path: Path) -> None:
    packed = gzip.compress(("<p>" + COMMENT + "</p>").encode())
    inside = base64.b64encode(packed).decode()
    files = {"export.bin": packed, "page.html": f"<img src='data:x;base64,{inside}'>".encode()}
    leaks = found(MATERIAL, run(tmp_path / "run", CLEAN, files))
    assert {leak.where[0] for leak in leaks} == {"2026-Q4 export.bin", "2026-Q4 page.html"}


def test_words_that_the_framework_holds_too_are_nobodys(tmp_path: Path) -> None:
    said = MATERIAL.with_tables(
        comments=MATERIAL.wave.tables["comments"].assign(text="Tell the purpose and listen well")
    )
    table = {"tables/a.csv": b"text\nTell the purpose\n"}
    assert found(said, run(tmp_path / "run", results(said), table)) == []


def test_two_periods_that_differ_by_one_leaver(tmp_path: Path) -> None:
    """Each period alone is clean; the leaver's answer is the difference of the two sums."""
    material = organisation(PERSONS[1:], 1, before())
    folders = {
        "2026-Q3": run(tmp_path / "q3", results(material.at(0))),
        "2026-Q4": run(tmp_path / "q4", results(material)),
    }
    for period, folder in folders.items():
        own = material.at(list(folders).index(period))
        assert audit_runs(own, {period: folder}, [period]).leaks == ()
    together = audit_runs(material, folders, list(folders)).leaks
    assert {(leak.kind, leak.who) for leak in together} == {("follows", "one person")}
    assert all({place[:7] for place in leak.where} == set(folders) for leak in together)


def test_answers_given_anew_tell_nothing_of_a_leaver(tmp_path: Path) -> None:
    material = organisation(PERSONS[1:], 2, before())
    folders = {
        "2026-Q3": run(tmp_path / "q3", results(material.at(0))),
        "2026-Q4": run(tmp_path / "q4", results(material)),
    }
    assert audit_runs(material, folders, list(folders)).leaks == ()


def test_without_the_test_of_overlaps_function_by_seniority_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sales are all senior but two; all else is junior: senior and sales differ by two."""
    persons = [(f"who-s{i}", "sales", "junior" if i < 2 else "senior") for i in range(10)]
    persons += [(f"who-v{i}", "service", "junior") for i in range(12)]
    material = organisation(persons)
    assert found(material, run(tmp_path / "with", results(material))) == []
    monkeypatch.setattr(gated, "hide_overlaps", lambda members, shown, *_: shown)
    leaks = found(material, run(tmp_path / "without", results(material)))
    assert {(leak.kind, leak.who) for leak in leaks} == {("follows", "a group of 2")}


def test_without_the_gate_of_one_table_the_audit_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_gate(self: Gate, frame: pd.DataFrame, *_: Any, **__: Any) -> pd.DataFrame:
        return frame.assign(suppressed=False)

    monkeypatch.setattr(Gate, "release", open_gate)
    monkeypatch.setattr(gated, "hide_overlaps", lambda members, shown, *_: shown)
    assert "shown" in kinds(found(MATERIAL, run(tmp_path / "run", results(MATERIAL))))


def test_a_figure_of_groups_shown_as_one_is_theirs_where_all_are_named(tmp_path: Path) -> None:
    """Oracle: a survey in which finance's hidden mean and that of finance with service agree to
    one decimal: beside both names the number is published, beside finance alone it is a leak."""
    for seed in range(1, 40):
        material = organisation(PERSONS, seed)
        document = results(material)
        people = People(material, 5, {})
        hidden = float(np.nanmean(people.scales[SCALE][people.members("employee:finance")]))
        shown = cell(document, SCALE, "employee:other")["mean"]
        if shown is not None and round(shown, 1) == round(hidden, 1):
            break
    else:
        pytest.fail("no survey in which the two agree")
    verdicts = []
    for place, names in enumerate(("Finance and Service, together", "Finance")):
        row = f"<table><tr><td>{names}</td><td>Purpose</td><td>{shown:.1f}</td></tr></table>"
        files = {"05_perspectives.ipynb": notebook({"text/html": row})}
        verdicts.append(kinds(found(material, run(tmp_path / f"run{place}", document, files))))
    assert verdicts == [set(), {"figure"}]
