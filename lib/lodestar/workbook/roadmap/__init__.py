"""Exhibits of 07: which investments should we make, when, and what do they do?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lodestar.workbook.exhibit import Exhibit
from lodestar.workbook.roadmap.choice import choice, harm
from lodestar.workbook.roadmap.course import frontier, path
from lodestar.workbook.roadmap.ground import blocked, stop
from lodestar.workbook.roadmap.plan import plan, returns
from lodestar.workbook.roadmap.robust import robust
from lodestar.workbook.roadmap.signs import milestones

__all__ = ["EXHIBITS"]

EXHIBITS: dict[str, Callable[[Mapping[str, Any]], Exhibit]] = {
    "roadmap.choice": choice,
    "roadmap.path": path,
    "roadmap.frontier": frontier,
    "roadmap.robust": robust,
    "roadmap.harm": harm,
    "roadmap.blocked": blocked,
    "roadmap.plan": plan,
    "roadmap.milestones": milestones,
    "roadmap.stop": stop,
    "roadmap.returns": returns,
}
"""Finding id: what makes its exhibit from results."""
