"""Pictures of every page, to be looked at: ``python -m tests.browser.screenshots FOLDER``."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from lodestar.provenance import PublishedRun, find_run
from lodestar.run import run_client
from lodestar.schema import resources
from tests.browser.chromium import chromium, opened
from tests.support.server import Server, serving

SHOTS = {"wide": {"width": 1280}, "phone": {"width": 390}, "dark": {"width": 1280, "dark": True}}
SLICE = 8000
"""Taller pages are cut: few viewers show a picture of any height."""


def screenshots(folder: Path, client: str = "demo") -> list[Path]:
    """Run a sample client aside, serve it, and write a picture of each page in each look."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        shutil.copytree(
            resources.client_data() / client,
            root / client,
            ignore=shutil.ignore_patterns("runs", "lab"),
        )
        run_client(client, "", root)
        run = find_run(client, "", root)
        assert run is not None
        with serving(root, client) as server, chromium() as browser:
            return _pictures(browser, server, run, server.sign_in(client), folder)


def _pictures(
    browser: Browser, server: Server, run: PublishedRun, cookie: str, folder: Path
) -> list[Path]:
    written = []
    for look, options in SHOTS.items():
        with opened(browser, cookie=cookie, base=server.base, **options) as (page, watch):  # type: ignore[arg-type]
            pages = {"landing": "/"}
            pages |= {s: f"/c/{run.client}/{run.period}/{s}" for s in run.notebooks()}
            for name, path in pages.items():
                page.goto(server.base + path, wait_until="networkidle")
                page.wait_for_timeout(800)
                written += _picture(page, folder / f"{name}-{look}.png")
            if watch.errors:
                sys.stderr.write(f"{look}: {watch.errors}\n")
    return written


def _picture(page: Page, path: Path) -> list[Path]:
    size = page.evaluate("[document.documentElement.scrollHeight, innerWidth]")
    written = []
    for number, top in enumerate(range(0, size[0], SLICE)):
        part = path if number == 0 else path.with_stem(f"{path.stem}-{number + 1}")
        area = {"x": 0, "y": top, "width": size[1], "height": min(SLICE, size[0] - top)}
        page.screenshot(path=part, full_page=True, clip=area)
        written.append(part)
    return written


if __name__ == "__main__":
    for written in screenshots(Path(sys.argv[1] if len(sys.argv) > 1 else "build/screenshots")):
        sys.stdout.write(f"{written}\n")
