"""How the client works, by dimension and function."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.level import profile
from lodestar.findings.spans import span
from lodestar.findings.words import level, plural, start
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
        {"label": row["label"], "function": labels["function"][f], "level": x, "text": f"{x:.1f}"}
        for row in frame.to_dict("records")
        for f in functions
        if (x := row["functions"][f]) is not None
    ]
    said = f"Level {level(stands['estimate'])}{span(stands)}. " + " ".join(
        f"{row['label']} {row['estimate']:.1f}."
        for row in frame.dropna(subset=["estimate"]).to_dict("records")
    )
    names = [labels["function"][f] for f in functions]
    chart = profile(frame, pd.DataFrame(squares), names, said)
    columns = [
        Column("label", "Dimension"),
        Column("key", "Key", "yesno"),
        Column("estimate", "Level", "number"),
        *BOUNDS,
        Column("target", "Target", "number"),
    ]
    return Exhibit(
        chart=chart,
        table=table(frame, columns, "Levels 1–5, interval 80 %."),
        notes=tuple(_present_notes(stands, labels)),
    )


def _present_notes(stands: Mapping[str, Any], labels: Mapping[str, Any]) -> list[str]:
    """Return functions apart, the gated sensitivity, and what is withheld."""
    told = [
        f"{labels['function'][f['function']]} {level(f['estimate'])}{span(f)}"
        for f in stands["functions"]
        if f["estimate"] is not None
    ]
    notes = [
        f"Function by function, as informants differ and none is pooled unseen: {'; '.join(told)}.",
        f"Gated reading, where a step counts only upon the ones below: {level(stands['gated'])}.",
    ]
    hidden = sum(cell["suppressed"] for cell in stands["cells"])
    if hidden:
        notes.append(
            f"{start(plural(hidden, 'cell'))} withheld to protect raters, counted as missing."
        )
    return notes
