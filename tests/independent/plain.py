"""Plain loops shared by the independent checks: rounding, means, weights, cells.

Written from the wording of the method alone; nothing here comes from lodestar.assess,
lodestar.stats or lodestar.confidentiality.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lodestar.engagement.model import Engagement

Cell = tuple[str, str]


def close(a: float | None, b: float | None, tolerance: float = 2e-6) -> bool:
    """Tell whether two numbers agree to what six published decimals can show."""
    if a is None or b is None:
        return a is None and b is None
    return abs(a - b) <= tolerance


def clip(x: float, low: float, high: float) -> float:
    return min(max(x, low), high)


def settle(x: float) -> float:
    return round(x, 9)


def nearest_level(x: float) -> int:
    return int(clip(math.floor(settle(x) + 0.5), 1, 5))


def mean(values: Iterable[float]) -> float:
    kept = list(values)
    return sum(kept) / len(kept)


def median(values: Iterable[float]) -> float:
    kept = sorted(values)
    half = len(kept) // 2
    return kept[half] if len(kept) % 2 else (kept[half - 1] + kept[half]) / 2


def missing(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def records(engagement: Engagement, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries, blanks as None."""
    known = engagement.wave.tables
    rows = known[table].to_dict("records") if table in known else []
    return [
        {k: None if not isinstance(v, tuple) and missing(v) else v for k, v in r.items()}
        for r in rows
    ]


def dimension_weights(engagement: Engagement) -> dict[str, float]:
    total = sum(d.weight for d in engagement.framework.dimensions)
    return {d.id: d.weight / total for d in engagement.framework.dimensions}


def within_weights(engagement: Engagement) -> dict[str, float]:
    """Return each capability's weight share within its dimension."""
    sums: dict[str, float] = {}
    for c in engagement.framework.capabilities:
        sums[c.dimension] = sums.get(c.dimension, 0.0) + c.weight
    return {c.id: c.weight / sums[c.dimension] for c in engagement.framework.capabilities}


def capability_weights(engagement: Engagement) -> dict[str, float]:
    dimensions, within = dimension_weights(engagement), within_weights(engagement)
    return {c.id: dimensions[c.dimension] * within[c.id] for c in engagement.framework.capabilities}


def function_weights(engagement: Engagement) -> dict[str, float]:
    total = sum(f.weight for f in engagement.settings.functions)
    return {f.id: f.weight / total for f in engagement.settings.functions}


def renormalised(weights: Mapping[Any, float], values: Mapping[Any, float | None]) -> float | None:
    """Return the weighted mean over the keys that have a value; None when none has."""
    present = {key: value for key, value in values.items() if value is not None}
    total = sum(weights[key] for key in present)
    if not present or total == 0:
        return None
    return sum(weights[key] * value for key, value in present.items()) / total


def inapplicable(engagement: Engagement) -> set[Cell]:
    """Return the cells whose every rating is `na`."""
    answers: dict[Cell, list[bool]] = {}
    for row in records(engagement, "ratings"):
        answers.setdefault((row["capability"], row["function"]), []).append(bool(row["applies"]))
    return {cell for cell, said in answers.items() if not any(said)}


def too_few_in_survey(engagement: Engagement) -> set[Cell]:
    """Return the cells rated by one to four persons of a survey."""
    persons: dict[Cell, set[str]] = {}
    for row in records(engagement, "ratings"):
        if row["basis"] == "survey":
            persons.setdefault((row["capability"], row["function"]), set()).add(row["rater"])
    least = engagement.settings.confidentiality.minimum
    return {cell for cell, known in persons.items() if 1 <= len(known) < least}


def medians(engagement: Engagement, withheld: Sequence[Cell] | set[Cell] = ()) -> dict[Cell, float]:
    """Return x_cf, the median over all ratings of a cell that may be shown."""
    values: dict[Cell, list[float]] = {}
    for row in records(engagement, "ratings"):
        cell = (row["capability"], row["function"])
        if row["applies"] and row["level"] is not None and cell not in withheld:
            values.setdefault(cell, []).append(row["level"])
    return {cell: median(levels) for cell, levels in values.items()}
