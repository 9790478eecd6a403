"""The ways in in Chromium: link, form, a session that ended meanwhile. Oracle: what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from lodestar.access import Access
from tests.browser.chromium import opened
from tests.support.clients import small_client
from tests.support.published import publish
from tests.support.server import Server, serving

pytestmark = pytest.mark.browser

NAME, WORDS = "ana@example.com", "correct horse battery"
BOOK = Path(__file__).parents[1] / "notebooks" / "good.ipynb"
PLACE = "/c/acme/2026-Q4/02_level"


@pytest.fixture(scope="module")
def access(tmp_path_factory: pytest.TempPathFactory) -> Access:
    root = tmp_path_factory.mktemp("clients")
    publish(small_client(root, "acme", "Acme plc"), **{"02_level": BOOK.read_bytes()})
    store = Access(root / ".access")
    store.add(NAME, "client", ["acme"])
    store.set_password(NAME, WORDS)
    return store


@pytest.fixture(scope="module")
def board(access: Access) -> Iterator[Server]:
    with serving(access.folder.parent, "acme") as running:
        yield running


def test_a_link_opens_by_itself_and_leaves_no_key_behind(
    browser: Browser, board: Server, access: Access
) -> None:
    with opened(browser) as (page, watch):
        page.goto(f"{board.base}/enter?key={access.new_link(NAME)}")
        page.wait_for_url(f"{board.base}/")
        assert page.evaluate("document.cookie") == ""
        assert (watch.errors, watch.foreign, watch.refused) == ([], [], [])


@pytest.mark.parametrize("width", [360, 1280])
def test_signing_in_by_keyboard_leads_where_one_wanted_to_go(
    browser: Browser, board: Server, width: int
) -> None:
    with opened(browser, width=width) as (page, watch):
        page.goto(f"{board.base}{PLACE}")
        expect(page.locator("h1")).to_have_text("Please sign in.")
        page.locator("#name").focus()
        page.keyboard.type(NAME)
        page.keyboard.press("Tab")
        page.keyboard.type(WORDS)
        page.keyboard.press("Enter")
        expect(page.locator("main.ls-main")).to_be_visible()
        assert page.url == f"{board.base}{PLACE}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert watch.foreign == []


def test_a_page_says_that_its_session_ended_and_takes_one_back(
    browser: Browser, board: Server, access: Access
) -> None:
    with opened(browser) as (page, _):
        page.goto(f"{board.base}/enter?key={access.new_link(NAME)}")
        page.wait_for_url(f"{board.base}/")
        page.goto(f"{board.base}{PLACE}")
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(300)
        assert page.locator(".ls-alive").count() == 0
        access.end_all(NAME)
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator(".ls-alive")).to_contain_text("You are signed out.")
        page.locator(".ls-alive button").click()
        expect(page.locator("h1")).to_have_text("You are signed out.")
        assert page.locator("input[name=going]").get_attribute("value") == PLACE


def test_a_page_waits_for_a_server_that_is_away(
    browser: Browser, board: Server, access: Access
) -> None:
    with opened(browser) as (page, _):
        page.goto(f"{board.base}/enter?key={access.new_link(NAME)}")
        page.wait_for_url(f"{board.base}/")
        page.goto(f"{board.base}{PLACE}")
        page.route("**/alive", lambda route: route.abort())
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator(".ls-alive")).to_contain_text("This page stays readable")
        page.unroute("**/alive")
        expect(page.locator(".ls-alive")).to_have_count(0, timeout=15_000)
