"""Exhibits of 04: index, fit, trend, parts, gaps, what waits, over-shoot, assets, functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lodestar.workbook.alignment.above import overshoot
from lodestar.workbook.alignment.cells import gaps
from lodestar.workbook.alignment.fit import built_for
from lodestar.workbook.alignment.functions import functions
from lodestar.workbook.alignment.strengths import assets
from lodestar.workbook.alignment.trend import trend
from lodestar.workbook.alignment.waiting import needs
from lodestar.workbook.alignment.whole import index, parts
from lodestar.workbook.exhibit import Exhibit

__all__ = ["EXHIBITS"]

EXHIBITS: dict[str, Callable[[Mapping[str, Any]], Exhibit]] = {
    "alignment.index": index,
    "alignment.built_for": built_for,
    "alignment.trend": trend,
    "alignment.parts": parts,
    "alignment.gaps": gaps,
    "alignment.needs": needs,
    "alignment.overshoot": overshoot,
    "alignment.assets": assets,
    "alignment.functions": functions,
}
"""Finding id: what makes its exhibit from results."""
