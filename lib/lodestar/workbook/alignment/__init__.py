"""Exhibits of 04: index, parts, matrix of gaps, over-shoot, functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lodestar.workbook.alignment.above import overshoot
from lodestar.workbook.alignment.cells import gaps
from lodestar.workbook.alignment.functions import functions
from lodestar.workbook.alignment.whole import index, parts
from lodestar.workbook.exhibit import Exhibit

__all__ = ["EXHIBITS"]

EXHIBITS: dict[str, Callable[[Mapping[str, Any]], Exhibit]] = {
    "alignment.index": index,
    "alignment.parts": parts,
    "alignment.gaps": gaps,
    "alignment.overshoot": overshoot,
    "alignment.functions": functions,
}
"""Finding id: what makes its exhibit from results."""
