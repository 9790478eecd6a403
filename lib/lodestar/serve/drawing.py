"""Charts as part of a page: the pictures of a notebook, drawn into it, in the page's own type."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from html import unescape
from xml.etree import ElementTree

from lodestar.serve.tones import tinted

__all__ = ["FIGURE", "drawn_in", "picture_of"]

FIGURE = re.compile(
    r'<figure class="ls-chart"><img alt="([^"]*)" '
    r'src="data:image/svg\+xml;base64,([A-Za-z0-9+/=]*)">'
)
SVG = "{http://www.w3.org/2000/svg}"
TAGS = """
circle clipPath defs desc ellipse g line linearGradient path polygon polyline rect stop text title
tspan
"""
NAMES = """
class clip-path cx cy d data-tip dx dy fill fill-opacity font-size font-style font-weight
gradientTransform gradientUnits height id letter-spacing offset opacity points r rx ry stop-color
stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
stroke-miterlimit stroke-opacity stroke-width text-anchor transform viewBox width x x1 x2 y y1 y2
"""
SHAPES, KNOWN = frozenset(TAGS.split()), frozenset(NAMES.split())
"""All that a drawing may hold; none of it can load, link, run or restyle anything."""

PAINTED = ("fill", "stroke", "stop-color")
LONG = 160
"""Letters of a text alternative from which its first sentence stands for it."""

FIRST = re.compile(r"^.+?[.!?](?= [A-Z0-9])")


def drawn_in(html: str, counted: Iterator[int]) -> str:
    """Return a card with its charts drawn in, ready before any script runs.

    Parameters
    ----------
    html : str
        As a notebook shows it.
    counted : iterator of int
        Numbers the charts of the page: each has names of its own for what it refers to.

    Notes
    -----
    In a notebook a chart is an image, whose content is inert and brings its own font. Here it is
    part of the page: only shapes and letters are taken over, no link, script or style. An image
    that is no drawing stays an image.
    """

    def placed(found: re.Match[str]) -> str:
        number = next(counted)
        drawing = _drawing(base64.b64decode(found[2]), unescape(found[1]), f"c{number}-")
        if not drawing:
            return found[0]
        return f'<figure class="ls-chart" data-drawn="yes">{drawing}'

    return FIGURE.sub(placed, html)


def picture_of(found: re.Match[str]) -> bytes:
    """Return the picture that a notebook holds, with its font, as it was published."""
    return base64.b64decode(found[2])


def _drawing(content: bytes, alternative: str, prefix: str) -> str:
    """Return a picture as markup for the page; empty when it cannot be read."""
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError:
        return ""
    if root.tag != f"{SVG}svg":
        return ""
    _settle(root, prefix)
    root.attrib.update(_said(alternative, prefix))
    rest = alternative.removeprefix(root.attrib["aria-label"]).strip()
    if rest:
        described = ElementTree.Element(f"{SVG}desc", {"id": f"{prefix}more"})
        described.text = rest
        root.insert(0, described)
    ElementTree.register_namespace("", SVG.strip("{}"))
    text = ElementTree.tostring(root, encoding="unicode")
    return text.replace(f' xmlns="{SVG.strip("{}")}"', "", 1).replace(" />", "/>")


def _said(alternative: str, prefix: str) -> dict[str, str]:
    """Return what a screen reader says: all of a short alternative, the head of a long one."""
    first = FIRST.match(alternative) if len(alternative) > LONG else None
    if not first:
        return {"role": "img", "aria-label": alternative}
    return {"role": "img", "aria-label": first[0], "aria-describedby": f"{prefix}more"}


def _settle(element: ElementTree.Element, prefix: str) -> None:
    """Keep shapes, letters and looks; drop whatever could load, run or restyle."""
    for child in list(element):
        if isinstance(child.tag, str) and child.tag.removeprefix(SVG) in SHAPES:
            _settle(child, prefix)
        else:
            element.remove(child)
    for name, value in list(element.attrib.items()):
        if name not in KNOWN:
            del element.attrib[name]
        elif name == "id":
            element.attrib[name] = prefix + value
        elif "url(" in value:
            element.attrib[name] = value.replace("url(#", f"url(#{prefix}")
        elif name in PAINTED:
            element.attrib[name] = tinted(value)
