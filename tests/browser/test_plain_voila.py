"""Plain ``voila`` shows every chart, with our settings and without. Oracle: the executed run."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser

from lodestar.provenance import find_run
from tests.browser.chromium import opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
WORKBOOKS = ROOT / "workbooks"
STEMS = sorted(path.stem for path in WORKBOOKS.glob("*.ipynb"))
FIGURE = '<figure class="ls-chart">'
WAIT = 120_000


@contextmanager
def voila(cwd: Path, data_root: Path, jupyter: Path) -> Iterator[str]:
    """Start plain Voila on the workbooks in a working directory; yield its address."""
    template = jupyter / "voila" / "templates" / "lodestar"
    template.parent.mkdir(parents=True)
    template.symlink_to(ROOT / "templates" / "voila" / "lodestar")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "voila", str(WORKBOOKS), "--no-browser", f"--port={port}"],
        cwd=cwd,
        env={**os.environ, "LODESTAR_DATA": str(data_root), "JUPYTER_PATH": str(jupyter)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}/voila/"
    try:
        _wait_for(f"{address}static/voila.js", process)
        yield f"{address}render/"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while True:
        assert process.poll() is None, "Voila did not start"
        try:
            urllib.request.urlopen(url).close()
        except OSError:
            assert time.monotonic() < end, "Voila does not answer"
            time.sleep(0.1)
        else:
            return


@pytest.fixture(scope="module")
def ours(demo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Voila started in the folder of workbooks, where it finds ``voila.json``."""
    with voila(WORKBOOKS, demo_root, tmp_path_factory.mktemp("jupyter")) as address:
        yield address


def figures(demo_root: Path, stem: str) -> int:
    """Return how many charts the executed workbook holds, outside its live control."""
    run = find_run("demo", "", demo_root)
    assert run is not None
    notebook = nbformat.read(run.folder / f"{stem}.ipynb", as_version=4)
    outputs = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]
    return sum(o.get("data", {}).get("text/html", "").count(FIGURE) for o in outputs)


@pytest.mark.parametrize("stem", STEMS)
def test_with_our_settings_pages_are_whole_and_ask_nobody(
    browser: Browser, ours: str, demo_root: Path, stem: str
) -> None:
    with opened(browser) as (page, watch):
        page.goto(f"{ours}{stem}.ipynb")
        page.locator(".ls-card").last.wait_for(timeout=WAIT)
        page.locator("#provenance").wait_for(timeout=WAIT)
        charts = page.locator(".jp-RenderedHTML .ls-chart > svg")
        assert charts.count() >= figures(demo_root, stem)
        assert (watch.errors, watch.foreign, watch.refused) == ([], [], [])


def test_without_any_settings_every_chart_shows(
    browser: Browser, demo_root: Path, tmp_path: Path
) -> None:
    """From another folder Voila takes its own template; pictures need none of ours."""
    with voila(tmp_path, demo_root, tmp_path / "jupyter") as address, opened(browser) as (page, _):
        page.goto(f"{address}00_summary.ipynb")
        page.locator("#provenance").wait_for(timeout=WAIT)
        pictures = page.locator(".ls-chart > img")
        assert pictures.count() == figures(demo_root, "00_summary")
        drawn = "image => image.complete && image.naturalWidth > 100"
        assert all(picture.evaluate(drawn) for picture in pictures.all())
