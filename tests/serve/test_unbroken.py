"""Figures and their signs. Oracle: the text before, letter by letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.serve.unbroken import NO_BREAK, unbroken

PARTS = st.sampled_from(
    [
        *("95", "4.2", "1,200", " ", "  ", NO_BREAK, "%", "months", "monthly", "EUR", "SEUR", "€"),
        *("<b>", "</b>", "<p>", "<code>", "</code>", "<svg>", "</svg>", "<br/>", "&lt;", "<", ">"),
    ]
)


@given(st.lists(PARTS, max_size=30))
def test_nothing_changes_but_the_kind_of_a_space(parts: list[str]) -> None:
    html = "".join(parts)
    made = unbroken(html)
    assert made.replace(NO_BREAK, " ") == html.replace(NO_BREAK, " ")
    assert unbroken(made) == made


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<p>95 %</p>", "<p>95~%</p>"),
        ("<p>4.2 months, 3 monthly</p>", "<p>4.2~months, 3 monthly</p>"),
        ("<td>EUR 3 million</td>", "<td>EUR~3~million</td>"),
        ("€ 5 and £ 6, but ISO 9001", "€~5 and £~6, but ISO 9001"),
        ("<b>95</b> %", "<b>95</b> %"),
        ('<a title="5 %">5 %</a>', '<a title="5 %">5~%</a>'),
        ("<code>5 %</code> 5 %", "<code>5 %</code> 5~%"),
        ("<svg><text>5 %</text></svg>5 %", "<svg><text>5 %</text></svg>5~%"),
        ("5\n%", "5\n%"),
    ],
)
def test_what_stays_together(html: str, made: str) -> None:
    assert unbroken(html) == made.replace("~", NO_BREAK)
