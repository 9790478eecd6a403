"""A client chooses a conflict on the saved page of 03: no kernel, no network beyond the page.

Oracle: the sentences in the summaries, as the executed notebook holds them.
"""

from __future__ import annotations

import pytest

from lodestar.provenance import PublishedRun
from tests.browser.conftest import Open
from tests.browser.test_pages import goto, run
from tests.support.server import Server

pytestmark = pytest.mark.browser

__all__ = ["run"]

STEM = "03_metric_conflicts"
OPEN = """() => [...document.querySelectorAll("[id='conflicts.paths'] details.ls-fold")]
    .map((fold) => fold.open)"""


@pytest.mark.parametrize("width", [1280, 390])
def test_choosing_a_conflict_opens_its_network_and_shuts_the_last(
    visit: Open, server: Server, run: PublishedRun, width: int
) -> None:
    with visit(width=width, height=800) as (page, watch):
        goto(page, server, run, STEM)
        before = page.evaluate(OPEN)
        assert before == [True] + [False] * (len(before) - 1)
        folds = page.locator("[id='conflicts.paths'] details.ls-fold")
        folds.nth(1).locator("> summary").click()
        assert page.evaluate(OPEN) == [False, True] + [False] * (len(before) - 2)
        sentence = folds.nth(1).locator("> summary").inner_text()
        picture = folds.nth(1).locator("figure svg").first
        picture.wait_for(state="visible")
        assert sentence.removeprefix("2. ") == picture.get_attribute("aria-label")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert (watch.errors, watch.foreign, watch.refused) == ([], [], [])


def test_the_whole_register_lies_folded_below_the_worst(
    visit: Open, server: Server, run: PublishedRun
) -> None:
    with visit(width=360, height=740) as (page, watch):
        goto(page, server, run, STEM)
        fold = page.locator("[id='conflicts.matrix'] details.ls-fold").first
        assert fold.locator("figure svg").first.is_hidden()
        fold.locator("> summary").click()
        figure = fold.locator("figure")
        figure.locator("svg").first.wait_for(state="visible")
        page.wait_for_function(
            "(figure) => figure.dataset.narrow !== 'later'", arg=figure.element_handle()
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert (watch.errors, watch.foreign, watch.refused) == ([], [], [])
