"""Pictures of every page, to be looked at: ``python -m tests.browser.screenshots FOLDER [CLIENT]``.

Three widths by day, two by night, and paper as PDF with each sheet's size.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from lodestar.access import Access
from lodestar.provenance import PublishedRun, find_run
from lodestar.run import run_client
from lodestar.schema import resources
from tests.browser.chromium import chromium, opened
from tests.support.server import Server, serving, session_cookie

__all__ = ["SHOTS", "paper", "screenshots"]

SHOTS: dict[str, dict[str, object]] = {
    "wide": {"width": 1280},
    "tablet": {"width": 820, "height": 1180},
    "phone": {"width": 390, "height": 844},
    "dark": {"width": 1280, "dark": True},
    "phone-dark": {"width": 390, "height": 844, "dark": True},
}
SLICE = 8000
"""Taller pages are cut: few viewers show a picture of any height."""

WHO = "screenshots@example.org"


@dataclass(frozen=True)
class Tour:
    """A running server, who is signed in, and which pages they look at by name."""

    server: Server
    cookie: str
    pages: dict[str, str]


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
            tours = list(_tours(server, run, root))
            return [path for tour in tours for path in _pictures(browser, tour, folder)]


def paper(page: Page, path: Path) -> int:
    """Print a page as a reader would, and return the number of sheets."""
    content = page.pdf(path=path, prefer_css_page_size=True, format="A4", print_background=True)
    return len(re.findall(rb"/Type\s*/Page\b", content))


def _tours(server: Server, run: PublishedRun, root: Path) -> Iterator[Tour]:
    """Return what the client sees, what a consultant sees, and what nobody signed in sees."""
    walk = {stem: f"/c/{run.client}/{run.period}/{stem}" for stem in run.notebooks()}
    missing = {"no-such-page": f"/c/{run.client}/{run.period}/nowhere"}
    yield Tour(server, server.sign_in(run.client), {"landing": "/", **walk, **missing})
    access = Access(root / ".access")
    access.add(WHO, "consultant")
    link = f"{server.base}/enter?key={access.new_link(WHO)}"
    yield Tour(server, session_cookie(server.enter(link)), {"consultant": "/"})
    yield Tour(server, "", {"sign-in": "/sign-in", "link-used": "/enter?key=used"})


def _pictures(browser: Browser, tour: Tour, folder: Path) -> list[Path]:
    written = []
    for look, options in SHOTS.items():
        with opened(browser, cookie=tour.cookie, base=tour.server.base, **options) as (page, watch):  # type: ignore[arg-type]
            for name, path in tour.pages.items():
                page.goto(tour.server.base + path, wait_until="networkidle")
                page.wait_for_timeout(800)
                written += _picture(page, folder / f"{name}-{look}.png")
                if look == "wide":
                    written.append(folder / f"{name}.pdf")
                    sys.stderr.write(f"{name}: {paper(page, written[-1])} sheets\n")
            unforeseen = [said for said in watch.errors if "status of 40" not in said]
            if unforeseen:
                sys.stderr.write(f"{look}: {unforeseen}\n")
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
    place = sys.argv[1] if len(sys.argv) > 1 else "build/screenshots"
    for written in screenshots(Path(place), *sys.argv[2:3]):
        sys.stdout.write(f"{written}\n")
