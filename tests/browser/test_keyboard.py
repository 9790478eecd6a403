"""A client reads, asks back and tries out with the keyboard alone, from the link to the last page.

Oracle: the element that has the focus, as a reader without a mouse depends on it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import opened
from tests.support.server import Server, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST = 150
"""Stops after which a reader would have given up."""

FOCUSED = "(words) => document.activeElement.matches(words)"
RING = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


@pytest.fixture(scope="module")
def two_periods(demo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the demo whose run also stands under an earlier period."""
    root = tmp_path_factory.mktemp("periods")
    shutil.copytree(demo_root / "demo", root / "demo", symlinks=True)
    runs = root / "demo" / "runs"
    (runs / "2026-Q2").symlink_to((runs / "2026-Q4").readlink())
    with serving(root, "demo") as server:
        yield server


def to(page: Page, words: str, key: str = "Tab") -> None:
    """Press Tab until what the selector names has the focus, which must be seen."""
    for _ in range(MOST):
        page.keyboard.press(key)
        if page.evaluate(FOCUSED, words):
            assert page.evaluate(RING), f"no ring around {words}"
            return
    raise AssertionError(f"{words} is not reached")


def press(page: Page, words: str, key: str = "Enter") -> None:
    """Reach something by Tab and press a key on it."""
    to(page, words)
    page.keyboard.press(key)


def test_the_walk_from_the_link_to_the_last_page(browser: Browser, two_periods: Server) -> None:
    server = two_periods
    with opened(browser) as (page, watch):
        page.goto(server.links["demo"])
        page.wait_for_url(f"{server.base}/**")
        if page.url.startswith(f"{server.base}/enter"):
            page.wait_for_url(lambda url: "/enter" not in url)
        press(page, 'a[href$="/00_summary"]')
        page.wait_for_url("**/00_summary")
        expect(page.locator(".ls-lead")).to_be_visible()
        _reads_the_summary(page)
        _changes_the_period(page)
        _walks_on(page)
        assert (watch.errors, watch.foreign, watch.refused) == ([], [], [])


def _reads_the_summary(page: Page) -> None:
    """Past the walk to the answer; a word opened and shut, the figures opened, a formula read."""
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED, ".ls-skip")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED, "#main")
    press(page, ".ls-mark")
    told = page.locator(".ls-told:popover-open")
    expect(told).to_contain_text("Required level")
    page.keyboard.press("Escape")
    expect(told).to_have_count(0)
    assert page.evaluate(FOCUSED, ".ls-mark"), "the reader stands where they were"
    to(page, ".ls-figures summary")
    page.keyboard.press("Enter")
    expect(page.locator(".ls-figures[open] table").first).to_be_visible()
    press(page, ".ls-how a")
    page.wait_for_url("**/90_method#*")
    expect(page.locator("h2:target")).to_be_in_viewport()
    page.go_back()
    page.wait_for_url("**/00_summary#main")


def _changes_the_period(page: Page) -> None:
    """The same page, another period."""
    press(page, ".ls-switch")
    to(page, '.ls-periods a[href*="2026-Q2"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/2026-Q2/00_summary")
    expect(page.locator(".ls-switch")).to_contain_text("April–June 2026")


def _walks_on(page: Page) -> None:
    """Page after page by the link at its end, which Shift+Tab reaches first; a what-if tried."""
    seen = ["00_summary"]
    while page.locator(".ls-next [rel=next]").count():
        address = page.locator(".ls-next [rel=next]").get_attribute("href") or ""
        to(page, ".ls-next [rel=next]", "Shift+Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{address}")
        seen.append(address.rpartition("/")[2])
        if seen[-1] == "02_level":
            _tries_out(page)
            page.reload()
    assert len(seen) == 9


def _tries_out(page: Page) -> None:
    """A what-if in the page: moved, said, and taken back."""
    to(page, ".ls-chooser input[type=range]")
    before = page.locator(".ls-choice-now").inner_text()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".ls-choice-now")).not_to_have_text(before)
    press(page, ".ls-choice-back")
    expect(page.locator(".ls-choice-now")).to_have_text(before)


def test_on_a_phone_the_walk_opens_leads_on_and_shuts(
    browser: Browser, two_periods: Server
) -> None:
    """The bar's button opens the list; a finding chosen in it is shown, not under the bar."""
    server = two_periods
    cookie = server.enter(server.fresh_link()).headers["Set-Cookie"].split(";")[0]
    with opened(browser, 390, 844, cookie=cookie, base=server.base) as (page, watch):
        page.goto(f"{server.base}/c/demo/2026-Q4/02_level", wait_until="networkidle")
        press(page, ".ls-menu")
        expect(page.locator(".ls-nav")).to_be_visible()
        press(page, ".ls-contents li:nth-child(3) a")
        expect(page.locator(".ls-nav")).to_be_hidden()
        head = page.locator("h2:target")
        expect(head).to_be_in_viewport(ratio=1)
        bar, box = page.locator(".ls-side").bounding_box(), head.bounding_box()
        assert bar is not None
        assert box is not None
        assert box["y"] >= bar["y"] + bar["height"]
        press(page, ".ls-menu")
        page.keyboard.press("Escape")
        expect(page.locator(".ls-nav")).to_be_hidden()
        assert (watch.errors, watch.foreign, watch.refused) == ([], [], [])
