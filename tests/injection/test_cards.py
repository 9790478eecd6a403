"""Hostile text changes no page: its elements, attributes and expressions are a harmless name's.

Oracle: the same client with every hostile text replaced by letters of the same length; Python's
HTML parser tells what each card is made of.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from lodestar.workbook import open_workbook
from lodestar.workbook.pages import PAGES, Page
from tests.injection.poison import CLIENT, harmless, hostile, poisoned_demo
from tests.injection.shape import chart_shapes, html_shape

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    made = []
    for write in (hostile, harmless):
        root = tmp_path_factory.mktemp(write.__name__)
        poisoned_demo(root, write)
        made.append(root)
    return made[0], made[1]


def cards(page: Page, root: Path) -> dict[str, str]:
    """Every card of a page by its name."""
    book = open_workbook(page.stem, CLIENT, "", str(root))
    facts = getattr(page.exhibits(), "FACTS", {})
    shown = {name: book.show(name).html for name in book.findings}
    shown |= {name: book.exhibit(name).html for name in facts}
    shown |= {"uncertainty": book.uncertainty().html, "provenance": book.provenance().html}
    if page.topic != "method":
        shown["answer"] = book.answer().html
    if page.choices:
        shown["choices"] = book.other_choices().html
    return shown


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_element_attribute_or_expression_comes_of_a_clients_text(
    page: Page, roots: tuple[Path, Path]
) -> None:
    bad, good = (cards(page, root) for root in roots)
    assert list(bad) == list(good)
    for name in bad:
        assert html_shape(bad[name]) == html_shape(good[name]), name
        assert chart_shapes(bad[name]) == chart_shapes(good[name]), name
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", bad[name]), name


def test_the_corpus_reaches_the_pages(roots: tuple[Path, Path]) -> None:
    shown = cards(next(page for page in PAGES if page.topic == "conflicts"), roots[0])
    text = json.dumps(shown)
    assert "&lt;script&gt;window.__pwned" in text
    assert "datum[&#x27;__pwned&#x27;] + signal" in text


def test_live_controls_hold_text_as_text(roots: tuple[Path, Path]) -> None:
    """Widgets show descriptions and options as text unless they are told to allow HTML."""
    for page in (page for page in PAGES if page.control):
        book = open_workbook(page.stem, CLIENT, "", str(roots[0]))
        for widget in _all(book.what_if()):
            assert not getattr(widget, "description_allow_html", False)
            shown = widget.value if type(widget).__name__.startswith("HTML") else ""
            assert not _made_of(shown), shown[:500]


def _all(widget: Any) -> list[Any]:
    return [widget, *(inner for child in getattr(widget, "children", ()) for inner in _all(child))]


def _made_of(html: str) -> list[tuple[str, ...]]:
    """Elements and attributes that no card of ours has and the corpus tries to add."""
    bad = {"img": {"onerror"}, "svg": {"onload"}, "a": {"href"}}
    found = [part for part in html_shape(html) if bad.get(part[0], set()).intersection(part[1:])]
    scripts = [part for part in html_shape(html) if part == ("script",)]
    events = [part for part in html_shape(html) if any(a.startswith("on") for a in part[1:])]
    return [*found, *scripts, *events]
