"""Colours as people see them who tell hues apart less well, or on paper without colour.

Matrices: Machado, Oliveira, Fernandes (2009), full severity, on linear RGB. Luminance and contrast:
WCAG 2. Difference: CIE 1976, in L*a*b* for D65.
"""

from __future__ import annotations

import numpy as np

__all__ = ["DEFICIENCIES", "contrast", "difference", "luminance", "seen"]

DEFICIENCIES = {
    "none": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""Each way of seeing as a matrix on linear RGB."""

TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WEIGHTS = np.array([0.2126, 0.7152, 0.0722])


def seen(colour: str, deficiency: str) -> np.ndarray:
    """Return a colour ``#rrggbb`` in linear RGB, 0-1, as it is seen with a deficiency."""
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return np.clip(DEFICIENCIES[deficiency] @ linear, 0, 1)


def luminance(colour: str, deficiency: str = "none") -> float:
    """Return relative luminance, 0-1: what is left of a colour in greyscale."""
    return float(WEIGHTS @ seen(colour, deficiency))


def contrast(one: str, other: str, deficiency: str = "none") -> float:
    """Return the contrast ratio of two colours, 1-21."""
    dark, light = sorted(luminance(colour, deficiency) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def difference(one: str, other: str, deficiency: str = "none") -> float:
    """Return how far apart two colours look; about 2 is just seen, 10 at a glance."""
    apart = _lab(seen(one, deficiency)) - _lab(seen(other, deficiency))
    return float(np.linalg.norm(apart))


def _lab(linear: np.ndarray) -> np.ndarray:
    x, y, z = (TO_XYZ @ linear) / (TO_XYZ @ np.ones(3))
    fx, fy, fz = (np.cbrt(t) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return np.array([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)])
