"""The sentence of 01 on whether people can name what leadership put first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.perspectives.people import priorities

__all__ = ["recall"]


def recall(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the recall of priorities as 05 tells it: a purpose nobody can name guides nobody."""
    return replace(priorities(results), id="purpose.recall", workbook="01_purpose")
