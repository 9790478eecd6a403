"""Shared by all tests: one run of the demo client, executed once however many workers there are."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
from asyncio import events
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from lodestar.run import run_client
from lodestar.schema import resources

# A busy machine must not fail a test. The same cases every time; soaking looks for new ones.
settings.register_profile("lodestar", deadline=None, derandomize="LODESTAR_SOAK" not in os.environ)
settings.load_profile("lodestar")

# A shell that starts the tests in the background has Ctrl-C ignored; what they start inherits it.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def demo_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data root that holds the demo client with a published run."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    root = shared / "demo-run"
    root.mkdir(exist_ok=True)
    with (root / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not (root / "demo").exists():
            source = resources.client_data() / "demo"
            shutil.copytree(source, root / "demo", ignore=shutil.ignore_patterns("runs", "lab"))
        run_client("demo", "", root)
    return root


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let a test run an event loop although a browser that other tests share keeps its own open.

    Playwright's loop stays marked as running in this thread while nobody drives the browser.
    """
    if item.get_closest_marker("browser"):
        return (yield)
    running = events._get_running_loop()
    events._set_running_loop(None)
    try:
        return (yield)
    finally:
        events._set_running_loop(running)
