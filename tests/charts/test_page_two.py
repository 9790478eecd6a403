"""Every chart of 02 as the demo shows it: told in words, and readable without telling hues apart.

Oracles: the encodings of each specification; contrast as WCAG defines it, also as seen with each
colour vision deficiency.
"""

from __future__ import annotations

import html
import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from lodestar.charts.theme import CARD, LEVEL_MARKS, RAMP, SHADES
from lodestar.findings.model import Finding
from lodestar.workbook import Workbook, open_workbook
from lodestar.workbook.level import EXHIBITS
from tests.support.colour import DEFICIENCIES, contrast, luminance

TELLING = ("shape", "strokeDash", "text", "facet", "row", "column")
"""Channels that tell a category without its hue: a shape, a dash, a word, a plot of its own."""

GRAPHIC, STEP = 3.0, 1.2
"""Least contrast of a mark to the card (WCAG 1.4.11), and of one shade to the next."""

COLOURS = ("color", "fill", "stroke")


@pytest.fixture(scope="module")
def book() -> Workbook:
    return open_workbook("02_level", "demo")


@pytest.fixture
def spec(book: Workbook, name: str) -> dict[str, Any]:
    chart = EXHIBITS[name](book.results).chart
    assert chart is not None
    made: dict[str, Any] = chart if isinstance(chart, dict) else chart.to_dict()
    return made


def units(node: dict[str, Any], above: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
    """Yield the encoding of every mark, with what it inherits."""
    encoding = {**(above or {}), **node.get("encoding", {})}
    parts = [p for key in ("layer", "hconcat", "vconcat", "concat") for p in node.get(key, [])]
    parts += [node["spec"]] if "spec" in node else []
    if not parts:
        yield encoding
    for part in parts:
        yield from units(part, encoding)


def fields(encodings: list[dict[str, Any]], channels: tuple[str, ...], kind: str = "") -> set[str]:
    """Fields on some channels, of one type of measurement or of any."""
    found = (encoding[c] for encoding in encodings for c in channels if c in encoding)
    typed = (e for e in found if isinstance(e, dict) and "field" in e)
    return {str(e["field"]) for e in typed if kind in ("", e.get("type"))}


@pytest.mark.parametrize("name", EXHIBITS)
def test_what_a_hue_tells_a_shape_a_dash_or_a_word_tells_too(spec: dict[str, Any]) -> None:
    encodings = list(units(spec))
    hued = fields(encodings, COLOURS, "nominal") | fields(encodings, COLOURS, "ordinal")
    assert hued <= fields(encodings, TELLING)
    if fields(encodings, COLOURS, "quantitative"):
        assert fields(encodings, ("text",)), "shades are written as figures too"


@pytest.mark.parametrize("name", EXHIBITS)
def test_the_text_alternative_says_the_finding_and_the_figures(
    book: Workbook, spec: dict[str, Any], name: str
) -> None:
    finding = book.findings[name]
    assert isinstance(finding, Finding)
    card = book.show(name).html
    told = re.search(r'<img alt="([^"]*)"', card)
    assert told
    said = html.unescape(told[1])
    assert said.startswith(f"{finding.headline}.")
    assert said.endswith(spec["description"])
    assert re.search(r"\d", spec["description"])
    assert f"<h3>{html.escape(finding.headline)}</h3>" in card


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_levels_keep_a_shape_of_their_own_and_stand_out_from_the_card(deficiency: str) -> None:
    shapes = [(look["shape"], look["filled"]) for look in LEVEL_MARKS.values()]
    assert len(set(shapes)) == len(shapes)
    for look in LEVEL_MARKS.values():
        assert contrast(look["color"], CARD, deficiency) >= GRAPHIC


@pytest.mark.parametrize("scale", [SHADES, RAMP[::-1]])
def test_shades_lighten_step_by_step_in_greyscale(scale: tuple[str, ...]) -> None:
    for darker, lighter in itertools.pairwise(scale):
        assert luminance(darker) < luminance(lighter)
        assert contrast(darker, lighter) >= STEP


@pytest.mark.parametrize("name", EXHIBITS)
def test_no_chart_uses_red_against_green(spec: dict[str, Any]) -> None:
    """Harm and gain are told by words on this page; nothing here is one or the other."""
    assert not {"#b3261e", "#1f7a4d"} & set(re.findall(r"#[0-9a-f]{6}", json.dumps(spec)))


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_seeing_otherwise_leaves_greys_as_they_are(deficiency: str) -> None:
    """A law of the matrices: their rows add up to one."""
    assert DEFICIENCIES[deficiency].sum(axis=1) == pytest.approx([1, 1, 1], abs=1e-4)
