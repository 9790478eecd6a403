"""Pages on paper. Oracle: an A4 sheet's own measure, and Chromium's count of sheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from lodestar.provenance import PublishedRun
from tests.browser.conftest import Open
from tests.browser.screenshots import paper
from tests.browser.test_pages import STEMS, goto, run
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

__all__ = ["run"]

INSIDE = 688
"""Pixels across an A4 sheet between its margins of 14 mm."""

MOST = 18
"""Sheets of the longest page; an empty half at each finding would make more."""

CLIPPED = """() => [...document.querySelectorAll(".ls-card svg, .ls-card img, .ls-card table")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 0)
    .filter((one) => one.getBoundingClientRect().right
      > one.closest(".ls-card").getBoundingClientRect().right + 1)
    .map((one) => one.outerHTML.slice(0, 90))"""
SEEN = """(words) => [...document.querySelectorAll(words)]
    .filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 60))"""
SCREEN_ONLY = ".ls-nav, .ls-menu, .ls-skip, .ls-next, .ls-whatif, .ls-how, .ls-told, .ls-foot"


@pytest.mark.parametrize("stem", STEMS)
def test_a_page_fits_the_sheet_and_leaves_behind_what_only_a_screen_can_do(
    visit: Open, server: Server, run: PublishedRun, stem: str, tmp_path: Path
) -> None:
    with visit(dark=True) as (page, _):
        goto(page, server, run, stem)
        page.set_viewport_size({"width": INSIDE, "height": 1000})
        page.emulate_media(media="print")
        assert page.evaluate("document.documentElement.scrollWidth") <= INSIDE
        assert page.evaluate(CLIPPED) == []
        assert page.evaluate(SEEN, SCREEN_ONLY) == []
        ground = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(ground) == "rgb(255, 255, 255)", "white, whatever the screen is"
        kept = "getComputedStyle(document.querySelector('.ls-prose:has(h2)')).breakAfter"
        assert page.evaluate(kept) == "avoid", "a heading stays with its card"
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(media="print")
        assert 1 <= paper(page, tmp_path / "page.pdf") <= MOST


def test_every_sheet_says_whose_it_is_and_what_stands_of_it(
    visit: Open, server: Server, run: PublishedRun
) -> None:
    with visit() as (page, _):
        goto(page, server, run, "00_summary")
        rules = page.evaluate(
            """() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
            .filter((rule) => rule instanceof CSSPageRule).map((rule) => rule.cssText).join(" ")"""
        )
        assert page.locator(".ls-state").first.inner_text().lstrip("✓! ") in rules
        assert f"run {run.hash[:8]}" in rules
        assert "counter(pages)" in rules
