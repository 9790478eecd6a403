"""A chart as a piece of HTML that shows everywhere, with no network and no script."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import escape, unescape
from math import isfinite
from typing import Any

import altair as alt

from lodestar.charts.converter import FONTS, converter
from lodestar.charts.picture import tidy
from lodestar.charts.pointed import pointed
from lodestar.charts.rows import chart_rows

__all__ = [
    "chart_html",
    "chart_svg",
    "compiled",
    "drawn",
    "figure_html",
    "lettered",
    "specification",
]

EMBEDDED = {
    "regular": "inter-regular.woff2",
    "plain": "inter-plain.woff2",
    "all": "inter-chart.woff2",
}
"""Cuts of the font, smallest first: `PLAIN` letters, those in bold too, all."""

PLAIN = frozenset(map(chr, range(32, 127))) | frozenset("±·×–’…↑→↓−■€\n")
"""The letters of most charts."""

SAID = re.compile(r">([^<]+)</t")


def chart_svg(chart: alt.TopLevelMixin | dict[str, Any]) -> str:
    """Return the chart as SVG that carries its own font.

    Notes
    -----
    Text is measured with the bundled Inter, so the picture is the same on any machine (letters that
    it lacks, beyond Latin, Greek and Cyrillic, are measured with what the machine has); a subset of
    the font travels inside, since a picture in ``<img>`` may load nothing.
    """
    return lettered(converter().vegalite_to_svg(specification(chart)))


def compiled(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the Vega specification of a Vega-Lite one; `drawn` makes its picture."""
    made: dict[str, Any] = converter().vegalite_to_vega(spec)
    return made


def drawn(vega: dict[str, Any]) -> str:
    """Return the picture of a compiled specification, without its font."""
    svg: str = converter().vega_to_svg(vega)
    return svg


def lettered(svg: str) -> str:
    """Return a picture without what nobody sees, with as much of the font in it as it needs."""
    head, tag, rest = tidy(svg).partition(">")
    letters = set(unescape("".join(SAID.findall(rest))))
    cut = "all" if letters - PLAIN else "plain" if "font-weight" in rest else "regular"
    return f"{head}{tag}<style>{_font_face(cut)}</style>{rest}"


def chart_html(chart: alt.TopLevelMixin | dict[str, Any], finding: str = "") -> str:
    """Return an offline figure: the picture, and the specification beside it.

    Parameters
    ----------
    chart : altair chart or its dictionary
        Must have a description, which becomes the text alternative.
    finding : str
        What the chart shows, without a full stop; the text alternative says it first.

    Returns
    -------
    str
        ``<figure class="ls-chart">`` with an ``<img>`` whose source is inside (it survives
        sanitising, so it shows in JupyterLab untrusted, Voila and exported HTML alike) and the
        Vega-Lite specification as inert JSON, which our Voila template turns into a live chart.
    """
    spec = specification(chart)
    svg = chart_svg(spec)
    said = f"{finding}. {spec['description']}" if finding else spec["description"]
    return figure_html({**spec, "description": said}, svg)


def figure_html(spec: dict[str, Any], svg: str) -> str:
    """Return the figure of a picture that was drawn from this specification."""
    picture = base64.b64encode(svg.encode()).decode()
    data = json.dumps(_strict(spec), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return (
        '<figure class="ls-chart">'
        f'<img alt="{escape(str(spec["description"]), quote=True)}" '
        f'src="data:image/svg+xml;base64,{picture}">'
        f'<script type="application/json" class="ls-spec">{_inert(data)}</script></figure>'
    )


def specification(chart: alt.TopLevelMixin | dict[str, Any]) -> dict[str, Any]:
    """Return a chart as Vega-Lite whose marks say what they are.

    Unchecked: tests check every chart of every sample.
    """
    if isinstance(chart, dict):
        return chart
    with _each_table_once():
        spec: dict[str, Any] = chart.to_dict(validate=False)
    spec.setdefault("description", "Chart")
    return pointed(spec)


@contextmanager
def _each_table_once() -> Iterator[None]:
    """Have Altair make the rows of a table once a chart; it would do so again for every layer."""
    made: dict[int, Any] = {}

    def rows(table: Any) -> Any:
        if id(table) not in made:
            made[id(table)] = chart_rows(table)
        return made[id(table)]

    alt.data_transformers.register("lodestar", rows)
    with alt.data_transformers.enable("lodestar"):
        yield


def _strict(node: Any) -> Any:
    """Return a specification with null for what is no number: a browser refuses NaN."""
    if isinstance(node, dict):
        return {key: _strict(child) for key, child in node.items()}
    if isinstance(node, list):
        return [_strict(child) for child in node]
    return None if isinstance(node, float) and not isfinite(node) else node


def _inert(data: str) -> str:
    """Escape what could end a script element or open a comment in it."""
    return data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def _font_face(cut: str) -> str:
    font = base64.b64encode((FONTS / EMBEDDED[cut]).read_bytes()).decode()
    source = f"url(data:font/woff2;base64,{font})"
    return f"@font-face{{font-family:Inter;font-weight:400 650;src:{source}}}"
