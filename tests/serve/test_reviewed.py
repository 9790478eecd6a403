"""Draft or reviewed, on every page served. Oracle: the record signed and changed by hand."""

from __future__ import annotations

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from lodestar.provenance import PublishedRun
from lodestar.provenance.reviews import Review, record_path
from lodestar.review.record import append
from lodestar.schema import resources
from lodestar.serve.landing import landing_html
from lodestar.serve.live.folder import ORIGIN, LiveFolder
from lodestar.serve.live.names import NOTEBOOKS
from lodestar.serve.site import Site
from lodestar.workbook.carrying import carried_name
from tests.support.clients import contents, small_client
from tests.support.published import publish

DRAFT, VOID = "Draft, not signed off", "Draft: review void since the run changed"
NAMED = "Reviewed by Ana &lt;b&gt;Ruiz&lt;/b&gt; on 22 November 2026"
STEM = "02_level"


def book(title: str) -> bytes:
    cells = [new_markdown_cell(f"# {title}", id="q"), new_code_cell("wb = 1", id="open")]
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return str(nbformat.writes(new_notebook(cells=cells, metadata=spec))).encode()


@pytest.fixture
def run(tmp_path: Path) -> PublishedRun:
    books = {STEM: book("Why?"), "00_summary": book("So?")}
    return publish(small_client(tmp_path), what_ifs={carried_name(STEM): b"{}"}, **books)


@pytest.fixture
def site(run: PublishedRun) -> Site:
    template = resources.templates() / "voila" / "lodestar"
    return Site(template, [run.client], "", run.folder.parents[3])


def sign(run: PublishedRun, period: str = "2026-Q4") -> None:
    name, at = "Ana <b>Ruiz</b>", "2026-11-22T12:00:00Z"
    append(run.folder.parents[2], period, Review("signature", name, at, run.hash, "Looked."))


def shown(site: Site, run: PublishedRun, stem: str = STEM) -> tuple[str, str]:
    path = run.notebook(stem)
    assert path is not None
    page = site.workbook(run, path)
    return page.html.decode(), page.etag


def test_every_page_says_draft_until_signed_and_its_tag_follows(
    site: Site, run: PublishedRun
) -> None:
    page, etag = shown(site, run)
    assert DRAFT in page
    assert shown(site, run)[1] == etag
    assert DRAFT in landing_html(site, "small")
    before = contents(run.folder)
    sign(run)
    for stem in (STEM, "00_summary"):
        assert NAMED in shown(site, run, stem)[0]
    assert NAMED in landing_html(site, "small")
    assert shown(site, run)[1] != etag
    assert contents(run.folder) == before


def test_every_printed_sheet_says_it_too_and_no_name_leaves_its_string(
    site: Site, run: PublishedRun
) -> None:
    sign(run)
    page, _ = shown(site, run)
    (text,) = re.findall(r'<style>@page\{@bottom-left\{content:"([^"]*)"\}\}', page)
    read = re.sub(r"\\([0-9a-f]+) ", lambda sign: chr(int(sign[1], 16)), text)
    state = "Reviewed by Ana <b>Ruiz</b> on 22 November 2026"
    assert read == f"Small plc · October–December 2026 · {state} · run {run.hash[:8]}"


def test_a_run_made_anew_voids_the_review(site: Site, run: PublishedRun) -> None:
    sign(run)
    again = publish(run.folder.parents[2], **{STEM: book("Why not?"), "00_summary": book("So?")})
    assert VOID in shown(site, again)[0]
    assert VOID in landing_html(site, "small")


def test_with_one_page_changed_after_signing_none_counts_as_reviewed(
    site: Site, run: PublishedRun, caplog: pytest.LogCaptureFixture
) -> None:
    sign(run)
    (run.folder / f"{STEM}.ipynb").write_bytes(book("Why ever?"))
    with caplog.at_level(logging.WARNING):
        assert VOID in shown(site, run)[0]
    assert "02_level.ipynb is not what was signed" in caplog.text
    assert VOID in shown(site, run, "00_summary")[0]
    assert VOID in landing_html(site, "small")


def test_a_broken_record_shows_draft_and_warns_once(
    site: Site, run: PublishedRun, caplog: pytest.LogCaptureFixture
) -> None:
    sign(run)
    record = record_path(run.folder.parents[2], "2026-Q4")
    record.write_bytes(record.read_bytes().replace(b"Looked.", b"Looking"))
    with caplog.at_level(logging.WARNING):
        assert DRAFT in shown(site, run)[0]
        assert DRAFT in shown(site, run, "00_summary")[0]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "its last record was changed or removed" in caplog.text


def test_a_live_copy_knows_the_state_of_its_run(run: PublishedRun, tmp_path: Path) -> None:
    live = LiveFolder(tmp_path / "live", None)

    def told() -> dict[str, str]:
        live.hold(run, STEM)
        file = live.path / NOTEBOOKS / run.hash / f"{STEM}.ipynb"
        return dict(nbformat.read(file, as_version=4).metadata[ORIGIN])

    assert told()["state"] == DRAFT
    sign(run)
    origin = told()
    assert (origin["mark"], origin["state"]) == (
        "reviewed",
        "Reviewed by Ana <b>Ruiz</b> on 22 November 2026",
    )


def test_many_may_open_the_same_live_copy_at_once(run: PublishedRun, tmp_path: Path) -> None:
    """Ten find what it reads there and whole, whoever of them wrote it."""
    carried = run.folder / carried_name(STEM)
    carried.parent.mkdir(exist_ok=True)
    carried.write_bytes(b"{}" * (1 << 20))
    live = LiveFolder(tmp_path / "live", None)

    def held() -> int:
        live.hold(run, STEM)
        return (live.path / NOTEBOOKS / run.hash / carried_name(STEM)).stat().st_size

    with ThreadPoolExecutor(10) as pool:
        sizes = [work.result() for work in [pool.submit(held) for _ in range(10)]]
    assert sizes == [carried.stat().st_size] * 10
