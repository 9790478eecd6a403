"""How the client works, by dimension and function."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.level import profile
from lodestar.findings.level.grounds import opinion, resamples, rests_on
from lodestar.findings.level.practice import must_rise
from lodestar.findings.spans import span
from lodestar.findings.words import level, percent, plural, start
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit
from lodestar.workbook.level.columns import BOUNDS, dimension_rows

__all__ = ["present"]


def present(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``level.present``: profile by dimension and function."""
    stands, labels = results["level"]["present"], results["labels"]
    frame = dimension_rows(results)
    functions = [f["function"] for f in stands["functions"]]
    squares = [
        {
            "label": row["label"],
            "function": labels["function"][f],
            "level": x,
            "text": numeral(x, ".1f"),
        }
        for row in frame.to_dict("records")
        for f in functions
        if (x := row["functions"][f]) is not None
    ]
    said = f"Level {level(stands['estimate'])}{span(stands)}. " + " ".join(
        f"{row['label']} {numeral(row['estimate'], '.1f')}."
        for row in frame.dropna(subset=["estimate"]).to_dict("records")
    )
    names = [labels["function"][f] for f in functions]
    told = f"{said} {resamples(stands)}".strip()
    chart = profile(frame, pd.DataFrame(squares), names, told, _shares(stands))
    frame["opinion"] = [opinion(shares) for shares in frame["evidence"]]
    for grade in ("measured", "documented"):
        frame[grade] = [shares[grade] for shares in frame["evidence"]]
    columns = [
        Column("label", "Dimension"),
        Column("key", "Key", "yesno"),
        Column("estimate", "Level", "number"),
        *BOUNDS,
        Column("target", "Target", "number"),
        Column("measured", "Measured", "percent"),
        Column("documented", "Documented", "percent"),
        Column("opinion", "Opinion alone", "percent"),
    ]
    return Exhibit(
        chart=chart,
        table=table(frame, columns, "Levels 1–5, interval 80 %; share of weight by best evidence."),
        notes=tuple(_present_notes(stands, labels)),
    )


def _shares(stands: Mapping[str, Any]) -> pd.DataFrame | None:
    """Return how resamples spread over whole levels, in both readings; None without resamples."""
    rows = [
        {"reading": reading, "level": int(k), "share": share, "text": percent(share)}
        for reading, key in (("level", "distribution"), ("stage", "staged_distribution"))
        for k, share in (stands[key] or {}).items()
    ]
    return pd.DataFrame(rows) if rows else None


def _present_notes(stands: Mapping[str, Any], labels: Mapping[str, Any]) -> list[str]:
    """Return what must rise, functions apart, evidence, resamples, and what is withheld."""
    told = [
        f"{labels['function'][f['function']]} {level(f['estimate'])}{span(f)}"
        for f in stands["functions"]
        if f["estimate"] is not None
    ]
    notes = [
        must_rise(stands, labels),
        rests_on(stands, labels),
        resamples(stands),
        f"Function by function: {'; '.join(told)}.",
        f"Gated reading, where a step counts only upon the ones below: {level(stands['gated'])}.",
    ]
    hidden = sum(cell["suppressed"] for cell in stands["cells"])
    if hidden:
        notes.append(
            f"{start(plural(hidden, 'cell'))} withheld to protect raters, counted as missing."
        )
    return [note for note in notes if note]
