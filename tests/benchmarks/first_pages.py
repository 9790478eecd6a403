"""The consultants' page of fifty clients beside reading what they published."""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import partial
from pathlib import Path

from lodestar.access import Access, Session
from lodestar.provenance import find_run
from lodestar.run import run_client
from lodestar.schema import resources
from lodestar.serve.consultant import consultant_html
from lodestar.serve.site import Site
from tests.benchmarks.harness import ROOT, Row, compared, seconds

ABOUT = "The consultants' page of fifty clients, beside reading the results of each."
CLIENTS = [f"client{number:02}" for number in range(50)]
HOST = Session("host", "consultant", (), "", True)


def run() -> list[Row]:
    """Time the page when it is first asked for and afterwards, and its peer."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _clients(root)
        site = Site(resources.templates() / "voila" / "lodestar", CLIENTS, "", root)
        page = partial(consultant_html, site, Access(root / ".access"), HOST)
        first = seconds(page)
        again = seconds(page, times=5)
        read = seconds(lambda: [_results(root, client) for client in CLIENTS])
    peer = "reading 50 results.json"
    return [
        compared("the page of 50 clients, first time", first, peer, read),
        compared("the same again, median of 5", again, peer, read),
    ]


def _clients(root: Path) -> None:
    """Publish the demo once and give every client its files, as links."""
    ignored = shutil.ignore_patterns("runs", "lab", ".kept")
    shutil.copytree(ROOT / "client_data" / "demo", root / "demo", ignore=ignored)
    run_client("demo", "", root)
    for client in CLIENTS:
        shutil.copytree(root / "demo", root / client, symlinks=True, copy_function=os.link)


def _results(root: Path, client: str) -> object:
    found = find_run(client, "", root)
    return found.results() if found else None
