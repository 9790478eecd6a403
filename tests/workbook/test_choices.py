"""The card of other choices. Oracles: what it was given; a browser's own parser."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from lodestar.controls.choices import Choice, Choices
from lodestar.workbook.choices import choices_card

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=20)


class Seen(HTMLParser):
    """What a browser finds: elements with their attributes, and the text inside each span."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.spans: list[str] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag == "span"
        if self._inside:
            self.spans.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.spans[-1] += data


@st.composite
def made(draw: st.DrawFn) -> Choices:
    values = draw(st.lists(st.integers(2, 10).map(lambda k: k / 2), min_size=1, unique=True))
    options = tuple(
        Choice(value, draw(TEXT), tuple(draw(st.lists(TEXT, min_size=1, max_size=3))))
        for value in sorted(values)
    )
    reviewed = draw(st.none() | st.sampled_from(sorted(values)))
    return Choices(draw(TEXT), draw(TEXT), draw(TEXT), options, reviewed)


@given(made())
def test_every_sentence_is_there_as_text_and_only_the_reviewed_one_is_open(given: Choices) -> None:
    seen = Seen(choices_card(given).html)
    assert seen.spans == [said for choice in given.options for said in choice.sentences]
    assert {tag for tag, _ in seen.elements} == {"section", "h3", "p", "details", "summary", "span"}
    folds = [own for tag, own in seen.elements if tag == "details"]
    assert [float(own["data-value"] or 0) for own in folds] == [c.value for c in given.options]
    open_ = [c.value for c, own in zip(given.options, folds, strict=True) if "open" in own]
    assert open_ == ([] if given.reviewed is None else [given.reviewed])


def test_nothing_to_choose_shows_nothing() -> None:
    card = choices_card(Choices("What if?", "Level", "", ()))
    assert (card.html, card.text) == ("", "")


def test_terminals_read_every_choice() -> None:
    options = (Choice(1, "level 1", ("Low.",)), Choice(2, "level 2", ("High.", "Dear.")))
    text = choices_card(Choices("What if?", "Level", "", options, 1)).text
    assert text == "What if?\nlevel 1: Low.\nlevel 2: High. Dear."
