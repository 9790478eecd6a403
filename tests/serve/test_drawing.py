"""Charts drawn into a page. Oracle: small pictures written here, a browser's own arithmetic in the
browser tests, and what may stand in an inline drawing.
"""

from __future__ import annotations

import base64
import re
from html import escape
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.serve.drawing import KNOWN, SHAPES, drawn_in
from lodestar.serve.tones import named_tones, tinted, tone_style, twin

XMLNS = 'xmlns="http://www.w3.org/2000/svg"'


def figure(inside: str, alt: str = "Sales lead.", head: str = "") -> str:
    svg = f'<svg {XMLNS} width="10" height="5" viewBox="0 0 10 5"{head}>{inside}</svg>'
    packed = base64.b64encode(svg.encode()).decode()
    image = f'<img alt="{escape(alt, quote=True)}" src="data:image/svg+xml;base64,{packed}">'
    return f'<figure class="ls-chart">{image}<script type="application/json">{{}}</script></figure>'


def test_the_picture_is_in_the_page_without_its_font() -> None:
    style = "<style>@font-face{font-family:Inter;src:url(data:font/woff2;base64,AA)}</style>"
    page = drawn_in(figure(f'{style}<path d="M0,0h5" data-tip="Sales: 3"/>'), count(1))
    assert "<img" not in page
    assert "font-face" not in page
    assert 'role="img" aria-label="Sales lead."' in page
    assert '<path d="M0,0h5" data-tip="Sales: 3"/></svg><script' in page
    assert 'class="ls-chart" data-drawn="yes"' in page


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<foreignObject><body onload="alert(1)"/></foreignObject>',
        '<image href="https://elsewhere.example/x.png"/>',
        '<use href="#x"/>',
        '<path onclick="alert(1)" style="fill:url(https://elsewhere.example)"/>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        "<style>*{display:none}</style>",
    ],
)
def test_nothing_in_it_can_run_load_or_restyle(hostile: str) -> None:
    page = drawn_in(figure(f'{hostile}<path d="M0,0"/>', head=' onload="alert(1)"'), count(1))
    inside = page.partition("<svg")[2].partition("</svg>")[0]
    assert not re.search(r"alert|elsewhere|<style|href|\bon\w+=|style=", inside)
    assert 'd="M0,0"' in inside


def test_what_may_stand_in_a_drawing_has_no_way_out() -> None:
    assert not SHAPES & {"a", "script", "style", "image", "use", "foreignObject", "animate", "set"}
    assert not {n for n in KNOWN if n.startswith("on") or "href" in n or n in ("style", "src")}


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")),
        min_size=1,
        max_size=200,
    )
)
def test_whatever_a_client_writes_stays_words(text: str) -> None:
    page = drawn_in(figure(f"<text>{escape(text)}</text>", text), count(1))
    plain = drawn_in(figure("<text>x</text>", "x"), count(1))
    assert page.count("<") - page.count("<desc") * 2 == plain.count("<")


def test_an_image_that_is_no_drawing_stays_an_image() -> None:
    html = figure("<g>")
    assert drawn_in(html, count(1)) == html


def test_two_charts_share_no_name() -> None:
    inside = '<defs><clipPath id="a"><rect width="1"/></clipPath></defs><g clip-path="url(#a)"/>'
    page = drawn_in(figure(inside) * 2, count(1))
    assert re.findall(r'id="(c\d-a)"', page) == ["c1-a", "c2-a"]
    assert re.findall(r"url\(#(c\d-a)\)", page) == ["c1-a", "c2-a"]


def test_a_long_alternative_is_told_in_two_steps() -> None:
    long = f"Sales lead. {'They lead by a little in each of the quarters. ' * 5}".strip()
    page = drawn_in(figure('<path d="M0,0"/>', long), count(1))
    assert 'aria-label="Sales lead." aria-describedby="c1-more"' in page
    assert f'<desc id="c1-more">{long.removeprefix("Sales lead. ")}</desc>' in page


def test_dark_twins_are_those_of_the_tokens_or_made_here() -> None:
    known = named_tones("--tone-ffffff: #1a2026;")
    page = f'<path fill="{tinted("#ffffff")}" stroke="{tinted("rgb(1, 2, 3)")}"/>'
    style = tone_style(page, known)
    assert "--tone-010203:" in style
    assert "--tone-ffffff" not in style
    assert tone_style("<p></p>", known) == ""


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_a_twin_is_a_colour_and_turns_light_into_dark(rgb: tuple[int, int, int]) -> None:
    assert re.fullmatch(r"rgb\(-?\d+ \d+ \d+\)|hsl\(-?\d+ \d+% \d+%\)", twin(rgb))
    if len(set(rgb)) == 1 and rgb[0] in (0, 255):
        light = int(re.findall(r"\d+", twin(rgb))[1])
        assert (light > 128) == (rgb[0] == 0)
