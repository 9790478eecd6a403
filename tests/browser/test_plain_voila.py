"""Plain ``voila`` shows every chart, with our settings and without. Oracle: the executed run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser

from lodestar.provenance import find_run
from tests.browser.chromium import opened
from tests.support.voila import WORKBOOKS, voila

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STEMS = sorted(path.stem for path in WORKBOOKS.glob("*.ipynb"))
FIGURE = '<figure class="ls-chart">'
WAIT = 120_000


@pytest.fixture(scope="module")
def ours(demo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Voila started in the folder of workbooks, where it finds ``voila.json``."""
    with voila(WORKBOOKS, demo_root, tmp_path_factory.mktemp("jupyter")) as (address, _):
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
    with (
        voila(tmp_path, demo_root, tmp_path / "jupyter") as (address, _),
        opened(browser) as (page, _),
    ):
        page.goto(f"{address}00_summary.ipynb")
        page.locator("#provenance").wait_for(timeout=WAIT)
        pictures = page.locator(".ls-chart > img")
        assert pictures.count() == figures(demo_root, "00_summary")
        drawn = "image => image.complete && image.naturalWidth > 100"
        assert all(picture.evaluate(drawn) for picture in pictures.all())
