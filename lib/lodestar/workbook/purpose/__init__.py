"""Exhibits of 01: do we still work for the reason we exist?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lodestar.workbook.exhibit import Exhibit
from lodestar.workbook.perspectives.people import priorities
from lodestar.workbook.purpose.effort import focus, why_how
from lodestar.workbook.purpose.revenue import concentration, revenue, runway
from lodestar.workbook.purpose.time import drift, lifetimes, revisited

__all__ = ["EXHIBITS"]

EXHIBITS: dict[str, Callable[[Mapping[str, Any]], Exhibit]] = {
    "purpose.focus": focus,
    "purpose.why_how": why_how,
    "purpose.drift": drift,
    "purpose.lifetimes": lifetimes,
    "purpose.revisited": revisited,
    "purpose.recall": priorities,
    "purpose.revenue": revenue,
    "purpose.concentration": concentration,
    "purpose.runway": runway,
}
"""Finding id: what makes its exhibit from results."""
