"""A drawn picture without what no reader sees: it travels in notebooks and pages by the dozen."""

from __future__ import annotations

import re

__all__ = ["tidy"]

FONT = re.compile(r'font-family="([^"]*)"')
UNSEEN = re.compile(
    r'<path class="(?:fore|back)ground"(?![^>]* (?:fill|stroke)=)[^>]*/>'
    r'|<path class="foreground"[^>]* display="none"/>'
)
IDLE = re.compile(
    r' (?:role|aria-[a-z]+|pointer-events|xmlns:xlink|version)="[^"]*"'
    r'| (?:opacity|stroke-width)="1"| text-anchor="start"| transform="translate\(0,0\)"'
)
TAG = re.compile(r"<(\w+)([^>]*)>")
LONG = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
SPOKEN = re.compile(r' aria-label="([^"]*)"')
EMPTY = re.compile(r"<g(?: [^>]*)?(?:/>|(?<!/)></g>)")
SIZE = ' font-size="12px"'


def tidy(svg: str) -> str:
    """Return a picture with the same look in about half its length.

    Parameters
    ----------
    svg : str
        As the converter draws it.

    Returns
    -------
    str
        Family and usual size of letters stand once; places are rounded to a hundredth of a pixel;
        what a mark says is its ``data-tip``. Words stay as they are.
    """
    family = FONT.search(svg)
    shown = TAG.sub(_tag, UNSEEN.sub("", svg))
    while EMPTY.search(shown):
        shown = EMPTY.sub("", shown)
    if not family:
        return shown
    once = f' font-family="{family[1]}"{SIZE}'
    head, rest = shown.split(">", 1)
    plain = rest.replace(f' font-family="{family[1]}"', "").replace(SIZE, "")
    return f"{head}{once}>{plain}"


def _tag(found: re.Match[str]) -> str:
    """Return an opening tag with its places rounded and its words kept."""
    name, attributes = found.groups()
    said = SPOKEN.search(attributes) if name in ("path", "line", "rect") else None
    rest = LONG.sub(_rounded, IDLE.sub("", SPOKEN.sub("", attributes)))
    tip = f' data-tip="{said[1]}"' if said and said[1] else ""
    closed = rest.endswith("/")
    return f"<{name}{rest.removesuffix('/')}{tip}{'/' if closed else ''}>"


def _rounded(number: re.Match[str]) -> str:
    return (
        format(round(float(number[0]), 2) + 0.0, "g") if abs(float(number[0])) < 1e4 else number[0]
    )
