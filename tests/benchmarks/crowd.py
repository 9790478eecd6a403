"""Fifty viewers who arrive within ten seconds, one of them in Chromium, beside stock Voila."""

from __future__ import annotations

import asyncio
import re
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

import numpy as np
from playwright.sync_api import Browser
from tornado.httpclient import AsyncHTTPClient

from lodestar.provenance import PublishedRun
from tests.benchmarks.harness import Row
from tests.benchmarks.page import cold_context
from tests.benchmarks.serving import address, held, kernels, load, published, sessions, stock
from tests.browser.chromium import chromium
from tests.support.server import Server, serving

ABOUT = "Fifty viewers within ten seconds, beside fewer of stock Voila (3 minutes)."
STEMS = ("02_level", "03_metric_conflicts", "05_perspectives")
VIEWERS, SECONDS, TIMES = 50, 10.0, 5
STOCK_VIEWERS = 5
"""As many a second, for one second: each takes a kernel and all of a processor for seconds."""

WAIT, PAUSE = 300.0, 0.25
ASSET = re.compile(r'(?:src|href)="([^"]*/assets/[^"]+)"')
SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
FIRST_TEXT = "() => window.seen && seen.text"


class Met(NamedTuple):
    """Seconds that a viewer waited: for the landing page, for first text, for all of the page."""

    landing: float
    text: float
    all: float


class Crowd(NamedTuple):
    """What a crowd met, what the one in Chromium did, and how many kernels were seen."""

    met: list[Met]
    chromium: float
    kernels: int


def run() -> list[Row]:
    """Let crowds come, each to a server that has only just been started."""
    with tempfile.TemporaryDirectory(prefix="ls-") as folder, chromium() as browser:
        root = Path(folder)
        run = published(root)
        before = load()
        crowds = [_visited(browser, root, run) for _ in range(TIMES)]
        with stock(root, run) as (pages, _):
            urls = [f"{pages}{STEMS[i % len(STEMS)]}.ipynb" for i in range(STOCK_VIEWERS)]
            with _arriving(urls, [""] * STOCK_VIEWERS, 1.0, _stock_page) as crowd:
                theirs = crowd.result()
    return [*_rows(crowds, theirs), before, load()]


def _rows(crowds: Sequence[Crowd], theirs: Sequence[Met]) -> list[Row]:
    many = f"{VIEWERS} within {SECONDS:g} s"
    fewer = f"(stock: {STOCK_VIEWERS} within 1 s, all of its page)"
    middle = statistics.median
    texts = [[met.text for met in crowd.met] for crowd in crowds]
    whole = [[met.all for met in crowd.met] for crowd in crowds]
    landings = [[met.landing for met in crowd.met] for crowd in crowds]
    waited = [met.text for met in theirs]
    return [
        held(
            f"{many}: first text, 95 % {fewer}",
            middle(map(_late, texts)),
            "s",
            1,
            _late(waited),
        ),
        held(f"{many}: first text, half", middle(map(middle, texts)), "s", None, middle(waited)),
        held(f"{many}: first text, the slowest of {TIMES} crowds", max(map(max, texts)), "s"),
        held(f"{many}: the client's first page, 95 %", middle(map(_late, landings)), "s"),
        held(f"{many}: page with all it is made of, 95 %", middle(map(_late, whole)), "s"),
        held(
            f"{many}: first text of the one in Chromium, median of {TIMES}",
            middle(crowd.chromium for crowd in crowds),
            "s",
            1,
        ),
        held(f"{many}: kernels seen", max(crowd.kernels for crowd in crowds), "", 0),
    ]


def _late(seconds: Sequence[float]) -> float:
    return float(np.percentile(seconds, 95))


def _visited(browser: Browser, root: Path, run: PublishedRun) -> Crowd:
    """Start a server and let a crowd come; in the middle of it somebody opens Chromium."""
    with serving(root, "demo") as server:
        cookies = sessions(root, server, VIEWERS)
        *by_socket, own = cookies
        urls = [f"{server.base}{address(run, STEMS[i % len(STEMS)])}" for i in range(VIEWERS - 1)]
        coming = _arriving(urls, by_socket, SECONDS, _our_page)
        with _watched(server) as seen, coming as crowd:
            time.sleep(SECONDS / 2)
            with cold_context(browser, server.base, own) as context:
                page = context.new_page()
                page.goto(urls[0])
                page.wait_for_function(FIRST_TEXT, timeout=WAIT * 1e3)
                text = page.evaluate("seen.text") / 1e3
            met = crowd.result()
    return Crowd(met, text, max(seen))


@contextmanager
def _watched(server: Server) -> Iterator[list[int]]:
    """Count the server's kernels again and again."""
    seen, over = [0], threading.Event()

    def look() -> None:
        while not over.wait(PAUSE):
            seen.append(len(kernels(server.process.pid)))

    watch = threading.Thread(target=look)
    watch.start()
    try:
        yield seen
    finally:
        over.set()
        watch.join()


@contextmanager
def _arriving(*crowd: Any) -> Iterator[Future[list[Met]]]:
    """Let viewers come meanwhile, in a thread: this one's loop is the browser's."""
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(lambda: asyncio.run(_all(*crowd)))


async def _all(urls: Sequence[str], cookies: Sequence[str], seconds: float, page: Any) -> list[Met]:
    """Let viewers come one after the other within so many seconds."""
    client = AsyncHTTPClient(force_instance=True, max_clients=2 * VIEWERS, defaults=_PATIENCE)

    async def viewer(number: int) -> Met:
        await asyncio.sleep(seconds * number / len(urls))
        return await page(_getter(client, cookies[number]), urls[number])  # type: ignore[no-any-return]

    return await asyncio.gather(*(viewer(number) for number in range(len(urls))))


_PATIENCE = {"connect_timeout": WAIT, "request_timeout": WAIT, "decompress_response": True}


def _getter(client: AsyncHTTPClient, cookie: str) -> Any:
    async def get(url: str) -> str:
        reply = await client.fetch(url, headers={"Cookie": cookie} if cookie else {})
        return reply.body.decode("utf-8", "replace")

    return get


async def _our_page(get: Any, url: str) -> Met:
    """Open the client's first page; then a workbook: its text needs its style sheet as well."""
    begun = time.perf_counter()
    await get(url.rpartition("/")[0].rpartition("/")[0])
    landed = time.perf_counter()
    page = await get(url)
    sheets = set(SHEET.findall(page))
    await asyncio.gather(*(get(urljoin(url, sheet)) for sheet in sheets))
    text = time.perf_counter()
    assert "<h1" in page, "this is no workbook"
    rest = set(ASSET.findall(page)) - sheets
    await asyncio.gather(*(get(urljoin(url, asset)) for asset in rest))
    return Met(landed - begun, text - landed, time.perf_counter() - landed)


async def _stock_page(get: Any, url: str) -> Met:
    """Open a page; it shows nothing of itself before all of it is there."""
    begun = time.perf_counter()
    page = await get(url)
    assert "provenance" in page, "the workbook did not run to its end"
    taken = time.perf_counter() - begun
    return Met(0.0, taken, taken)
