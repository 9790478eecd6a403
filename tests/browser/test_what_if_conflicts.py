"""The what-if of 03 in Chromium: each control once by keyboard, the sentences, and back again."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect

from lodestar.provenance import find_run
from tests.browser.conftest import Open
from tests.browser.what_if import control
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAIT = 90_000
TABS = 30
FOCUSED = """() => {
  const one = document.activeElement;
  const box = one.closest("label");
  if (one.tagName === "SELECT") return one.tagName;
  return one.ariaLabel || one.innerText || (box && box.innerText) || one.tagName;
}"""
ACROSS = "[document.documentElement.scrollWidth, innerWidth]"
PICTURES = """() => [...document.querySelectorAll("#rendered_cells figure [aria-label]")]
  .map((one) => one.ariaLabel)"""


def opened(page: Page, server: Server, root: Path) -> Frame:
    run = find_run("demo", "", root)
    assert run is not None
    page.goto(f"{server.base}/c/demo/{run.period}/03_metric_conflicts")
    return control(page)


def says(frame: Frame, words: str) -> None:
    expect(frame.locator("#rendered_cells")).to_contain_text(words, timeout=WAIT)


@pytest.mark.parametrize("width", [360, 1280])
def test_each_control_is_solved_and_reset_gives_the_reviewed_figures_back(
    visit: Open, server: Server, demo_root: Path, width: int
) -> None:
    """Threshold, length, pay and a doubt add up in one sentence; the frame never overflows."""
    with visit(width=width) as (page, watch):
        frame = opened(page, server, demo_root)
        body = frame.locator("#rendered_cells")
        before, pictures = body.inner_text(), frame.evaluate(PICTURES)
        frame.get_by_role("slider", name="What if a conflict is severe from").press("ArrowRight")
        says(frame, "With conflicts severe from 0.025, ")
        frame.get_by_role("slider", name="What if effects count over").press("ArrowLeft")
        says(frame, "With effects of at most four links only and with conflicts severe from 0.025")
        frame.get_by_role("slider", name="carries this %").press("PageDown")
        says(frame, "with one measure paid otherwise")
        expect(frame.get_by_role("button", name="Take back:")).to_have_count(1, timeout=WAIT)
        frame.get_by_role("button", name="Doubt some links").press("Enter")
        frame.get_by_role("checkbox").first.press("Space", timeout=WAIT)
        says(frame, "links you doubt, with effects of at most four links only")
        across = frame.evaluate(ACROSS)
        assert across[0] <= across[1]
        assert frame.evaluate(PICTURES) != pictures
        frame.get_by_role("button", name="Doubt some links").press("Enter")
        frame.get_by_role("button", name="Back to the reviewed figures").press("Enter")
        expect(body).to_have_text(before, timeout=WAIT, use_inner_text=True)
        expect(frame.get_by_role("button", name="Take back:")).to_have_count(0)
        frame.wait_for_function(f"(was) => `${{({PICTURES})()}}` === `${{was}}`", arg=pictures)
        assert "Traceback" not in body.inner_text()
        assert (watch.errors, watch.foreign, watch.refused) == ([], [], [])


def test_every_control_is_reached_by_tab(visit: Open, server: Server, demo_root: Path) -> None:
    with visit() as (page, _):
        frame = opened(page, server, demo_root)
        first = "What if a conflict is severe from"
        frame.get_by_role("slider", name=first).focus()
        reached = [first]
        for _ in range(TABS):
            page.keyboard.press("Tab")
            reached.append(str(frame.evaluate(FOCUSED)))
        for name in (
            "What if effects count over",
            "carries this % of its function’s reward",
            "Doubt some links",
            "Back to the reviewed figures",
        ):
            assert name in reached
        assert sum(name == "SELECT" for name in reached) >= 2


def test_more_than_the_whole_reward_is_said_and_not_solved(
    visit: Open, server: Server, demo_root: Path
) -> None:
    with visit() as (page, _):
        frame = opened(page, server, demo_root)
        frame.get_by_role("slider", name="carries this %").press("End")
        says(frame, "Not solved: the shares of ")
        expect(frame.locator("figure")).to_have_count(0)
        frame.get_by_role("button", name="Back to the reviewed figures").click()
        expect(frame.locator("figure[data-drawn]").first).to_be_visible(timeout=WAIT)
        expect(frame.locator("#rendered_cells")).not_to_contain_text("Not solved")
