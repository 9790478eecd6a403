"""The index of the whole and of each function, and the parts of misalignment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.alignment import index_rows, part_bar
from lodestar.findings.alignment.rated import thin
from lodestar.findings.alignment.rows import SHORT, part_rows
from lodestar.findings.alignment.whole import PART_NAMES, shown_index
from lodestar.findings.words import named, plural, points, start
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["index", "parts"]


def index(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``alignment.index``: the whole and each function."""
    alignment, names = results["alignment"], results["labels"]["function"]
    rows = [
        {**row, **shown_index(row), "label": named(names, row["function"])}
        for row in alignment["functions"]
    ]
    rows.sort(key=lambda row: (row["index"], row["label"]))
    whole = {**shown_index(alignment), "label": "All functions"}
    frame = pd.DataFrame([whole, *rows]).astype(dict.fromkeys(("index", "low", "high"), float))
    frame["text"] = [points(x) for x in frame["index"]]
    said = "; ".join(f"{row['label']} {row['text']}" for row in frame.to_dict("records"))
    columns = [
        Column("label", "Function"),
        Column("index", "Index 0–100", "integer"),
        Column("low", "From", "integer"),
        Column("high", "To", "integer"),
        Column("gap", "Mean gap in levels", "signed"),
        Column("share", "Share of misalignment", "percent"),
    ]
    return Exhibit(
        chart=index_rows(frame, f"Alignment index of 100: {said}."),
        table=table(frame, columns, "Each function against its own targets; interval 80 %."),
        notes=tuple(_index_notes(alignment, results["labels"])),
    )


def parts(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``alignment.parts``: what misalignment is made of."""
    alignment = results["alignment"]
    frame = part_rows(alignment)
    said = ", ".join(f"{row['name'].lower()} {row['text']}" for row in frame.to_dict("records"))
    chart = None if frame.empty else part_bar(frame, f"Misalignment: {said}.")
    columns = [
        Column("name", "Part"),
        Column("observed", "Squared levels", "precise"),
        Column("value", "Without rater noise", "precise"),
        Column("low", "From", "precise"),
        Column("high", "To", "precise"),
    ]
    rows = [
        {"name": SHORT[k], "observed": alignment["parts"][k], **alignment["corrected"]["parts"][k]}
        for k in PART_NAMES
    ]
    caption = (
        f"Parts of misalignment; {numeral(alignment['misalignment'], '.2f')} squared levels in all."
    )
    noise = alignment["corrected"]["noise"]
    notes = () if noise is None else (f"Rater noise is {numeral(noise, '.2f')} squared levels.",)
    return Exhibit(chart=chart, table=table(pd.DataFrame(rows), columns, caption), notes=notes)


def _index_notes(alignment: Mapping[str, Any], labels: Mapping[str, Any]) -> list[str]:
    """Return the uncorrected index, what is withheld, and where raters are few."""
    notes = []
    if alignment["corrected"]["index"] is not None:
        notes.append(f"Before the correction for rater noise: {points(alignment['index'])} of 100.")
    if alignment["cells"]["withheld"]:
        withheld = plural(alignment["cells"]["withheld"], "cell")
        notes.append(f"{start(withheld)} withheld to protect raters, counted as missing.")
    if alignment["corrected"]["index"] is not None and (few := thin(alignment, labels)):
        notes.append(few)
    return notes
