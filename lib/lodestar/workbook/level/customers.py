"""What customers experience, beside the client’s own view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.level import two_views
from lodestar.findings.spans import span, steps
from lodestar.findings.words import level, named, plural, start
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit
from lodestar.workbook.level.columns import BOUNDS

__all__ = ["experienced"]


def experienced(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``level.experienced``: customers' view beside the client's own."""
    levels, names = results["level"], results["labels"]["dimension"]
    gaps = {row["dimension"]: row for row in levels["self_customer"]}
    rows = [
        row
        for felt in levels["experienced"]["dimensions"]
        if felt["estimate"] is not None
        for row in _views(felt, gaps.get(felt["dimension"]), levels, names)
    ]
    frame = pd.DataFrame(rows).astype(dict.fromkeys(("estimate", "low", "high"), float))
    said = "; ".join(f"{r['label']}: {r['kind']} {r['estimate']:.1f}" for r in rows)
    shown = frame[frame["kind"] == "experienced"]
    columns = [
        Column("label", "Dimension"),
        Column("estimate", "Customers", "number"),
        *BOUNDS,
        Column("n", "Customers asked", "integer"),
        Column("gap", "You see it"),
    ]
    return Exhibit(
        chart=two_views(frame, f"Own and customers’ level by dimension. {said}."),
        table=table(shown, columns, "Levels 1–5, interval 80 %."),
        notes=tuple(_groups(results)),
    )


def _views(
    felt: Mapping[str, Any],
    gap: Mapping[str, Any] | None,
    levels: Mapping[str, Any],
    names: dict[str, str],
) -> list[dict[str, Any]]:
    """Return one dimension's rows: the customers', and the client's own where there is one."""
    label = named(names, felt["dimension"])
    words = ""
    if gap is not None:
        higher = "higher" if gap["gap"] > 0 else "lower"
        words = f"{steps(gap['gap'])} {higher}" if abs(gap["gap"]) >= 0.05 else "the same"
    theirs = {k: felt[k] for k in ("estimate", "low", "high", "n")}
    out = [{"label": label, "kind": "experienced", "gap": words, **theirs}]
    if gap is not None:
        own = next(
            d for d in levels["present"]["dimensions"] if d["dimension"] == felt["dimension"]
        )
        ends = {k: own[k] for k in ("estimate", "low", "high")}
        out.append({"label": label, "kind": "present", "gap": words, **ends, "n": None})
    return out


def _groups(results: Mapping[str, Any]) -> list[str]:
    """Return what the other stakeholder groups say, those that may be shown."""
    names = results["labels"]["group"]
    said = [
        f"{named(names, g['group'])} {level(g['estimate'])}{span(g)}, {g['n']:,} people"
        for g in results["level"]["groups"]
        if g["estimate"] is not None
    ]
    told = "The same scale by other groups, each on the items asked of it"
    notes = [f"{told}: {'; '.join(said)}."] if said else []
    left = sum(g["left_out"] or 0 for g in results["level"]["groups"])
    if left:
        notes.append(
            f"{start(plural(left, 'employee'))} without a function left out of their group."
        )
    return notes
