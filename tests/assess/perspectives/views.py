"""Scores and gated cells made in a test's own lines, without a survey around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.perspectives.groups import Group, groups

Made = tuple[dict[str, np.ndarray], pd.DataFrame, list[Group]]


def seen(
    people: Sequence[Mapping[str, Any]], scores: np.ndarray, hidden: Sequence[str] = ()
) -> Made:
    """Return scores by scale, the cells that show every group but the hidden, and the groups.

    Columns of `scores` are the scales S0.level, S1.level, …; NaN = did not answer.
    """
    keys = ("group", "function", "seniority")
    found = groups(pd.DataFrame([{key: one.get(key) for key in keys} for one in people]))
    persons = {f"S{place}.level": column for place, column in enumerate(scores.T)}
    rows = []
    for scale, person in persons.items():
        for group in found:
            given = person[group.members & np.isfinite(person)]
            if given.size:
                rows.append(_cell(scale, group, given, group.id in hidden))
    return persons, pd.DataFrame(rows), found


def _cell(scale: str, group: Group, given: np.ndarray, hidden: bool) -> dict[str, Any]:
    """Return one cell; a hidden one without numbers."""
    numbers = {"n": float(given.size), "mean": float(given.mean()), "rwg": 0.8}
    row = {"scale": scale, "group": group.id, "kind": group.kind, "asked": (scale,)}
    return {**row, **{k: None if hidden else v for k, v in numbers.items()}, "suppressed": hidden}
