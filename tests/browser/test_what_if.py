"""Live what-ifs in Chromium: a control moves, the words beside it change, the kernel goes."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from lodestar.provenance import find_run
from tests.browser.conftest import Open
from tests.browser.what_if import control, moves
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STEMS = ("02_level", "03_metric_conflicts", "04_alignment", "07_roadmap")
CONTROLS = ".noUi-handle, .widget-dropdown select, .widget-checkbox input, .widget-toggle-button"
WAIT = 90_000
COUNT = """() => {
  window.redrawn = 0;
  const ladder = document.querySelector("figure").closest(".widget-html-content");
  new MutationObserver(() => { redrawn += 1; }).observe(ladder, { childList: true });
  return redrawn;
}"""


def opened_control(page: Page, server: Server, root: Path, stem: str) -> FrameLocator:
    run = find_run("demo", "", root)
    assert run is not None
    page.goto(f"{server.base}/c/demo/{run.period}/{stem}")
    page.locator(".ls-whatif a.ls-button").click()
    frame = page.frame_locator(".ls-whatif iframe")
    frame.locator(CONTROLS).first.wait_for(timeout=WAIT)
    return frame


def moved(frame: FrameLocator) -> None:
    """Move the first control of the what-if as a person at a keyboard would."""
    slider = frame.locator(".noUi-handle").first
    if slider.count():
        slider.focus()
        slider.press("ArrowLeft")
        slider.press("ArrowLeft")
        return
    frame.locator(CONTROLS).first.click()


@pytest.mark.parametrize("stem", STEMS)
def test_moving_a_control_changes_what_is_said(
    visit: Open, server: Server, demo_root: Path, stem: str
) -> None:
    with visit() as (page, watch):
        frame = opened_control(page, server, demo_root, stem)
        reviewed = page.locator("main").inner_text()
        body = frame.locator("#rendered_cells")
        before = body.inner_text()
        moved(frame)
        expect(body).not_to_have_text(before, timeout=WAIT, use_inner_text=True)
        assert page.locator("main").inner_text() == reviewed
        assert "Traceback" not in body.inner_text()
        assert (watch.errors, watch.foreign, watch.refused) == ([], [], [])


def test_a_kernel_goes_when_its_page_does(
    visit: Open, server: Server, demo_root: Path, cookie: str
) -> None:
    with visit() as (page, _):
        frame = opened_control(page, server, demo_root, "02_level")
        config = json.loads(frame.locator("#jupyter-config-data").text_content() or "{}")
        kernel = f"/c/demo/live/api/kernels/{config['kernelId']}"
        assert server.ask(kernel, cookie)[0].status == 200
        page.close(run_before_unload=True)
        end = time.monotonic() + 20
        while server.ask(kernel, cookie)[0].status != 404:
            assert time.monotonic() < end, "the kernel outlived its page"
            time.sleep(0.2)


def test_a_drag_never_falls_behind_and_everything_follows_it(
    visit: Open, server: Server, demo_root: Path
) -> None:
    """While one move is computed only the latest of the others waits: far fewer redraws than moves.

    Sentences, ladder and targets end at the value where the slider was let go.
    """
    run = find_run("demo", "", demo_root)
    assert run is not None
    with visit() as (page, watch):
        page.goto(f"{server.base}/c/demo/{run.period}/02_level")
        frame = control(page)
        frame.evaluate(COUNT)
        box = frame.locator(".noUi-handle").first.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(120):
            page.mouse.move(x - 60 + abs(step - 60) - (step > 60), y)
        page.mouse.move(x - 120, y)
        page.mouse.up()
        shown = frame.locator(".widget-readout").first.inner_text()
        assert shown.startswith("level ")
        said = shown.removeprefix("level ")
        expect(frame.locator("#rendered_cells")).to_contain_text(f"you chose {said},", timeout=WAIT)
        ladder, aims = frame.locator("figure svg").first, frame.locator("figure svg").last
        expect(ladder).to_have_attribute("aria-label", re.compile(f"Chosen {said}, reviewed"))
        expect(aims).to_have_attribute("aria-label", re.compile(f"At level {said} "))
        redrawn = frame.evaluate("redrawn")
        assert 1 <= redrawn <= 40, redrawn
        assert (watch.errors, watch.foreign, watch.refused) == ([], [], [])


@pytest.mark.parametrize("width", [360, 1280])
def test_controls_are_told_by_name_and_value_and_fit(
    visit: Open, server: Server, demo_root: Path, width: int
) -> None:
    """As a screen reader is told: the accessibility tree's name and value of each slider."""
    run = find_run("demo", "", demo_root)
    assert run is not None
    with visit(width=width) as (page, _):
        page.goto(f"{server.base}/c/demo/{run.period}/02_level")
        frame = control(page)
        slider = frame.get_by_role("slider", name="What if we choose", exact=True)
        assert len(moves(frame, slider, 1)) == 1
        expect(slider).to_have_attribute("aria-valuetext", re.compile(r"^level \d(\.5)?$"))
        names = frame.get_by_role("slider").evaluate_all("all => all.map((one) => one.ariaLabel)")
        assert len(set(names)) == len(names) > 1
        assert all(names)
        across = frame.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert across[0] <= across[1]
        frame.get_by_role("button", name="Back to the reviewed figures").click()
        expect(frame.locator("#rendered_cells")).not_to_contain_text("Reviewed:", timeout=WAIT)
