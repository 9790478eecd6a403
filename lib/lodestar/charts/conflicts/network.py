"""The part of the map around one conflict, with its path drawn."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.theme import BAD, CARD, FAINT, INK, SOFT, finish

__all__ = ["LINE_HEIGHT", "path_network"]

LINE_HEIGHT = 14
"""Of a name in several lines, in pixels."""


def path_network(
    nodes: pd.DataFrame, links: pd.DataFrame, width: int, height: int, description: str
) -> alt.LayerChart:
    """Return a layered network: causes on the left, what suffers on the right.

    Parameters
    ----------
    nodes : DataFrame
        Columns x, y (pixels from the top left), label (lines parted by a line feed), label_y (of
        its first line), owner (who is paid, else empty), on_path (bool), paid (bool).
    links : DataFrame
        Columns x, y, x2, y2 (ends of the line), head_x, head_y, angle (of the arrow head, degrees
        clockwise from up), sign_x, sign_y, sign (+ or −), on_path (bool); label (what acts on what)
        is said when a line is pointed at.
    width, height : int
        Size in pixels.
    description : str
        Text alternative.
    """
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, width], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False))
    layers: list[alt.Chart] = []
    for on_path, colour, thick in ((False, FAINT, 1.2), (True, BAD, 3)):
        part = links[links["on_path"] == on_path]
        layers += _links(part, x, y, colour, thick)
    layers += _nodes(nodes, x, y)
    return finish(alt.layer(*layers), description, width, height)


def _links(links: pd.DataFrame, x: alt.X, y: alt.Y, colour: str, thick: float) -> list[alt.Chart]:
    """Lines with their heads and signs."""
    base = alt.Chart(links)
    lines = base.mark_rule(color=colour, strokeWidth=thick).encode(
        x=x, y=y, x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q")
    )
    angle = alt.Angle("angle:Q", scale=alt.Scale(domain=[0, 360], range=[0, 360]))
    heads = base.mark_point(shape="triangle", filled=True, size=70, color=colour, opacity=1)
    discs = base.mark_point(shape="circle", filled=True, size=230, color=CARD, opacity=1)
    signs = base.mark_text(fontSize=14, fontWeight=700, color=colour if thick > 2 else SOFT)
    at = {"x": alt.X("sign_x:Q", axis=None), "y": alt.Y("sign_y:Q", axis=None)}
    head = {"x": alt.X("head_x:Q", axis=None), "y": alt.Y("head_y:Q", axis=None)}
    return [
        lines,
        heads.encode(**head, angle=angle),
        discs.encode(**at),
        signs.encode(**at, text=alt.Text("sign:N")),
    ]


def _nodes(nodes: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Dots with their names above and who is paid for them below."""
    base = alt.Chart(nodes).encode(x=x, y=y)
    fill = alt.condition(alt.datum.paid, alt.value(INK), alt.value(CARD))
    edge = alt.condition(alt.datum.on_path, alt.value(INK), alt.value(FAINT))
    dots = base.mark_point(shape="circle", size=190, filled=False, strokeWidth=2, opacity=1)
    top = alt.Y("label_y:Q", axis=None)
    strong = alt.Chart(nodes[nodes["on_path"]]).encode(x=x, y=top, text=alt.Text("label:N"))
    weak = alt.Chart(nodes[~nodes["on_path"]]).encode(x=x, y=top, text=alt.Text("label:N"))
    name = {"baseline": "bottom", "lineBreak": "\n", "lineHeight": LINE_HEIGHT}
    owner = base.encode(text=alt.Text("owner:N"))
    halo = {"stroke": CARD, "strokeWidth": 4, "strokeJoin": "round"}
    return [
        dots.encode(fill=fill, stroke=edge),
        strong.mark_text(fontWeight=600, **name, **halo),
        weak.mark_text(**name, **halo),
        owner.mark_text(dy=22, **halo),
        strong.mark_text(color=INK, fontWeight=600, **name),
        weak.mark_text(color=SOFT, **name),
        owner.mark_text(dy=22, color=SOFT),
    ]
