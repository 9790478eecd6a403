"""A move of the what-if of 02: from the key to the painted page, and the kernel's part of it."""

from __future__ import annotations

import itertools
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pandas as pd

from lodestar.charts.live import Live
from lodestar.charts.render import chart_html
from lodestar.controls.level import LevelWhatIf
from lodestar.provenance import find_run
from lodestar.run import run_client
from lodestar.workbook import open_workbook
from tests.benchmarks.harness import ROOT, Row, compared, seconds
from tests.browser.chromium import chromium, opened
from tests.browser.what_if import control, moves
from tests.support.server import serving

ABOUT = "A move of the what-if of 02, beside building and converting each chart anew."
MOVES = 24


def run() -> list[Row]:
    """Time moves in Chromium, and the kernel's work beside the stock way to redraw a chart."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(
            ROOT / "client_data" / "demo", root / "demo", ignore=shutil.ignore_patterns("runs")
        )
        run_client("demo", "", root)
        return [*_in_the_page(root), *_in_the_kernel(root)]


def _in_the_page(root: Path) -> Iterator[Row]:
    """Yield milliseconds from key to painted page, for both kinds of control and two widths."""
    run_ = find_run("demo", "", root)
    assert run_ is not None
    with serving(root, "demo") as server, chromium() as browser:
        cookie = server.sign_in("demo")
        for width in (1280, 360):
            with opened(browser, width, cookie=cookie, base=server.base) as (page, _):
                page.goto(f"{server.base}/c/demo/{run_.period}/02_level")
                frame = control(page)
                for number, name in enumerate(("chosen level", "a factor")):
                    handle = frame.locator(".noUi-handle").nth(number)
                    moves(frame, handle, 2)
                    yield _spread(f"{name}, {width} px", moves(frame, handle, MOVES))


def _spread(what: str, taken: list[float]) -> Row:
    median, most = statistics.median(taken), float(np.quantile(taken, 0.95))
    return {
        "key to painted page": what,
        "moves": str(len(taken)),
        "median": f"{median:.0f} ms",
        "95 %": f"{most:.0f} ms",
    }


def _in_the_kernel(root: Path) -> Iterator[Row]:
    """Yield the kernel's work for a move beside the same with every chart built anew."""
    book = open_workbook("02_level", "demo", "", str(root))
    made = LevelWhatIf(book.engagement, book.results)
    sliders = {"chosen level": made.chosen, "a factor": next(iter(made.factors.values()))}
    for name, slider in sliders.items():
        ours = _move(slider)
        with _built_anew():
            stock = _move(slider)
        yield compared(f"kernel, {name}", ours, "every chart built and converted anew", stock)


def _move(slider: Any) -> float:
    """Return seconds of a move to and fro between two values."""
    values = itertools.cycle([2.0, 3.0])
    slider.value = next(values)
    return seconds(lambda: setattr(slider, "value", next(values)), MOVES)


@contextmanager
def _built_anew() -> Iterator[None]:
    """Let charts be redrawn as a page draws them: by Altair and the converter, from the start."""

    def anew(self: Live, rows: pd.DataFrame, description: str) -> str:
        return chart_html(self._draw(rows))

    with patch.object(Live, "html", anew):
        yield
