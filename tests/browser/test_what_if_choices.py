"""Other choices on the page, in Chromium. Oracle: the same choice computed in Python from the
client's own tables, in its own words."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from lodestar.controls.choices import Choice, Choices
from lodestar.engagement import load
from lodestar.provenance import find_run
from lodestar.workbook.pages import PAGES
from lodestar.workbook.what_ifs import scenarios_of
from tests.browser.conftest import Open
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STEMS = [page.stem for page in PAGES if page.choices]
MOVES = 200
MOVE = r"""(places) => {
  const card = document.querySelector(".ls-choices");
  const slider = card.querySelector("input[type=range]");
  // Where a line may not end is the page's matter; what it says is Python's.
  const text = (one) => one.textContent.replaceAll("\u00a0", " ");
  const words = (one) => [...one.querySelectorAll(".ls-said span")].map(text);
  return places.map((place) => {
    slider.value = place;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    const shown = [...card.querySelectorAll(".ls-choice")].filter((one) => one.checkVisibility());
    return {
      label: text(card.querySelector(".ls-choice-now")),
      said: shown.filter((one) => !one.classList.contains("ls-was")).map(words),
      was: shown.filter((one) => one.classList.contains("ls-was")).map(words),
      cells: shown.flatMap((one) => [...one.querySelectorAll("td")])
        .filter((cell) => cell.checkVisibility()).map(text),
      whatIf: card.classList.contains("ls-moved"),
      link: document.querySelector(".ls-whatif a.ls-button")?.search ?? "",
    };
  });
}"""


@pytest.fixture(scope="module")
def choices(demo_root: Path) -> dict[str, Choices]:
    """Every choice of each page, computed here."""
    run = find_run("demo", "", demo_root)
    assert run is not None
    made, results = load("demo", run.period, demo_root), run.results()
    pages = [page for page in PAGES if page.choices]
    return {p.stem: p.other_choices().choices(scenarios_of(p, made), results) for p in pages}


def arrived(page: Page, server: Server, root: Path, stem: str) -> Page:
    run = find_run("demo", "", root)
    assert run is not None
    page.goto(f"{server.base}/c/demo/{run.period}/{stem}", wait_until="commit")
    page.locator(".ls-chooser").wait_for()
    return page


@pytest.mark.parametrize("stem", STEMS)
def test_two_hundred_moves_say_what_python_says(
    visit: Open, server: Server, demo_root: Path, choices: dict[str, Choices], stem: str
) -> None:
    made = choices[stem]
    reviewed = next(one for one in made.options if one.value == made.reviewed)
    places = random.Random(stem).choices(range(len(made.options)), k=MOVES)
    with visit() as (page, watch):
        shown = arrived(page, server, demo_root, stem).evaluate(MOVE, places)
        assert (watch.foreign, watch.refused) == ([], [])
    for place, got in zip(places, shown, strict=True):
        _holds(got, made.options[place], reviewed)


def _holds(got: dict[str, Any], chosen: Choice, reviewed: Choice) -> None:
    """What is shown is the choice in its words, and beside it what was reviewed."""
    moved = chosen is not reviewed
    assert got["said"] == [list(chosen.sentences)]
    assert got["was"] == ([list(reviewed.sentences)] if moved else [])
    assert got["whatIf"] == moved
    assert got["link"] == (f"?at={chosen.value:g}" if moved else "")
    assert got["label"].lower().removesuffix(", as reviewed") == chosen.label
    assert chosen.html.count("<td") == len(got["cells"])


def test_keys_move_it_the_change_is_told_and_one_button_takes_it_back(
    visit: Open, server: Server, demo_root: Path
) -> None:
    with visit() as (page, _):
        arrived(page, server, demo_root, "02_level")
        slider, card = page.get_by_role("slider", name="Chosen level"), page.locator(".ls-choices")
        start = slider.get_attribute("aria-valuetext")
        slider.press("Home")
        assert slider.get_attribute("aria-valuetext") == "Level 1"
        assert card.get_by_text("What-if, not reviewed").is_visible()
        expect(card.get_by_role("status")).to_contain_text("Level 1. ")
        slider.press("Tab")
        page.keyboard.press("Enter")
        assert slider.get_attribute("aria-valuetext") == start
        assert not card.get_by_text("What-if, not reviewed").is_visible()
        assert slider.evaluate("(own) => own === document.activeElement")


@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_the_window(visit: Open, server: Server, demo_root: Path, width: int) -> None:
    with visit(width=width) as (page, _):
        for stem in STEMS:
            arrived(page, server, demo_root, stem)
            page.locator(".ls-choices input[type=range]").press("End")
            across = page.evaluate("document.documentElement.scrollWidth")
            assert across <= width, stem


def test_without_scripts_every_choice_unfolds(
    browser: Browser, server: Server, cookie: str, demo_root: Path, choices: dict[str, Choices]
) -> None:
    run = find_run("demo", "", demo_root)
    assert run is not None
    name, value = cookie.split("=", 1)
    context = browser.new_context(java_script_enabled=False)
    try:
        context.add_cookies([{"name": name, "value": value, "url": server.base}])
        page = context.new_page()
        page.goto(f"{server.base}/c/demo/{run.period}/02_level")
        folds = page.locator(".ls-choices details")
        assert folds.count() == len(choices["02_level"].options)
        folds.first.locator("summary").click()
        assert choices["02_level"].options[0].sentences[-1] in folds.first.inner_text()
    finally:
        context.close()
