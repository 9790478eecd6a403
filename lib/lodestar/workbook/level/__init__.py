"""Exhibits of 02: ladder, market, profile, customers, climb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lodestar.workbook.exhibit import Exhibit
from lodestar.workbook.level.aim import consequence
from lodestar.workbook.level.customers import experienced
from lodestar.workbook.level.four import four
from lodestar.workbook.level.informants import informants
from lodestar.workbook.level.market import required
from lodestar.workbook.level.offer import offer
from lodestar.workbook.level.practice import present
from lodestar.workbook.level.segments import segments
from lodestar.workbook.level.steps import added
from lodestar.workbook.level.trend import trend

__all__ = ["EXHIBITS"]

EXHIBITS: dict[str, Callable[[Mapping[str, Any]], Exhibit]] = {
    "level.four": four,
    "level.trend": trend,
    "level.required": required,
    "level.offer": offer,
    "level.present": present,
    "level.informants": informants,
    "level.experienced": experienced,
    "level.segments": segments,
    "level.consequence": consequence,
    "level.steps": added,
}
"""Finding id: what makes its exhibit from results."""
