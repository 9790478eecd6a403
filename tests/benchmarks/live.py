"""Live what-ifs: ten at once by socket, one at a time in Chromium, their memory and their end."""

from __future__ import annotations

import os
import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from lodestar.provenance import PublishedRun
from lodestar.serve.live.limits import family
from tests.benchmarks.harness import Row, share
from tests.benchmarks.serving import address, held, kernels, load, published, sessions, stock
from tests.benchmarks.widgets import LivePage
from tests.browser.chromium import chromium, opened
from tests.browser.what_if import control, moves
from tests.support.server import Server, serving

ABOUT = "Live what-ifs, ten at once and one by one, beside stock Voila (4 minutes)."
STEM = "02_level"
VIEWERS, STEPS, TIMES, KEYS = 10, 3, 5, 12
STOCK_VIEWERS, STOCK_ALONE = 3, 2
"""Fewer of the peer: ten of its kernels at once take a machine of two processors over a minute."""

PAUSE, PATIENCE, WAIT = 0.1, 60.0, 300_000
TOUCH = """() => new Promise((done) => {
  const begun = performance.now();
  document.querySelector(".ls-whatif a.ls-button").click();
  const shown = (node) => Boolean(node) && node.getClientRects().length > 0;
  const look = () => {
    const inside = document.querySelector(".ls-whatif iframe")?.contentDocument;
    const there = shown(inside?.querySelector(".noUi-handle"))
      && shown(inside.querySelector("figure[data-drawn]"));
    if (there) setTimeout(() => done(performance.now() - begun));
    else requestAnimationFrame(look);
  };
  look();
})"""


class Crowd(NamedTuple):
    """What viewers who open at once meet: seconds to live, seconds a move, megabytes, the end.

    Kernels that nobody used yet wait for the next viewer of a client; ``spare`` is their number.
    """

    live: list[float]
    moves: list[float]
    kernel: float
    whole: float
    gone: float
    spare: int


class Alone(NamedTuple):
    """Seconds from the touch to a live control, milliseconds from a key to its picture."""

    first: list[float]
    later: list[float]
    moves: list[float]


def run() -> list[Row]:
    """Open ten at once, then one after the other, then what can be compared of stock Voila."""
    with tempfile.TemporaryDirectory(prefix="ls-") as folder:
        root = Path(folder)
        run = published(root)
        before = load()
        with serving(root, "demo") as server:
            _until(lambda: _named(server, "lodestar-nurser"))
            ours = _ours(root, server, run)
        with serving(root, "demo") as server, chromium() as browser:
            _until(lambda: _named(server, "lodestar-nurser"))
            alone = _alone(browser, server, server.sign_in("demo"), address(run, STEM))
        with stock(root, run) as (pages, process):
            base = "://".join(urlsplit(pages)[:2])
            paths = [f"{urlsplit(pages).path}{STEM}.ipynb"] * STOCK_VIEWERS
            one = [_crowd(base, paths[:1], [""], process) for _ in range(STOCK_ALONE)]
            theirs = _crowd(base, paths, [""] * STOCK_VIEWERS, process)
    return [*_rows(ours, alone, one, theirs), before, load()]


def _rows(ours: Crowd, alone: Alone, one: Sequence[Crowd], theirs: Crowd) -> list[Row]:
    middle = statistics.median
    still = middle(crowd.live[0] for crowd in one)
    many = f"{VIEWERS} at once by socket (stock: {STOCK_VIEWERS} at once)"
    touch = "Chromium, touch to live control and chart (stock: page to its control's state, by"
    return [
        held(f"{many}: the last is live", max(ours.live), "s", 10, max(theirs.live)),
        held(f"{many}: half are live", middle(ours.live), "s", None, middle(theirs.live)),
        _moved(f"{many}: a move, median", middle(ours.moves), 150, middle(theirs.moves)),
        _moved(f"{many}: the slowest move", max(ours.moves), None, max(theirs.moves)),
        held(f"{many}: PSS of a kernel, mean", ours.kernel, "MB", 60, theirs.kernel),
        held(f"{many}: PSS of all processes, a viewer", ours.whole, "MB", None, theirs.whole),
        held(f"{many}: last page closed to last kernel gone", ours.gone, "s", 15),
        held("kernels that nobody used yet, kept ready (in all processes above)", ours.spare, ""),
        held(
            f"{touch} socket, median of {STOCK_ALONE}), client's first, median of {TIMES}",
            middle(alone.first),
            "s",
            2.5,
            still,
        ),
        held(
            f"the same, the client's process is there, median of {TIMES}",
            middle(alone.later),
            "s",
            2.5,
            still,
        ),
        held(
            f"Chromium, key to painted picture, median of {len(alone.moves)}",
            middle(alone.moves),
            "ms",
            150,
        ),
        held("the same, the slowest", max(alone.moves), "ms"),
    ]


def _moved(what: str, seconds: float, most: float | None, peer: float) -> Row:
    return held(what, 1e3 * seconds, "ms", most, 1e3 * peer)


def _ours(root: Path, server: Server, run: PublishedRun) -> Crowd:
    cookies = sessions(root, server, VIEWERS)
    paths = [f"{address(run, STEM)}/what-if"] * VIEWERS
    return _crowd(server.base, paths, cookies, server.process.pid)


def _crowd(base: str, paths: Sequence[str], cookies: Sequence[str], process: int) -> Crowd:
    """Open pages at once, move each in turn, weigh, close all, wait for the kernels to go."""
    pages = [LivePage(base, *given) for given in zip(paths, cookies, strict=True)]
    with ThreadPoolExecutor(len(pages)) as pool:
        live = list(pool.map(LivePage.open, pages))
    taken = [page.move() for page in pages for _ in range(STEPS)]
    running = kernels(process)
    # Those that wait for the next viewer have yet touched little.
    weights = sorted(map(share, running))[-len(pages) :]
    whole = sum(share(pid) for pid in family(process)) / len(pages)
    for page in pages:
        page.close()
    spare = len(running) - len(pages)
    # Stock Voila's outlive a page that says nothing, until it is told to cull them.
    gone = _until(lambda: _left(process, running) <= spare) if cookies[0] else float("nan")
    return Crowd(live, taken, statistics.mean(weights), whole, gone, spare)


def _left(process: int, running: Sequence[int]) -> int:
    return len(set(running) & set(kernels(process)))


def _alone(browser: Browser, server: Server, cookie: str, path: str) -> Alone:
    """Touch the what-if, each time in a cold browser: as the client's first, and as another."""
    first, later = [], []
    for _ in range(TIMES):
        with _reviewed(browser, server, cookie, path) as page:
            first.append(page.evaluate(TOUCH) / 1e3)
            with _reviewed(browser, server, cookie, path) as another:
                later.append(another.evaluate(TOUCH) / 1e3)
        _end_live_processes(server)
    with _reviewed(browser, server, cookie, path) as page:
        frame = control(page)
        slider = frame.get_by_role("slider", name="What if we choose", exact=True)
        return Alone(first, later, moves(frame, slider, KEYS))


@contextmanager
def _reviewed(browser: Browser, server: Server, cookie: str, path: str) -> Iterator[Page]:
    with opened(browser, cookie=cookie, base=server.base) as (page, _):
        page.set_default_timeout(WAIT)
        page.goto(f"{server.base}{path}")
        page.locator("figure[data-drawn]").first.wait_for()
        yield page


def _end_live_processes(server: Server) -> None:
    """Let the next touch be a client's first again."""
    for pid in _named(server, "lodestar-live"):
        os.kill(pid, signal.SIGKILL)
    _until(lambda: not _named(server, "lodestar-live") and not kernels(server.process.pid))


def _named(server: Server, name: str) -> list[int]:
    found = {pid: Path(f"/proc/{pid}/comm") for pid in family(server.process.pid)[1:]}
    return [pid for pid, file in found.items() if file.exists() and name in file.read_text()]


def _until(true: Callable[[], Any]) -> float:
    """Wait for something to become true; return how long it took."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < PATIENCE, "it did not happen"
        time.sleep(PAUSE)
    return time.monotonic() - begun
