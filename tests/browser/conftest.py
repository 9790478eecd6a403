"""One browser and one server of the demo's dashboards for all browser tests of a worker."""

from __future__ import annotations

from asyncio import events
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import Watch, chromium, opened
from tests.support.server import Server, serving

Open = Callable[..., AbstractContextManager[tuple[Page, Watch]]]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        loop = events._get_running_loop()
        yield started
        # The last test of all may not have been one of these: the browser ends on its own loop.
        events._set_running_loop(loop)


@pytest.fixture(scope="session")
def server(demo_root: Path) -> Iterator[Server]:
    with serving(demo_root, "demo") as running:
        yield running


@pytest.fixture(scope="session")
def cookie(server: Server) -> str:
    return server.sign_in("demo")


@pytest.fixture
def visit(browser: Browser, server: Server, cookie: str) -> Open:
    """Open an empty page, signed in as the demo client."""

    def visiting(**options: object) -> AbstractContextManager[tuple[Page, Watch]]:
        return opened(browser, cookie=cookie, base=server.base, **options)  # type: ignore[arg-type]

    return visiting
