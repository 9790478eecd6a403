"""Exhibits of 06: do employees and customers take part, and does it show?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lodestar.workbook.exhibit import Exhibit
from lodestar.workbook.inclusion.chain import leading, ripple
from lodestar.workbook.inclusion.decisions import decisions, framework
from lodestar.workbook.inclusion.people import advocacy, needs, workforce

__all__ = ["EXHIBITS"]

EXHIBITS: dict[str, Callable[[Mapping[str, Any]], Exhibit]] = {
    "inclusion.advocacy": advocacy,
    "inclusion.decisions": decisions,
    "inclusion.framework": framework,
    "inclusion.needs": needs,
    "inclusion.ripple": ripple,
    "inclusion.leading": leading,
    "inclusion.workforce": workforce,
}
"""Finding id: what makes its exhibit from results."""
