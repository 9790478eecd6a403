"""A live what-if wears the colours of the page around it. Oracle: that page, in Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import opened
from tests.support.live import PAGE, Live, living

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BRAND = "brand:\n  ink: '#1d2b53'\n  accent: '#7e2553'\n"
COLOURS = """() => {
  const style = getComputedStyle(document.documentElement);
  return ["--ink", "--accent"].map((one) => style.getPropertyValue(one).trim());
}"""
INK = "getComputedStyle(document.querySelector('.widget-readout')).color"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with living(tmp_path_factory.mktemp("brand") / "clients") as found:
        with (found.root / "acme" / "engagement.yml").open("a", encoding="utf-8") as file:
            file.write(BRAND)
        yield found


def worn(page: Page, live: Live, client: str) -> tuple[list[str], list[str]]:
    """Return the colours of a reviewed page, and of its what-if once its control is there."""
    page.goto(f"{live.server.base}/c/{client}/2026-Q4/02_level")
    reviewed = page.evaluate(COLOURS)
    page.goto(live.server.base + PAGE.format(client))
    page.locator(".noUi-handle").wait_for(timeout=90_000)
    return reviewed, page.evaluate(COLOURS)


@pytest.mark.parametrize("dark", [False, True])
def test_the_frame_wears_what_the_page_wears(browser: Browser, live: Live, dark: bool) -> None:
    """Of a client with colours of its own, and of one without, by day and by night."""
    found = {}
    for client in ("acme", "bravo"):
        cookie, base = live.cookies[client], live.server.base
        with opened(browser, dark=dark, cookie=cookie, base=base) as (page, watch):
            reviewed, frame = worn(page, live, client)
            assert frame == reviewed
            assert (watch.errors, watch.foreign, watch.refused) == ([], [], [])
            found[client] = [*frame, page.evaluate(INK)]
    if not dark:
        assert found["acme"] == ["#1d2b53", "#7e2553", "rgb(29, 43, 83)"]
    assert not set(found["acme"]) & set(found["bravo"])
