"""Numbers in the client's locale. Oracle: no page of a German client holds an English decimal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lodestar.workbook import open_workbook
from lodestar.workbook.pages import PAGES
from lodestar.workbook.sections import SHARED
from tests.support.clients import copied_demo

ENGLISH_NUMBER = re.compile(
    r"(?<![\w.,])\d+\.\d{1,2}(?![\w.,]*\w)|(?<![\w.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])"
)
GERMAN_NUMBER = re.compile(r"(?<![\w.,])\d+,\d(?!\d\d\d)")


class Words(HTMLParser):
    """Collects what a reader sees or hears."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = tag
        self.said += [text for name, text in attrs if name in ("alt", "aria-label") and text]

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within not in ("script", "style"):
            self.said.append(data)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = copied_demo(tmp_path_factory.mktemp("data"))
    settings = folder / "engagement.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text + "locale: de\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SHARED, str(tmp_path_factory.mktemp("sections")))
        yield folder.parent


@pytest.mark.parametrize("stem", [page.stem for page in PAGES if page.topic != "method"])
def test_a_german_client_reads_german_numbers(root: Path, stem: str) -> None:
    book = open_workbook(stem, "demo", "", str(root))
    said = Words()
    for card in (book.answer(), *(book.show(finding) for finding in book.findings)):
        said.feed(card.html)
    # A p of one looks like an English thousand.
    shown = [text for text in said.said if text != "1,000"]
    english = [text for text in shown if ENGLISH_NUMBER.search(text)]
    assert english == []
    assert any(GERMAN_NUMBER.search(text) for text in said.said)


def test_pictures_write_their_axes_so_too(root: Path) -> None:
    book = open_workbook("02_level", "demo", "", str(root))
    figures = "".join(book.show(finding).html for finding in book.findings)
    assert '"decimal":","' in figures


def test_a_what_if_goes_on_in_it_when_it_is_moved(root: Path) -> None:
    control = open_workbook("02_level", "demo", "", str(root)).what_if()
    control.chosen.value = 2.5
    assert "level 2,5" in [name for name, _ in control.chosen.options]
    assert not ENGLISH_NUMBER.search(control.said.value)
    assert GERMAN_NUMBER.search(control.said.value)
