"""Live what-ifs in Chromium: a control moves, the words beside it change, the kernel goes."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from lodestar.provenance import find_run
from tests.browser.conftest import Open
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STEMS = ("02_level", "03_metric_conflicts", "04_alignment", "07_roadmap")
CONTROLS = ".noUi-handle, .widget-dropdown select, .widget-checkbox input, .widget-toggle-button"
WAIT = 90_000


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
        kernel = f"/api/kernels/{config['kernelId']}"
        assert server.ask(kernel, cookie)[0].status == 200
        page.close(run_before_unload=True)
        end = time.monotonic() + 20
        while server.ask(kernel, cookie)[0].status != 404:
            assert time.monotonic() < end, "the kernel outlived its page"
            time.sleep(0.2)
