"""What customers experience, beside the client’s own view."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from lodestar.charts.level import two_views
from lodestar.findings.level.customers import turned
from lodestar.findings.spans import side, span, steps
from lodestar.findings.words import level, named, plural, start
from lodestar.schema.numerals import numeral
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
        for felt in _ranked(levels["experienced"]["dimensions"], gaps)
        for row in _views(felt, gaps.get(felt["dimension"]), levels, names)
    ]
    frame = pd.DataFrame(rows).astype(dict.fromkeys(("estimate", "low", "high"), float))
    said = "; ".join(f"{r['label']}: {r['kind']} {numeral(r['estimate'], '.1f')}" for r in rows)
    shown = frame[frame["kind"] == "experienced"]
    columns = [
        Column("label", "Dimension"),
        Column("estimate", "Customers", "number"),
        *BOUNDS,
        Column("n", "Customers who answered", "integer"),
        *([Column("apart", "You see it"), Column("beyond", "Beyond noise")] if gaps else []),
    ]
    return Exhibit(
        chart=two_views(frame, f"Own and customers’ level by dimension. {said}."),
        table=table(shown, columns, "Levels 1–5, interval 80 %."),
        notes=tuple(_groups(results)),
    )


def _ranked(
    dimensions: Sequence[Mapping[str, Any]], gaps: Mapping[str, Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Return the dimensions with a level: the most over-rated first, those without a gap last."""
    shown = [d for d in dimensions if d["estimate"] is not None]
    gap = {d["dimension"]: gaps.get(d["dimension"], {"gap": -math.inf})["gap"] for d in shown}
    return sorted(shown, key=lambda d: -gap[d["dimension"]])


def _views(
    felt: Mapping[str, Any],
    gap: Mapping[str, Any] | None,
    levels: Mapping[str, Any],
    names: dict[str, str],
) -> list[dict[str, Any]]:
    """Return one dimension's rows: the customers', and the client's own where there is one."""
    said = {"label": named(names, felt["dimension"]), **_apart(gap)}
    theirs = {k: felt[k] for k in ("estimate", "low", "high", "n")}
    out = [{**said, "kind": "experienced", **theirs}]
    if gap is not None:
        own = next(
            d for d in levels["present"]["dimensions"] if d["dimension"] == felt["dimension"]
        )
        ends = {k: own[k] for k in ("estimate", "low", "high")}
        out.append({**said, "kind": "present", **ends, "n": None})
    return out


def _apart(gap: Mapping[str, Any] | None) -> dict[str, str]:
    """Return a gap in words: short for the chart, with its interval and verdict for the table."""
    if gap is None:
        return {"gap": "", "apart": "", "beyond": ""}
    where = side({**gap, "estimate": gap["gap"]})
    higher = gap["gap"] > 0
    words = f"{steps(gap['gap'])} {'higher' if higher else 'lower'}"
    short = words if abs(gap["gap"]) >= 0.05 else "the same"
    beyond = "no interval" if gap["low"] is None else "no" if where == "level" else "yes"
    within = " (noise)" if beyond == "no" and short != "the same" else ""
    return {
        "gap": f"{short}{within}",
        "apart": f"{short}{span(gap if higher else turned(gap))}",
        "beyond": beyond,
    }


def _groups(results: Mapping[str, Any]) -> list[str]:
    """Return what the other stakeholder groups say, those that may be shown."""
    names = results["labels"]["group"]
    said = [
        f"{named(names, g['group'])} {level(g['estimate'])}{span(g)}, {numeral(g['n'], ',')} people"
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
