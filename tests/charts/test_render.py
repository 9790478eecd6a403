"""A chart shows with no network, says in words what it shows, and never carries markup."""

from __future__ import annotations

import base64
import json
import re

import altair as alt
import pandas as pd

from lodestar.charts.render import chart_html, chart_svg
from lodestar.charts.theme import LEVEL_MARKS, finish

HOSTILE = "</script><img src=x onerror=alert(1)>"


def chart(name: str = "Sales") -> alt.Chart:
    frame = pd.DataFrame({"function": [name, "Service"], "x": [1.0, 2.0]})
    return finish(
        alt.Chart(frame).mark_bar().encode(x="x:Q", y="function:N"), f"{name} has 1, Service 2", 300
    )


def picture(html: str) -> str:
    found = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', html)
    assert found
    return base64.b64decode(found.group(1)).decode()


def test_the_picture_is_inside_and_asks_for_nothing() -> None:
    svg = picture(chart_html(chart()))
    links = re.findall(r"(?:href|src|url)\W+(https?:[^\s\"')]+)", svg)
    assert "Service" in svg
    assert not [link for link in links if "www.w3.org" not in link]


def test_the_font_travels_with_the_picture() -> None:
    assert "@font-face{font-family:Inter" in chart_svg(chart())


def test_the_description_is_the_text_alternative() -> None:
    assert 'alt="Sales has 1, Service 2"' in chart_html(chart())


def test_hostile_names_stay_text() -> None:
    html = chart_html(chart(HOSTILE))
    assert html.count("<script") == 1
    assert html.count("<img") == 1
    assert "onerror=alert" not in html.split("<script")[0].replace("&lt;", "").replace(
        "onerror=alert(1)&gt;", ""
    )


def test_the_specification_is_whole_json() -> None:
    body = chart_html(chart(HOSTILE)).split('class="ls-spec">')[1].split("</script>")[0]
    spec = json.loads(body)
    names = {row["function"] for rows in spec["datasets"].values() for row in rows}
    assert names == {HOSTILE, "Service"}


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert chart_html(chart()) == chart_html(chart())


def test_each_level_keeps_one_colour_and_is_named() -> None:
    colours = [mark["color"] for mark in LEVEL_MARKS.values()]
    assert len(set(colours)) == 4
    assert {mark["label"] for mark in LEVEL_MARKS.values()} == {
        "Required",
        "Chosen",
        "Present",
        "Experienced",
    }


def test_a_browser_can_read_the_specification_whatever_is_missing() -> None:
    """Oracle: JSON without NaN, which browsers refuse; a column of words and NaN keeps NaN."""
    frame = pd.DataFrame({"x": [1.0, 2.0], "note": pd.Series(["a", float("nan")], dtype=object)})
    html = chart_html(alt.Chart(frame).mark_text().encode(x="x:Q", text="note:N"))
    found = re.search(r'class="ls-spec">(.*?)</script>', html, re.S)
    assert found

    def refuse(word: str) -> None:
        raise AssertionError(word)

    spec = json.loads(found[1], parse_constant=refuse)
    assert [row["note"] for row in next(iter(spec["datasets"].values()))] == ["a", None]
