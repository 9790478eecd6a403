"""Cells are escaped, numbers read as a person writes them, suppression is said in words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.tables import FORMATS, SUPPRESSED, Column, Picture, table


def test_a_hidden_row_keeps_its_name_and_says_why() -> None:
    frame = pd.DataFrame({"group": ["a", "b"], "n": [9.0, np.nan], "suppressed": [False, True]})
    made = table(frame, [Column("group", "Group"), Column("n", "People", "integer")])
    assert made.rows == (("a", "9"), ("b", SUPPRESSED))


def test_missing_without_suppression_is_a_dash() -> None:
    made = table(pd.DataFrame({"x": [None, 2.0]}), [Column("x", "X", "number")])
    assert made.rows == (("–",), ("2.0",))


@pytest.mark.parametrize(
    ("format", "value", "shown"),
    [
        ("integer", 12345.0, "12,345"),
        ("number", 2.25, "2.2"),
        ("precise", 0.125, "0.12"),
        ("signed", -1.0, "−1.0"),
        ("precise", -9.0, "−9.00"),
        ("percent", 0.474, "47 %"),
        ("list", ("a", "b"), "a, b"),
        ("yesno", False, "no"),
        ("p", 0.0001, "< 0.001"),
        ("p", 0.0321, "0.032"),
    ],
)
def test_formats(format: str, value: object, shown: str) -> None:
    assert FORMATS[format](value) == shown


@given(st.text(alphabet="<>&\"'ab=|!", max_size=30))
def test_no_text_becomes_markup(text: str) -> None:
    html = table(pd.DataFrame({"x": [text]}), [Column("x", text)], caption=text).html()
    inside = html.replace("<div class='ls-scroll'><table class='ls-table'>", "")
    for tag in ("caption", "thead", "tr", "th scope='col'", "th", "tbody", "td", "table", "div"):
        inside = inside.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in inside
    assert ">" not in inside


def test_a_picture_in_a_cell_is_an_image_with_its_text() -> None:
    picture = Picture("<svg xmlns='http://www.w3.org/2000/svg'/>", 'Up "from" <1>')
    frame = pd.DataFrame({"a": [picture, None]})
    html = table(frame, [Column("a", "Series", "picture")]).html()
    assert 'alt="Up &quot;from&quot; &lt;1&gt;"' in html
    assert "<svg" not in html
    assert "src='data:image/svg+xml;base64," in html
    assert "<td>–</td>" in html
