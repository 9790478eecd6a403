"""Cards escape what clients wrote, and say calmly what is missing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lodestar.findings.model import Absent, Finding
from lodestar.workbook.card import absent_card, finding_card, lead
from lodestar.workbook.exhibit import Exhibit, Fold


def finding(text: str) -> Finding:
    return Finding("level.four", "02_level", text, text, ("/level",), text)


def test_a_card_reads_headline_then_what_to_do() -> None:
    card = finding_card(finding("You are short"), Exhibit(notes=("Two left out.",)))
    assert card.html.index("You are short") < card.html.index("Two left out.")
    assert card.html.index("Two left out.") < card.html.index("So what")
    assert card.text.startswith("You are short")


def test_the_consultants_words_replace_the_lead_and_join_the_card() -> None:
    assert "Ours" in lead(["Generated."], "Ours.\n\nMore.").html
    assert "Generated" not in lead(["Generated."], "Ours.").html
    assert "In our words" in finding_card(finding("x"), Exhibit(), "Ours").html


def test_what_is_missing_names_the_table() -> None:
    card = absent_card(Absent("level.present", "02_level", "Nothing was rated.", ("ratings",)))
    assert "No answer yet" in card.html
    assert "ratings" in card.html


@given(st.text(alphabet="<>&\"'/=abscript", min_size=1, max_size=40))
def test_client_text_is_never_markup(text: str) -> None:
    plain = finding_card(finding("x"), Exhibit()).html
    hostile = finding_card(finding(text), Exhibit()).html
    assert hostile.count("<") == plain.count("<")
    assert hostile.count(">") == plain.count(">")


def test_one_fold_is_open_and_shuts_the_others() -> None:
    folds = (Fold("First & best", notes=("Inside.",), open=True), Fold("<b>Second</b>"))
    html = finding_card(finding("x"), Exhibit(folds=folds)).html
    assert html.count('<details class="ls-fold" name="level.four"') == 2
    assert html.count(" open>") == 1
    assert "<summary>First &amp; best</summary>" in html
    assert "&lt;b&gt;Second" in html
    assert html.index("Inside.") < html.index("So what")
