"""Dark twins of the charts' colours, as tones.js makes them for charts that a browser draws."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["named_tones", "tinted", "tone_style", "twin"]

COLOUR = re.compile(r"#[0-9a-f]{6}\b|rgb\(\s*\d+\s*,\s*\d+\s*,\s*\d+\s*\)", re.IGNORECASE)
NAMED = re.compile(r"var\(--tone-([0-9a-f]{6})")
INK_LIGHT, INK_DARK, PAPER = 0.0144, 0.813, 0.0143
GREY = 40
"""Farthest that the parts of a colour lie apart which is still a shade of ink."""


def tinted(value: str) -> str:
    """Return a colour that follows the page's tones; anything else stays as it is."""
    return COLOUR.sub(lambda found: f"var(--tone-{_name(_parts(found[0]))}, {found[0]})", value)


def tone_style(html: str, known: Iterable[str]) -> str:
    """Return the style of a page's tones in the dark, but for those the tokens name.

    Parameters
    ----------
    html : str
        The page.
    known : iterable of str
        Six digits of each colour that has its twin already.
    """
    names = sorted(set(NAMED.findall(html)) - set(known))
    if not names:
        return ""
    rules = "".join(f"--tone-{name}:{twin(_parts('#' + name))};" for name in names)
    return f"@media screen and (prefers-color-scheme: dark){{:root{{{rules}}}}}"


def named_tones(tokens: str) -> frozenset[str]:
    """Return the colours to which the tokens of the template give a twin of their own."""
    return frozenset(re.findall(r"--tone-([0-9a-f]{6}):", tokens))


def twin(rgb: tuple[int, int, int]) -> str:
    """Return a colour's dark twin: greys turned over, hues kept.

    Light ink stands on the twin as clearly as dark ink on the shade.

    Examples
    --------
    >>> twin((23, 33, 43))
    'rgb(231 233 235)'
    """
    if max(rgb) - min(rgb) > GREY:
        return _hued(rgb)
    contrast = (_luminance(rgb) + 0.05) / (INK_LIGHT + 0.05)
    grey = _gamma(min(INK_DARK, max(PAPER, (INK_DARK + 0.05) / contrast - 0.05)))
    return f"rgb({grey - 2} {grey} {grey + 2})"


def _hued(rgb: tuple[int, int, int]) -> str:
    r, g, b = (part / 255 for part in rgb)
    high, low = max(r, g, b), min(r, g, b)
    light, spread = (high + low) / 2, high - low
    full = spread / (1 - abs(2 * light - 1))
    if high == r:
        turn = ((g - b) / spread + 6) % 6
    else:
        turn = (b - r) / spread + 2 if high == g else (r - g) / spread + 4
    turned = min(0.85, max(0.14, 0.73 - 1.02 * (light - 0.41)))
    return f"hsl({_round(60 * turn)} {_round(90 * full)}% {_round(100 * turned)}%)"


def _parts(colour: str) -> tuple[int, int, int]:
    if colour.startswith("#"):
        found = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    else:
        found = [int(part) for part in re.findall(r"\d+", colour)]
    return found[0], found[1], found[2]


def _name(rgb: tuple[int, int, int]) -> str:
    return "".join(f"{part:02x}" for part in rgb)


def _luminance(rgb: tuple[int, int, int]) -> float:
    r, g, b = (part / 3295 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in rgb)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _gamma(light: float) -> int:
    return _round(255 * (12.92 * light if light <= 0.0031 else 1.055 * light ** (1 / 2.4) - 0.055))


def _round(value: float) -> int:
    """Round as a browser does: halves up."""
    return int(value + 0.5)
