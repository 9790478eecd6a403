"""Every page under axe-core, by day and by night, wide and on a phone. Oracle: axe-core's rules.

Beside them what axe cannot see: that a page still fits when it is magnified, that colours of the
system go before ours where somebody wants them so, and that nothing moves for whom it should not.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from lodestar.access import Access
from lodestar.provenance import PublishedRun
from lodestar.provenance.attempts import keep_attempt
from tests.browser.chromium import opened
from tests.browser.conftest import Open
from tests.browser.test_pages import STEMS, goto, run
from tests.support.server import Server, serving, session_cookie

pytestmark = [pytest.mark.browser, pytest.mark.slow]

__all__ = ["run"]

SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]},
}
"""What axe looks at: all its rules, then again those that colours alone decide."""

WIDTHS = (1280, 390)
OUTSIDE = """() => [...document.querySelectorAll("main *, header *")]
    .filter((one) => !one.closest("svg, .ls-scroll, .ls-chart, [popover]:not(:popover-open)"))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && one.offsetParent)
    .map((one) => one.outerHTML.slice(0, 80))"""
"""What reaches over the edge, where nothing scrolls it."""


def violations(page: Page) -> list[str]:
    """Return what axe finds in both colour schemes: rule, weight and the first element."""
    found = []
    for scheme, options in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for fault in Axe().run(page, options=options).response["violations"]:
            first = fault["nodes"][0]
            found.append(f"{scheme}: {fault['id']} ({fault['impact']}) {first['html'][:120]}")
    return found


@pytest.fixture(scope="module")
def consultants(
    demo_root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, str]]:
    """A server of its own folder, with a consultant who is signed in."""
    root = tmp_path_factory.mktemp("consultants")
    shutil.copytree(demo_root / "demo", root / "demo", symlinks=True)
    keep_attempt(root / "demo", "run", "failed", time.time() + 1, ["02_level, cell 5: ValueError"])
    with serving(root, "demo") as server:
        access = Access(root / ".access")
        access.add("axe@example.org", "consultant")
        key = access.new_link("axe@example.org")
        yield server, session_cookie(server.enter(f"{server.base}/enter?key={key}"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("stem", STEMS)
def test_a_page_of_the_walk_has_no_fault(
    visit: Open, server: Server, run: PublishedRun, stem: str, width: int
) -> None:
    with visit(width=width, height=844) as (page, _):
        goto(page, server, run, stem)
        assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_first_page_and_what_is_refused_have_no_fault(
    visit: Open, server: Server, run: PublishedRun, width: int
) -> None:
    with visit(width=width, height=844) as (page, _):
        for path in ("/", "/c/demo/2026-Q4/nowhere", "/c/other/2026-Q4/00_summary"):
            page.goto(server.base + path, wait_until="networkidle")
            assert violations(page) == [], path


@pytest.mark.parametrize("width", WIDTHS)
def test_the_way_in_and_the_consultants_page_have_no_fault(
    browser: Browser, consultants: tuple[Server, str], width: int
) -> None:
    server, cookie = consultants
    with opened(browser, width, 844) as (page, _):
        for path in ("/", "/sign-in", "/enter?key=none"):
            page.goto(server.base + path, wait_until="networkidle")
            assert violations(page) == [], path
    with opened(browser, width, 844, cookie=cookie, base=server.base) as (page, _):
        page.goto(server.base, wait_until="networkidle")
        assert violations(page) == []


@pytest.mark.parametrize("width", [640, 320], ids=["200 %", "400 %"])
@pytest.mark.parametrize("stem", STEMS)
def test_a_magnified_page_is_read_in_one_direction(
    visit: Open, server: Server, run: PublishedRun, stem: str, width: int
) -> None:
    """WCAG 1.4.10: at 400 % a window of 1,280 pixels holds 320; only pictures may scroll."""
    with visit(width=width, height=256) as (page, _):
        goto(page, server, run, stem)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(OUTSIDE) == []


def test_what_has_the_focus_is_never_covered(
    visit: Open, server: Server, run: PublishedRun
) -> None:
    """WCAG 2.4.11, on a page scrolled upwards, where the header could lie over what comes next."""
    with visit(height=600) as (page, _):
        goto(page, server, run, "02_level")
        for _ in range(12):
            page.keyboard.press("Shift+Tab")
            covered = page.evaluate(
                """() => {
                const one = document.activeElement, box = one.getBoundingClientRect();
                const seen = document.elementFromPoint(box.left + box.width / 2, box.top + 4);
                return !(one.contains(seen) || seen?.contains(one)) && one.outerHTML.slice(0, 90);
            }"""
            )
            assert covered is False


def test_colours_of_the_system_and_rest_are_kept(
    visit: Open, server: Server, run: PublishedRun
) -> None:
    with visit() as (page, _):
        page.emulate_media(forced_colors="active", reduced_motion="reduce")
        goto(page, server, run, "00_summary")
        here = "getComputedStyle(document.querySelector('.ls-nav [aria-current=page]'))"
        assert page.evaluate(f"{here}.outlineStyle") == "solid", "told by more than a colour"
        chart = "getComputedStyle(document.querySelector('.ls-chart'))"
        assert page.evaluate(f"{chart}.forcedColorAdjust") == "none"
        page.locator(".ls-contents a").first.focus()
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        moving = "document.getAnimations().filter((one) => one.playState === 'running').length"
        assert page.evaluate(moving) == 0
