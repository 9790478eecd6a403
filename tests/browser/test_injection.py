"""A poisoned client, run and served: nothing it wrote runs, opens or loads anything.

Oracle: Chromium itself: dialogs, console, requests, and the mark that every payload tries to set.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from lodestar.run import run_client
from lodestar.workbook.pages import PAGES
from tests.browser.chromium import opened
from tests.injection.poison import CLIENT, hostile, poisoned_demo
from tests.support.server import serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]


LEFT = ("seniority", "topic")
"""Long words of persons that would name a group or topic are refused by the audit of a run."""


def test_a_poisoned_client_is_inert_in_the_browser(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root: Path = tmp_path_factory.mktemp("poisoned")
    poisoned_demo(root, hostile, leave=LEFT)
    run_client(CLIENT, "", root)
    with serving(root, CLIENT) as server:
        cookie = server.sign_in(CLIENT)
        with opened(browser, cookie=cookie, base=server.base) as (page, watch):
            dialogs: list[str] = []
            page.on("dialog", lambda one: (dialogs.append(one.message), one.dismiss()))
            page.on("popup", lambda other: dialogs.append(other.url))
            page.goto(f"{server.base}/", wait_until="networkidle")
            for one in PAGES:
                page.goto(f"{server.base}/c/{CLIENT}/2026-Q4/{one.stem}", wait_until="networkidle")
                page.locator(".ls-card").first.wait_for()
                for fold in page.locator("details:not([open]) > summary").all():
                    if fold.is_visible():
                        fold.click()
                for figure in page.locator("figure.ls-chart").all()[:12]:
                    if figure.is_visible():
                        figure.hover(force=True)
                assert page.evaluate("window.__pwned") is None, one.stem
                assert (
                    page.locator("main [onerror], main [onload], main [onmouseover]").count() == 0
                )
                assert page.locator("figure.ls-chart > img").count() == 0, "a picture is no SVG"
            assert dialogs == []
            assert (watch.errors, watch.foreign, watch.refused) == ([], [], [])
