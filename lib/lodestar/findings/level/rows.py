"""The four levels as rows, as the ladder draws them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

__all__ = ["KINDS", "ladder_rows"]

KINDS = ("required", "chosen", "present", "experienced")


def ladder_rows(levels: Mapping[str, Any]) -> pd.DataFrame:
    """Return the known ones of the four levels.

    Parameters
    ----------
    levels : mapping
        Section ``level`` of the results.

    Returns
    -------
    pandas.DataFrame
        ``kind, estimate, low, high``; levels 1-5, NaN where there is no interval.
    """
    rows = []
    for kind in KINDS:
        found = {"estimate": levels["chosen"]} if kind == "chosen" else levels[kind]
        ends = {end: found.get(end) for end in ("low", "high")}
        rows.append({"kind": kind, "estimate": found["estimate"], **ends})
    frame = pd.DataFrame(rows).astype({"estimate": float, "low": float, "high": float})
    return frame.dropna(subset=["estimate"]).reset_index(drop=True)
