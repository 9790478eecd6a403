"""Every reviewed page in Chromium. Oracle: the executed notebook it is made from."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page

from lodestar.provenance import PublishedRun, find_run
from tests.browser.conftest import Open
from tests.support.server import Server

pytestmark = pytest.mark.browser

STEMS = sorted(path.stem for path in (Path(__file__).parents[2] / "workbooks").glob("*.ipynb"))
LIVE = ("02_level", "03_metric_conflicts", "04_alignment", "07_roadmap")
PYTHON = re.compile(
    r"<[\w.]+ object|\bat 0x|VBox\(|Html\(|dtype:|\barray\(|\bNaN\b|\bnan\b|\bNone\b(?! of)|\{'"
    r"|Traceback"
)

AS_WIDE = (
    "[...document.querySelectorAll(\".ls-chart[data-narrow='no']\")]"
    ".map((figure) => figure.closest('section').id)"
)
SCROLLED = {
    "alignment.gaps",
    "perspectives.blind_spots",
    "perspectives.know_do",
    "perspectives.serving",
    "roadmap.plan",
}
"""Charts that a phone shows as wide as they are, with a scroll; every other is laid out anew."""
SMALLEST = """() => Math.min(99, ...[...document.querySelectorAll(".ls-chart svg text")]
    .filter((text) => text.textContent.trim())
    .map((text) => [parseFloat(getComputedStyle(text).fontSize), text.getScreenCTM()])
    .map(([size, placed]) => size * Math.hypot(placed.a, placed.b)))"""
"""The size in pixels of the smallest letters of any chart, as they appear."""


LEGIBLE = 4.5
"""Least contrast of letters to their ground (WCAG 2.2, level AA)."""

CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
TURNED = """() => [...document.querySelectorAll(".ls-chart svg text")]
    .filter((text) => text.textContent.trim() && Math.abs(text.getScreenCTM().b) > 0.01)
    .map((text) => text.textContent)"""
"""Words of charts that a reader would have to turn the head for."""


@pytest.fixture(scope="module")
def run(demo_root: Path) -> PublishedRun:
    found = find_run("demo", "", demo_root)
    assert found is not None
    return found


@pytest.fixture
def shown(run: PublishedRun, stem: str) -> str:
    """Return the HTML that the notebook's cells showed."""
    notebook = nbformat.read(run.folder / f"{stem}.ipynb", as_version=4)
    outputs = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]
    return "\n".join(output.get("data", {}).get("text/html", "") for output in outputs)


def goto(page: Page, server: Server, run: PublishedRun, stem: str) -> None:
    page.goto(f"{server.base}/c/demo/{run.period}/{stem}", wait_until="networkidle")
    page.wait_for_function(
        "() => document.querySelectorAll('.ls-chart:not([data-drawn])').length === 0"
    )


@pytest.mark.parametrize("stem", STEMS)
class TestPage:
    def test_reads_as_an_argument_with_every_chart_and_nothing_else(
        self, visit: Open, server: Server, run: PublishedRun, stem: str, shown: str
    ) -> None:
        with visit() as (page, watch):
            goto(page, server, run, stem)
            notebook = nbformat.read(run.folder / f"{stem}.ipynb", as_version=4)
            titles = re.findall(
                r"^#{1,2} (.+)$",
                "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown"),
                re.MULTILINE,
            )
            assert page.locator(".ls-prose h1, .ls-prose h2").all_inner_texts() == titles
            assert page.locator(".ls-chart > svg").count() == shown.count(
                '<figure class="ls-chart">'
            )
            assert page.evaluate(TURNED) == []
            assert page.locator(".ls-card").count() == shown.count("<section")
            assert all(text.strip() for text in page.locator(".ls-card h3").all_inner_texts())
            text = page.locator("main").inner_text()
            assert not PYTHON.findall(text)
            assert page.locator(".ls-whatif").count() == (stem in LIVE)
            assert (watch.errors, watch.foreign, watch.refused) == ([], [], [])

    def test_fits_a_phone_with_letters_that_can_be_read(
        self, visit: Open, server: Server, run: PublishedRun, stem: str
    ) -> None:
        with visit(width=360, height=740) as (page, watch):
            goto(page, server, run, stem)
            page.wait_for_function("() => !document.querySelector('.ls-chart:not([data-narrow])')")
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            assert set(page.evaluate(AS_WIDE)) <= SCROLLED
            smallest = page.evaluate(SMALLEST)
            assert smallest >= 10.9
            assert (watch.errors, watch.foreign, watch.refused) == ([], [], [])


def test_every_part_of_the_distance_is_seen_on_a_phone(
    visit: Open, server: Server, run: PublishedRun
) -> None:
    """The bar's key stands line by line: nothing of the summary hides beyond the card's edge."""
    with visit(width=360, height=740) as (page, _):
        goto(page, server, run, "00_summary")
        figure = page.locator("[id='summary.misalignment'] figure")
        figure.scroll_into_view_if_needed()
        page.wait_for_function(
            "(figure) => figure.dataset.narrow === 'yes'", arg=figure.element_handle()
        )
        across = figure.evaluate("(figure) => figure.scrollWidth - figure.clientWidth")
        assert across <= 1
        words = figure.locator("svg text").all_text_contents()
        assert sum(word.endswith("%") for word in words) >= 2


def test_the_walk_leads_through_every_page(visit: Open, server: Server, run: PublishedRun) -> None:
    with visit() as (page, watch):
        page.goto(f"{server.base}/")
        page.locator(".ls-go a").click()
        seen = [page.locator(".ls-nav [aria-current=page]").inner_text()]
        while page.locator(".ls-next a").last.inner_text().endswith("→"):
            page.locator(".ls-next a").last.click()
            seen.append(page.locator(".ls-nav [aria-current=page]").inner_text())
        assert len(set(seen)) == len(STEMS)
        assert (watch.errors, watch.foreign, watch.refused) == ([], [], [])


def test_a_page_answers_before_any_script_runs(
    visit: Open, server: Server, run: PublishedRun, browser: object, cookie: str
) -> None:
    """Sentences and pictures are in the page itself; scripts only refine them."""
    _, body = server.ask(f"/c/demo/{run.period}/00_summary", cookie)
    text = body.decode()
    assert 'class="ls-lead"' in text
    assert text.count('role="img"') >= 1


@pytest.mark.parametrize("stem", [stem for stem in STEMS if stem != "90_method"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_letters_of_charts_stand_out_from_their_ground(
    visit: Open, server: Server, run: PublishedRun, stem: str, dark: bool
) -> None:
    """Also of figures inside shaded cells, and of shades turned over by night."""
    with visit(dark=dark) as (page, _):
        goto(page, server, run, stem)
        found = page.evaluate(CONTRAST)
        assert found
        assert [words for ratio, words in found if ratio < LEGIBLE] == []


def test_paper_carries_no_navigation_and_whole_cards(
    visit: Open, server: Server, run: PublishedRun
) -> None:
    with visit() as (page, _):
        goto(page, server, run, "00_summary")
        page.emulate_media(media="print")
        assert not page.locator(".ls-nav").is_visible()
        style = "getComputedStyle(document.querySelector('.ls-card')).breakInside"
        assert page.evaluate(style) == "avoid"
