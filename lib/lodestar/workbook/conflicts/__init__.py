"""Exhibits of 03: which functions' measures pull against each other or against the customer?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lodestar.workbook.conflicts.direction import direction
from lodestar.workbook.conflicts.doubts import contested
from lodestar.workbook.conflicts.duties import orphans, promises
from lodestar.workbook.conflicts.history import measured
from lodestar.workbook.conflicts.matrix import matrix
from lodestar.workbook.conflicts.network import paths
from lodestar.workbook.conflicts.pairs import customer, worst
from lodestar.workbook.conflicts.plan import repairs
from lodestar.workbook.exhibit import Exhibit

__all__ = ["EXHIBITS"]

EXHIBITS: dict[str, Callable[[Mapping[str, Any]], Exhibit]] = {
    "conflicts.worst": worst,
    "conflicts.direction": direction,
    "conflicts.matrix": matrix,
    "conflicts.paths": paths,
    "conflicts.customer": customer,
    "conflicts.promises": promises,
    "conflicts.contested": contested,
    "conflicts.orphans": orphans,
    "conflicts.measured": measured,
    "conflicts.repairs": repairs,
}
"""Finding id: what makes its exhibit from results."""
