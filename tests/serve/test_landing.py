"""A client's first page. Oracle: published notebooks' own bytes, and figures counted by hand."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from lodestar.access import Session, Visit
from lodestar.provenance import PublishedRun
from lodestar.schema import resources
from lodestar.serve.landing import choice_html, landing_html, summary_of
from lodestar.serve.site import Site
from lodestar.serve.visits import earlier_run, since_visit
from tests.support.access import START
from tests.support.clients import small_client
from tests.support.published import publish

ANA = Session("ana@example.com", "client", ("small",), "c0ffee", False)
LEAD = "Your market asks for level 4 &amp; you work at 3."
TOP = f'<div class="ls-top"><p class="ls-lead">{LEAD}</p><p class="ls-answer">Begin.</p></div>'
CARD = '<section class="ls-card" id="summary.gaps"><h3>A gap &lt;b&gt; weighs</h3></section>'


def book(*shown: str) -> bytes:
    cells = [
        new_code_cell("x", id=f"c{n}", outputs=[new_output("display_data", {"text/html": html})])
        for n, html in enumerate(shown)
    ]
    return str(nbformat.writes(new_notebook(cells=cells))).encode()


def results(index: float, severe: int) -> dict[str, Any]:
    return {
        "alignment": {"corrected": {"index": index, "low": index - 2, "high": index + 2}},
        "conflicts": {"severe": severe},
        "data_quality": {"tables": {"metrics": {"rows": 3}}},
    }


@pytest.fixture
def client(tmp_path: Path) -> Path:
    return small_client(tmp_path)


def site_of(client: Path) -> Site:
    return Site(resources.templates() / "voila" / "lodestar", ["small"], "", client.parent)


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_summary_comes_first_in_the_words_that_were_published(client: Path) -> None:
    publish(client, **{"00_summary": book(TOP, CARD), "02_level": book("y")})
    html = landing_html(site_of(client), "small", ANA)
    order = [html.index(part) for part in (LEAD, "Begin.", "A gap &lt;b&gt; weighs", "02_level")]
    assert order == sorted(order)
    assert 'href="/c/small/2026-Q4/00_summary#summary.gaps"' in html
    assert "Draft, not signed off" in html


def test_a_run_without_a_summary_still_has_its_walk(client: Path) -> None:
    publish(client, **{"02_level": book("y")})
    html = landing_html(site_of(client), "small", ANA)
    assert "ls-lead" not in html
    assert "/c/small/2026-Q4/02_level" in html


def test_another_content_of_the_summary_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "00_summary.ipynb"
    path.write_bytes(book(TOP))
    assert str(summary_of(path, "a").lead) == LEAD
    path.write_bytes(book(TOP.replace("level 4", "level 5")))
    assert "level 5" in summary_of(path, "b").lead


def two_runs(client: Path) -> tuple[PublishedRun, PublishedRun]:
    pages = {"00_summary": book(TOP), "02_level": book("a"), "04_alignment": book("b")}
    before = publish(client, said=results(61.2, 3), **pages)
    again = publish(client, said=results(64.0, 3), **{**pages, "02_level": book("changed")})
    return before, again


def test_what_changed_since_a_visit_are_the_pages_whose_bytes_differ(client: Path) -> None:
    before, again = two_runs(client)
    since = since_visit(Visit(START, {"2026-Q4": before.hash}), [again])
    assert since is not None
    assert since.sentence == "Changed since your visit on 21 September 2026"
    (change,) = since.changes
    differing = [
        stem
        for stem in again.notebooks()
        if (before.folder / f"{stem}.ipynb").read_bytes()
        != (again.folder / f"{stem}.ipynb").read_bytes()
    ]
    assert differing == ["02_level"]
    assert change.sentence.endswith("again: “How customer-centric” reads differently.")
    assert change.moved == (
        "Alignment index rose from 61.2 to 64.0 (80 % interval now 62.0 to 66.0).",
    )


def test_the_same_run_seen_again_changed_nothing(client: Path) -> None:
    _, again = two_runs(client)
    since = since_visit(Visit(START, {"2026-Q4": again.hash}), [again])
    assert since is not None
    assert since.changes == ()
    assert since.sentence == "Nothing changed since your visit on 21 September 2026."
    assert since_visit(None, [again]) is None


def test_a_period_not_there_then_is_new_and_a_pruned_run_is_told(client: Path) -> None:
    before, again = two_runs(client)
    later = publish(client, "2027-Q1", **{"02_level": book("z")})
    shutil.rmtree(before.folder)
    since = since_visit(Visit(START, {"2026-Q4": before.hash}), [later, again])
    assert since is not None
    assert [change.sentence for change in since.changes] == [
        "January–March 2027 is new.",
        "October–December 2026 was published again; the run you saw is no longer kept, so what "
        "moved cannot be told.",
    ]


@pytest.mark.parametrize("seen", ["../../../../etc", "", ".", "a/b", "..", "x\0y"])
def test_a_hash_that_is_a_path_leads_nowhere(seen: str, client: Path) -> None:
    _, again = two_runs(client)
    assert earlier_run(again, seen) is None


def test_earlier_periods_keep_their_own_state_and_walk(client: Path) -> None:
    publish(client, "2026-Q3", **{"02_level": book("y")})
    publish(client, "2026-Q4", **{"00_summary": book(TOP)})
    html = landing_html(site_of(client), "small", ANA)
    assert "July–September 2026" in text_of(html)
    assert "/c/small/2026-Q3/02_level" in html


def test_names_are_data_and_the_way_out_carries_the_session_s_token(client: Path) -> None:
    said = {"client_name": '<img src=x onerror="alert(1)">'}
    publish(client, said=said, **{"02_level": book("y")})
    html = landing_html(site_of(client), "small", ANA)
    assert "<img src=x" not in html
    assert "&lt;img src=x" in html
    assert 'name="token" value="c0ffee"' in html
    assert "Signed in as ana@example.com" in html
    assert "token" not in landing_html(site_of(client), "small")


def test_a_person_of_several_clients_chooses_by_name_period_and_state(client: Path) -> None:
    publish(client, **{"02_level": book("y")})
    small_client(client.parent, "fresh")
    site = Site(resources.templates() / "voila" / "lodestar", ["small"], "", client.parent)
    page = text_of(choice_html(site, ["small", "fresh"], ANA))
    assert "Small plc October–December 2026 · Draft, not signed off" in page
    assert "fresh Nothing published yet" in page
    assert "Ask the person who gave you access" in choice_html(site, [], ANA)
