"""Colours that can be read: contrast after WCAG 2.2, and the nearest shade that has enough."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence

__all__ = ["DARK", "LEGIBLE", "LIGHT", "contrast", "legible"]

LEGIBLE = 4.5
"""Least contrast of letters to their ground (WCAG 2.2, level AA)."""

LIGHT = ("#fbfaf6", "#ffffff")
DARK = ("#13181c", "#1a2026")
"""What letters stand on in the pages (paper, card), by day and by night."""

STEPS = 100


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 (alike) to 21 (black on white).

    Parameters
    ----------
    one, other : str
        As ``#rrggbb``.

    Notes
    -----
    (L₁ + 0.05) / (L₂ + 0.05) with the relative luminances L of WCAG 2.2.

    Examples
    --------
    >>> contrast("#ffffff", "#000000"), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def legible(colour: str, grounds: Sequence[str], least: float = LEGIBLE) -> str:
    """Return a colour's nearest shade that can be read on every ground.

    Parameters
    ----------
    colour : str
        As ``#rrggbb``.
    grounds : sequence of str
        All light, or all dark.
    least : float, default 4.5
        Least contrast wanted.

    Returns
    -------
    str
        The colour itself where it has enough contrast; else its hue, darker on light grounds and
        lighter on dark ones; black or white at the last.

    Examples
    --------
    >>> legible("#0a7c86", ["#ffffff"]), legible("#ffcc00", ["#ffffff"])
    ('#0a7c86', '#8f7200')
    """
    hue, light, full = colorsys.rgb_to_hls(*_parts(colour))
    end = 0.0 if _luminance(grounds[0]) > 0.18 else 1.0
    for step in range(STEPS):
        turned = light + (end - light) * step / STEPS
        shade = _hex(hue, turned, full) if step else colour.lower()
        if all(contrast(shade, ground) >= least for ground in grounds):
            return shade
    return "#ffffff" if end else "#000000"


def _hex(hue: float, light: float, full: float) -> str:
    parts = colorsys.hls_to_rgb(hue, light, full)
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue
