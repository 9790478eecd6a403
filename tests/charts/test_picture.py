"""Pictures without what nobody sees. Oracle: the picture as the converter draws it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest

from lodestar.charts.converter import converter
from lodestar.charts.picture import tidy
from lodestar.charts.pointed import COURSE, NEXT, pointed, retold
from lodestar.charts.render import lettered, specification
from lodestar.charts.told import SAYS, told

ROWS = pd.DataFrame(
    {
        "label": ["Sales", "R&D <b>", "Service"],
        "estimate": [3.6324, 2.0, None],
        "low": [3.332, 1.5, None],
        "high": [3.958, 2.5, None],
        "text": ["3.6", "2", ""],
        "unused": ["secret", "secret", "secret"],
    }
)
SHAPE = re.compile(r"<(path|line|text)\b")


def chart() -> alt.LayerChart:
    base = alt.Chart(ROWS).encode(x="estimate:Q", y=alt.Y("label:N", title=None))
    empty = alt.Chart(ROWS.head(0)).mark_text().encode(text="text:N")
    return alt.layer(
        base.mark_bar().encode(x=alt.X("low:Q"), x2="high:Q"),
        base.mark_point(aria=False),
        base.mark_text().encode(text="text:N"),
        empty,
    )


def svg() -> str:
    return str(converter().vegalite_to_svg(specification(chart())))


def test_it_is_whole_and_says_the_same_words_in_the_same_places() -> None:
    """Places: each to a hundredth of a pixel; words: letter for letter; also with empty layers."""
    raw, short = svg(), tidy(svg())
    before, after = ElementTree.fromstring(raw), ElementTree.fromstring(short)
    assert [t for t in after.itertext() if t.strip()] == [t for t in before.itertext() if t.strip()]
    assert len(short) < 0.6 * len(raw)
    number = re.compile(r"-?\d+(?:\.\d+)?")

    def places(picture: str) -> list[float]:
        drawn = re.findall(r'<(?:path|text|line)[^>]* (?:d|transform)="([^"]+)"', picture)
        return [float(n) for one in drawn for n in number.findall(one) if float(n)]

    seen = [place for place in places(raw) if round(place, 2)]
    assert set(places(short)) <= {round(place, 2) for place in seen}


def test_each_mark_says_its_name_and_figures_and_nothing_else_travels() -> None:
    tips = re.findall(r'data-tip="([^"]*)"', tidy(svg()))
    assert f"Sales{SAYS}3.6 (3.3 to 4.0)" in tips
    assert f"R&amp;D &lt;b&gt;{SAYS}2 (2 to 2)" in tips or f"R&amp;D &lt;b>{SAYS}2 (2 to 2)" in tips
    assert not any("Service" in tip for tip in tips)
    assert "secret" not in str(specification(chart()))
    assert "aria-" not in tidy(svg())


def test_a_line_says_something_at_each_of_its_corners() -> None:
    frame = pd.DataFrame({"month": [2, 0, 1], "index": [3.0, 1.0, 2.0]})
    spec = specification(alt.Chart(frame).mark_line().encode(x="month:Q", y="index:Q"))
    (rows,) = spec["datasets"].values()
    (said,) = [row[COURSE] for row in rows if row.get(COURSE)]
    assert said.split(NEXT) == [f"month {m}{SAYS}index {m + 1}" for m in range(3)]
    path = re.search(r'<path[^>]* d="([^"]+)"[^>]*data-tip', tidy(_drawn(spec)))
    assert path
    assert len(re.findall("[ML]", path[1])) == 3


def _drawn(spec: dict[str, object]) -> str:
    return str(converter().vegalite_to_svg(spec))


def test_other_rows_say_their_own_words_in_the_columns_of_the_first() -> None:
    spec = pointed(specification(chart()))
    (new,) = retold(spec, [{"label": "New", "text": "1.0", "unused": 1, "estimate": 1.0}])
    assert new == {"label": "New", "text": "1.0", "estimate": 1.0, "tip": f"New{SAYS}1.0"}


@pytest.mark.parametrize(
    ("words", "cut"),
    [("Plain words", "inter-regular"), ("Müşteri → клиент", "inter-chart")],
)
def test_a_picture_brings_the_letters_it_needs(words: str, cut: str) -> None:
    """Oracle: the length of each cut of the font."""
    from lodestar.charts.converter import FONTS

    picture = lettered(f'<svg xmlns="http://www.w3.org/2000/svg"><text>{words}</text></svg>')
    size = (FONTS / f"{cut}.woff2").stat().st_size
    assert len(picture) == pytest.approx(4 * size / 3, rel=0.05)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {"label": "All", "text": "62", "index": 62.4, "low": 60.7, "high": 64.1},
            "All: 62 (61 to 64)",
        ),
        (
            {"row": "Finance", "column": "Sales", "text": "0.02", "count": "8 small"},
            "Finance, Sales: 0.02, 8 small",
        ),
        (
            {"label": "Few", "text": "too few to show", "low": None, "high": None},
            "Few: too few to show",
        ),
        (
            {"label": "Gap", "text": "4.0 against 2.4", "delta": 0.9, "low": 0.8, "high": 1.0},
            "Gap: 4.0 against 2.4, delta 0.90 (0.80 to 1.00)",
        ),
        ({"text": "level 1"}, None),
        ({"label": "Bare", "estimate": float("nan")}, None),
    ],
)
def test_a_row_in_words(row: dict[str, object], said: str | None) -> None:
    one = told(row)
    assert (str(one).replace(SAYS, ": ") if one else None) == said
