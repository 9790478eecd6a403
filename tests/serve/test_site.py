"""Pages ready before anybody asks. Oracle: they still come when nothing can be made any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from lodestar.schema import resources
from lodestar.serve.site import Site
from tests.support.clients import small_client
from tests.support.published import BOOK, publish


def served(root: Path, *clients: str) -> Site:
    for client in clients:
        publish(small_client(root, client), **{f"0{n}_page": BOOK for n in range(9)})
    template = resources.templates() / "voila" / "lodestar"
    (root / "unpublished").mkdir()
    return Site(template, [*clients, "unpublished"], "", root)


def test_first_pages_of_all_clients_are_ready_before_anybody_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = served(tmp_path, "first", "second")
    site.prepare()
    monkeypatch.delattr(Site, "_html")
    for client in ("first", "second"):
        (run,) = site.runs(client)
        path = run.notebook("00_page")
        assert path is not None
        assert b"Where?" in site.workbook(run, path).html


def test_a_page_that_cannot_be_made_keeps_no_other_from_being_asked_for(tmp_path: Path) -> None:
    site = served(tmp_path, "first")
    (run,) = site.runs("first")
    (run.folder / "00_page.ipynb").write_bytes(b"{")
    with pytest.raises(ValueError, match="JSON"):
        site.prepare()
    path = run.notebook("01_page")
    assert path is not None
    assert b"Where?" in site.workbook(run, path).html
