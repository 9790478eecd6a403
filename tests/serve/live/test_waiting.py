"""Pages of those who wait for a live copy. Oracle: the words that are due, read in the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lodestar.schema import resources
from lodestar.serve.live.admission import RETRY
from lodestar.serve.refusals import in_words
from lodestar.serve.site import Site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    template: Path = resources.templates() / "voila" / "lodestar"
    return Site(template, (), "", tmp_path_factory.mktemp("nobody"))


def words(site: Site, place: int, own: bool = False, seconds: float = 290) -> str:
    page = site.render("wait.html", place=place, own=own, longest=in_words(seconds), retry=RETRY)
    assert f'http-equiv="refresh" content="{RETRY}"' in page
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize(
    ("place", "said"), [(1, "You are next."), (2, "You are number 2 in line."), (9, "number 9 in")]
)
def test_who_waits_is_told_the_place_and_the_time(site: Site, place: int, said: str) -> None:
    text = words(site, place)
    assert said in text
    assert "in about 5 minutes" in text
    assert "The reviewed figures on this page do not change" in text


def test_who_has_too_many_open_is_told_what_to_do(site: Site) -> None:
    text = words(site, 0, own=True)
    assert "Close a what-if in another tab" in text
    assert "in line" not in text
