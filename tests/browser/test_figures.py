"""Charts on a page with nothing but that page: words at a mark, files, no network, no exception.

Oracle: the notebook's own tables and specifications, and what Chromium reports.
"""

from __future__ import annotations

import csv
import io
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lodestar.provenance import PublishedRun, find_run
from lodestar.serve.tones import twin
from tests.browser.chromium import FLAGS, Watch, executable, opened
from tests.browser.conftest import Open
from tests.support.server import Server

pytestmark = pytest.mark.browser

LADDER = "#level\\.four svg[data-tips]"
VIOLATIONS = """window.__blocked = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.__blocked.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"""


@pytest.fixture(scope="module")
def run(demo_root: Path) -> PublishedRun:
    found = find_run("demo", "", demo_root)
    assert found is not None
    return found


def level(page: Page, server: Server, run: PublishedRun) -> Page:
    page.goto(f"{server.base}/c/demo/{run.period}/02_level", wait_until="networkidle")
    page.locator(LADDER).scroll_into_view_if_needed()
    return page


def test_a_mark_says_its_figures_to_mouse_keyboard_and_finger(
    visit: Open, server: Server, run: PublishedRun
) -> None:
    with visit() as (page, watch):
        level(page, server, run)
        told = page.locator(".ls-tip.ls-open")
        mark = page.locator(f"{LADDER} [data-tip^='Present']").last
        mark.hover(force=True)
        expect(told.locator("b")).to_have_text("Present")
        assert "to" in told.locator("span").inner_text()
        page.keyboard.press("Escape")
        expect(told).to_have_count(0)
        page.locator(LADDER).focus()
        said = []
        for key in ("Home", "ArrowDown", "ArrowRight", "ArrowDown", "ArrowDown"):
            page.keyboard.press(key)
            said.append(told.locator("b").inner_text())
        assert said == ["Required", "Chosen", "Present", "Experienced", "Experienced"]
        page.keyboard.press("Tab")
        expect(told).to_have_count(0)
        box = mark.bounding_box()
        assert box
        finger = {"pointerType": "touch", "bubbles": True, "clientX": box["x"] + 60}
        page.locator(LADDER).dispatch_event("pointerdown", {**finger, "clientY": box["y"] + 4})
        expect(told.locator("b")).to_have_text("Present")
        assert (watch.errors, watch.foreign, watch.refused) == ([], [], [])


def test_words_at_a_mark_are_text_whatever_they_hold(
    visit: Open, server: Server, run: PublishedRun
) -> None:
    with visit() as (page, _):
        level(page, server, run)
        hostile = "<img src=x onerror=window.__pwned=1>:\u2062 <b>1</b>"
        page.evaluate(
            "([place, said]) => document.querySelectorAll(`${place} [data-tip]`)"
            ".forEach((mark) => { mark.dataset.tip = said; })",
            [LADDER, hostile],
        )
        page.locator(LADDER).focus()
        page.keyboard.press("Home")
        tip = page.locator(".ls-tip.ls-open")
        assert tip.locator("b").first.inner_text() == hostile.split(":\u2062 ")[0]
        assert tip.locator("img").count() == 0
        assert page.evaluate("window.__pwned") is None


def test_a_chart_is_taken_away_as_csv_svg_and_png(
    visit: Open, server: Server, run: PublishedRun, cookie: str
) -> None:
    address = f"/c/demo/{run.period}/02_level/level.four"
    reply, table = server.ask(f"{address}.csv", cookie)
    name = f"demo_{run.period}_level.four"
    assert reply.headers["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    _, svg = server.ask(f"{address}.svg", cookie)
    assert b"@font-face" in svg
    assert b"href" not in svg
    with visit() as (page, watch):
        level(page, server, run)
        card = page.locator("#level\\.four")
        card.locator("summary").first.click()
        shown = card.locator(".ls-table").first.locator("tbody tr").first.locator("td")
        assert rows[1] == [text.replace("−", "-") for text in shown.all_inner_texts()]
        with page.expect_download() as waiting:
            card.locator(".ls-png").first.click()
        assert waiting.value.suggested_filename == f"{name}.png"
        content = Path(waiting.value.path()).read_bytes()
        wide, tall = struct.unpack(">II", content[16:24])
        assert content.startswith(b"\x89PNG")
        drawn = page.locator(LADDER).first
        assert wide == 2 * int(drawn.get_attribute("width") or 0)
        assert tall == 2 * int(drawn.get_attribute("height") or 0)
        assert (watch.errors, watch.foreign, watch.refused) == ([], [], [])


@pytest.fixture(scope="module")
def shut_off(browser: Browser) -> Iterator[Browser]:
    """Start a browser for which no name resolves and no host but this machine exists."""
    rules = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
    started = browser.browser_type.launch(executable_path=executable(), args=[*FLAGS, rules])
    yield started
    started.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_asks_anybody_else_or_breaks_its_own_policy(
    shut_off: Browser, server: Server, run: PublishedRun, cookie: str, dark: bool, width: int
) -> None:
    with opened(shut_off, width=width, dark=dark, cookie=cookie, base=server.base) as (page, watch):
        page.add_init_script(VIOLATIONS)
        for stem in run.notebooks():
            page.goto(f"{server.base}/c/demo/{run.period}/{stem}", wait_until="networkidle")
            if width < 640:
                page.wait_for_function(
                    "() => document.querySelector('.ls-chart[data-narrow]') "
                    "|| !document.querySelector('.ls-chart')"
                )
            _clean(page, watch, stem)


def _clean(page: Page, watch: Watch, stem: str) -> None:
    assert page.evaluate("window.__blocked") == [], stem
    assert (watch.errors, watch.foreign, watch.refused) == ([], [], []), stem


def test_dark_twins_are_the_same_whoever_draws_the_chart(
    visit: Open, server: Server, run: PublishedRun
) -> None:
    """Oracle: the script by which the browser turns the colours of what it draws itself."""
    grid = [(r, g, b) for r in range(0, 256, 51) for g in range(0, 256, 51) for b in (0, 90, 255)]
    with visit() as (page, _):
        level(page, server, run)
        made = page.evaluate(
            """async (colours) => {
              const own = document.querySelector("script[src$='page.js']").src;
              const { twin } = await import(own.replace("page.js", "tones.js"));
              return colours.map(twin);
            }""",
            grid,
        )
    assert made == [twin(colour) for colour in grid]


LIMIT = 450_000


@pytest.mark.parametrize("stem", ["00_summary", "03_metric_conflicts", "05_perspectives"])
def test_a_cold_page_is_five_small_answers(
    visit: Open, server: Server, run: PublishedRun, stem: str
) -> None:
    with visit() as (page, _):
        sizes: list[int] = []
        page.on("requestfinished", lambda r: sizes.append(r.sizes()["responseBodySize"]))
        page.goto(f"{server.base}/c/demo/{run.period}/{stem}", wait_until="networkidle")
        assert len(sizes) <= 5
        assert sum(sizes) <= LIMIT
