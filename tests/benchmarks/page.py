"""A reviewed page in a cold Chromium beside the same workbook under stock Voila."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserContext, CDPSession

from tests.benchmarks.harness import Row
from tests.benchmarks.serving import address, held, load, published, stock
from tests.browser.chromium import chromium
from tests.support.server import Server, serving

ABOUT = "Reviewed pages in a cold Chromium, beside stock Voila (4 minutes)."
STEMS = ("02_level", "03_metric_conflicts", "05_perspectives")
TIMES, MOVES, WAIT = 5, 24, 300_000
TIMING = Path(__file__).with_name("timing.js").read_text(encoding="utf-8")
AT_REST = """(part) => document.readyState === "complete" && document.querySelector(part)
  && seen.charts && performance.now() - seen.changed > 1000"""
OURS_THERE, STOCK_THERE = ".ls-tip", "#provenance"
MOVED = """() => {
  const slider = document.querySelector(".ls-choices input[type=range]");
  window.moved = 0;
  let begun = 0;
  slider.addEventListener("keydown", (event) => { begun = event.timeStamp; moved = 0; });
  slider.addEventListener("input", () => requestAnimationFrame(() =>
    setTimeout(() => { moved = performance.now() - begun; })));
  slider.focus();
}"""


class Opened(NamedTuple):
    """What opening a page took: seconds, requests, kilobytes transferred, megabytes of heap."""

    text: float
    charts: float
    interactive: float
    requests: float
    kilobytes: float
    heap: float


def run() -> list[Row]:
    """Open each page cold and again, then under stock Voila; move what can be moved."""
    with tempfile.TemporaryDirectory(prefix="ls-") as folder, chromium() as browser:
        root = Path(folder)
        published_run = published(root)
        before = load()
        with serving(root, "demo") as server:
            cookie = server.sign_in("demo")
            paths = {stem: f"{server.base}{address(published_run, stem)}" for stem in STEMS}
            cold = {stem: _ours(browser, server, cookie, paths[stem]) for stem in STEMS}
            moves = _moves(browser, server, cookie, paths["02_level"])
        with stock(root, published_run) as (pages, _):
            theirs = {stem: _stock(browser, f"{pages}{stem}.ipynb") for stem in STEMS}
    rows = [row for stem in STEMS for row in _rows(stem, *cold[stem], theirs[stem])]
    level = f"02_level: a move of the choice on the page, median of {MOVES}"
    return [*rows, held(level, moves, "ms", 50), before, load()]


def _rows(stem: str, cold: Opened, again: Opened, theirs: Opened) -> list[Row]:
    of = f"{stem}, cold, median of {TIMES}"
    return [
        held(f"{of}: first text", cold.text, "s", 0.3, theirs.text),
        held(f"{of}: last chart", cold.charts, "s", 0.5, theirs.charts, 15),
        held(
            f"{of}: a mark answers a pointer (stock: its last chart, a still picture)",
            cold.interactive,
            "s",
            0.9,
            theirs.charts,
            8,
        ),
        held(f"{of}: requests", cold.requests, "", 5, theirs.requests),
        held(f"{of}: transferred", cold.kilobytes, "kB", 450, theirs.kilobytes),
        held(f"{of}: JavaScript's heap", cold.heap, "MB", None, theirs.heap),
        held(f"{stem}, again: first text", again.text, "s"),
        held(f"{stem}, again: a mark answers a pointer", again.interactive, "s"),
        held(f"{stem}, again: transferred", again.kilobytes, "kB"),
    ]


def _ours(browser: Browser, server: Server, cookie: str, url: str) -> tuple[Opened, Opened]:
    """Return the medians of a first and of a second visit."""
    first, second = [], []
    for _ in range(TIMES):
        with cold_context(browser, server.base, cookie) as context:
            first.append(_opened(context, url, OURS_THERE))
            second.append(_opened(context, url, OURS_THERE))
    return _median(first), _median(second)


def _stock(browser: Browser, url: str) -> Opened:
    found = []
    for _ in range(TIMES):
        with cold_context(browser) as context:
            found.append(_opened(context, url, STOCK_THERE))
    return _median(found)


def _moves(browser: Browser, server: Server, cookie: str, url: str) -> float:
    """Return milliseconds from a key on the page's own slider to the painted choice."""
    taken = []
    with cold_context(browser, server.base, cookie) as context:
        page = context.new_page()
        page.goto(url)
        page.wait_for_function(AT_REST, arg=OURS_THERE, timeout=WAIT)
        page.evaluate("seen.done = true")
        page.evaluate(MOVED)
        for move in range(MOVES):
            page.keyboard.press("ArrowLeft" if move % 4 < 2 else "ArrowRight")
            page.wait_for_function("() => moved > 0", timeout=WAIT)
            taken.append(float(page.evaluate("moved")))
    return statistics.median(taken)


@contextmanager
def cold_context(browser: Browser, base: str = "", cookie: str = "") -> Iterator[BrowserContext]:
    """Open a browser with nothing in its cache that notes when things are shown."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(TIMING)
    if cookie:
        name, value = cookie.split("=", 1)
        context.add_cookies([{"name": name, "value": value, "url": base}])
    try:
        yield context
    finally:
        context.close()


def _opened(context: BrowserContext, url: str, there: str) -> Opened:
    page = context.new_page()
    network = context.new_cdp_session(page)
    asked, bytes_of = _listened(network)
    page.goto(url, timeout=WAIT)
    page.wait_for_function(AT_REST, arg=there, timeout=WAIT)
    page.evaluate("seen.done = true")
    seen = page.evaluate("seen")
    heap = _heap(network)
    page.close(run_before_unload=True)
    interactive = seen["answer"] or seen["charts"]
    times = (seen["text"] / 1e3, seen["charts"] / 1e3, interactive / 1e3)
    return Opened(*times, len(asked), sum(bytes_of) / 1e3, heap)


def _listened(network: CDPSession) -> tuple[list[str], list[float]]:
    """Write down each request and the bytes of each answer and of each message of a socket."""
    asked: list[str] = []
    bytes_of: list[float] = []

    def sent(event: dict) -> None:
        if event["request"]["url"].startswith(("http:", "https:")):
            asked.append(event["request"]["url"])

    network.on("Network.requestWillBeSent", sent)
    network.on("Network.loadingFinished", lambda e: bytes_of.append(e["encodedDataLength"]))
    network.on(
        "Network.webSocketFrameReceived",
        lambda e: bytes_of.append(len(e["response"]["payloadData"])),
    )
    network.send("Network.enable")
    return asked, bytes_of


def _heap(network: CDPSession) -> float:
    network.send("HeapProfiler.collectGarbage")
    network.send("Performance.enable")
    metrics = network.send("Performance.getMetrics")["metrics"]
    return next(m["value"] for m in metrics if m["name"] == "JSHeapUsedSize") / 1e6


def _median(found: list[Opened]) -> Opened:
    return Opened(*(statistics.median(column) for column in zip(*found, strict=True)))
