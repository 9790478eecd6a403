"""Exhibits of 05: who sees what differently?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lodestar.workbook.exhibit import Exhibit
from lodestar.workbook.perspectives.comments import objections, topic_groups
from lodestar.workbook.perspectives.consensus import camps, consensus
from lodestar.workbook.perspectives.gaps import gap
from lodestar.workbook.perspectives.misunderstandings import misunderstandings
from lodestar.workbook.perspectives.pairs import importance, know_do
from lodestar.workbook.perspectives.people import blind_spots, priorities, topics
from lodestar.workbook.perspectives.serving import serving
from lodestar.workbook.perspectives.views import agreement, seen

__all__ = ["EXHIBITS"]

EXHIBITS: dict[str, Callable[[Mapping[str, Any]], Exhibit]] = {
    "perspectives.views": seen,
    "perspectives.misunderstandings": misunderstandings,
    "perspectives.gap": gap,
    "perspectives.consensus": consensus,
    "perspectives.agreement": agreement,
    "perspectives.camps": camps,
    "perspectives.blind_spots": blind_spots,
    "perspectives.serving": serving,
    "perspectives.importance": importance,
    "perspectives.know_do": know_do,
    "perspectives.priorities": priorities,
    "perspectives.topics": topics,
    "perspectives.topic_groups": topic_groups,
    "perspectives.objections": objections,
}
"""Finding id: what makes its exhibit from results."""
