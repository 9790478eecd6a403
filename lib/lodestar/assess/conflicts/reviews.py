"""What people decided about conflicts: verdicts hold until a later one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.assess.plain import plain
from lodestar.engagement.model import Engagement
from lodestar.schema.tables import empty

__all__ = ["reviews_by_pair"]


def reviews_by_pair(engagement: Engagement) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Return verdicts of people by (a, b, kind), ids sorted, with the period each was given in.

    Parameters
    ----------
    engagement : Engagement
        Table conflict_reviews of this and of every earlier period.

    Notes
    -----
    A verdict holds until a later one on the same pair and kind: by date, then by period.
    """
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for wave in engagement.waves:
        rows = wave.tables.get("conflict_reviews", empty("conflict_reviews"))
        for row in rows.to_dict("records"):
            low, high = sorted((str(row["a"]), str(row["b"])))
            given = _verdict(row, wave.period.id)
            known = found.get((low, high, str(row["kind"])))
            if known is None or str(given["date"] or "") >= str(known["date"] or ""):
                found[low, high, str(row["kind"])] = given
    return found


def _verdict(row: Mapping[Any, Any], period: str) -> dict[str, Any]:
    return {
        "verdict": row["verdict"],
        "reason": row["reason"],
        "reviewer": row["reviewer"],
        "date": plain(row["date"]),
        "period": period,
    }
