"""Words put back into a picture. Oracle: the picture as the converter draws it, word for word."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.charts import unmeasured
from lodestar.charts.render import compiled, drawn, specification
from lodestar.charts.unmeasured import drawn_unmeasured

ODD = st.sampled_from(["~0", " a", "a ", "", "<b>&amp;</b>", "7", "\u202e", "a\nb", '"', "é…", "~"])
LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=6)
WORDS = st.lists(st.one_of(ODD, LETTERS), min_size=2, max_size=4)


def chart(words: list[Any], other: list[Any], **mark: Any) -> dict[str, Any]:
    """Return a compiled chart of bars with two words each, one of them with a halo."""
    rows = pd.DataFrame({"x": range(len(words)), "word": words, "other": other[: len(words)]})
    base = alt.Chart(rows, description="Two words each").encode(x="x:Q")
    layers = [
        base.mark_bar(),
        base.mark_text(stroke="white", **mark).encode(text="word:N"),
        base.mark_text(**mark).encode(text="word:N"),
        base.mark_text(dy=9).encode(text="other:N"),
    ]
    made = compiled(specification(alt.layer(*layers)))
    return {**made, "autosize": "none", "padding": 5, "axes": []}


@settings(max_examples=15)
@given(WORDS, WORDS)
def test_words_of_any_letters_come_back_as_they_were(words: list[str], other: list[str]) -> None:
    vega = chart(words, (other * 2)[:4])
    assert drawn_unmeasured(vega) == drawn(vega)


@pytest.mark.parametrize("words", [[1.5, None], [None, None], ["a", None], [True, "b"]])
def test_what_is_no_word_is_said_as_it_is(words: list[Any]) -> None:
    vega = chart(words, [2, 3])
    assert drawn_unmeasured(vega) == drawn(vega)


@pytest.mark.parametrize(("mark", "measured"), [({}, False), ({"limit": 20}, True)])
def test_only_words_that_are_cut_are_measured(
    monkeypatch: pytest.MonkeyPatch, mark: dict[str, Any], measured: bool
) -> None:
    long = "A sentence that is longer than twenty pixels"
    asked: list[dict[str, Any]] = []

    def noted(vega: dict[str, Any]) -> str:
        asked.append(vega)
        return drawn(vega)

    monkeypatch.setattr(unmeasured, "drawn", noted)
    vega = chart([long, "b"], ["c", "d"], **mark)
    assert drawn_unmeasured(vega) == drawn(vega)
    assert (asked == [vega]) is measured
