"""Words explained where they stand. Oracle: the page without the marks, letter for letter."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from lodestar.schema import resources
from lodestar.serve.glossary import FORMULAS, Word, formula_of, glossary, slug
from lodestar.serve.reading import LEVELS, read_along
from lodestar.serve.saved import Block

METHOD = nbformat.read(resources.workbooks() / "90_method.ipynb", as_version=4)
HEADINGS = {
    slug(title)
    for cell in METHOD.cells
    if cell.cell_type == "markdown"
    for title in re.findall(r"^## (.+)$", cell.source, re.MULTILINE)
}
WORDS = glossary(METHOD)
TAG = re.compile(r"<[^>]*>")
PAGES = {"03": "/c/demo/2026-Q4/03_metric_conflicts", "04": "/c/demo/2026-Q4/04_alignment"}


def marked(html: str) -> str:
    (block,) = read_along([Block("card", Markup(html))], WORDS, PAGES, "/m").blocks
    return str(block.html)


def test_every_word_says_one_line_and_leads_to_a_section_that_is_there() -> None:
    assert len(WORDS) >= 25
    assert len({form.lower() for word in WORDS for form in word.forms}) == sum(
        len(word.forms) for word in WORDS
    )
    for word in WORDS:
        assert word.text.endswith((".", ")"))
        assert "[" not in word.text
        assert word.section in HEADINGS, word.name
    assert set(LEVELS) <= {word.name for word in WORDS}


def shown_findings() -> set[str]:
    """Return the name of every card that a notebook of the walk shows."""
    sources = [
        "".join(cell["source"])
        for path in sorted(Path(resources.workbooks()).glob("0*.ipynb"))
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
    ]
    return {name for text in sources for name in re.findall(r'wb\.show\("([\w.]+)"', text)}


def test_every_finding_of_the_walk_has_its_formula_on_the_method_page() -> None:
    findings = shown_findings()
    assert len(findings) > 50
    assert {formula_of(name) for name in findings} <= HEADINGS
    assert set(FORMULAS.values()) <= HEADINGS


def test_a_word_is_explained_where_it_stands_first_and_only_there() -> None:
    html = marked("<p>Drift, then drift again.</p><p>And drift.</p>")
    assert html.count("<button") == 1
    assert (
        '<button type="button" class="ls-word" data-word="drift" popovertarget="word-drift">'
        in html
    )
    assert TAG.sub("", html) == "Drift, then drift again.And drift."


@pytest.mark.parametrize(
    "inside", ["h3", "svg", "table", "a", "button", "code", "summary", "figure"]
)
def test_headings_charts_tables_and_links_stay_plain(inside: str) -> None:
    html = f"<{inside}>drift, see 04.</{inside}>"
    assert marked(html) == html


def test_pages_named_by_number_are_links_and_other_numbers_are_not() -> None:
    html = marked("<p>So; 04 shows where. See page 03. In 04 of 05, on 2026-04, 04 %, 1.04.</p>")
    assert html.count("<a ") == 2
    assert '; <a href="/c/demo/2026-Q4/04_alignment">04</a> shows' in html
    assert "page 03" in TAG.sub("", html)


def test_the_levels_of_the_answer_open_their_words() -> None:
    lead = "Your market asks for level 3.6, you chose 4, you work at 2.6 and "
    lead += "your customers experience 2.3."
    html = marked(f'<p class="ls-lead">{lead}</p><p class="ls-answer">you work at 2.6</p>')
    assert re.findall(r'data-word="([\w-]+)"', html) == [
        "required-level",
        "chosen-level",
        "present-level",
        "experienced-level",
    ]
    assert re.findall(r">([\d.]+)</button>", html) == ["3.6", "4", "2.6", "2.3"]
    assert TAG.sub("", html).startswith(lead)


def test_a_card_leads_to_its_formula_and_a_card_of_facts_does_not() -> None:
    card = '<section class="ls-card" id="level.required"><h3>So.</h3></section>'
    assert 'href="/m#required-level"' in marked(card)
    assert marked(card).endswith("</p></section>")
    other = card.replace("level.required", "provenance")
    assert marked(other) == other


def test_contents_name_every_section_and_reach_it() -> None:
    prose = Block("prose", Markup("<h2>What moved, &amp; why</h2>\n<p>So.</p>"))
    reading = read_along([prose], (), {}, "")
    (section,) = reading.sections
    assert section.title == "What moved, & why"
    assert f'<h2 id="{section.id}">' in str(reading.blocks[0].html)


@given(st.text(alphabet="drift NPS<>&;/='\"0345 .,cells", max_size=120))
def test_nothing_that_is_read_changes(text: str) -> None:
    """Whatever stands there, escaped or not: without the buttons and links it is what it was."""
    html = marked(text)
    without = re.sub(r'</?button[^>]*>|<a href="/c[^>]*>', "", html)
    links = html.count('<a href="/c')
    assert without.count("</a>") - links == text.count("</a>")
    assert without.replace("</a>", "", links) == text


def test_names_out_of_files_stand_as_such() -> None:
    assert marked("<p>Fill `upkeep`, set `chosen_level`.</p>") == (
        "<p>Fill <code>upkeep</code>, set <code>chosen_level</code>.</p>"
    )


def test_a_method_page_without_words_explains_none() -> None:
    page = SimpleNamespace(cells=[SimpleNamespace(cell_type="markdown", source="# How?")])
    assert glossary(page) == ()
    assert Word("A", ("A",), "b.", "").id == "word-a"
