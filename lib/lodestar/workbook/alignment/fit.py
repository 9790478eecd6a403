"""Which level's profile today's work fits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.alignment import distance_curve
from lodestar.findings.alignment.fit import least_distance
from lodestar.findings.words import level
from lodestar.schema.numerals import numeral, written
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["built_for"]


def built_for(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``alignment.built_for``: distance to every level's profile."""
    alignment = results["alignment"]
    if alignment["built_for"] is None:
        return Exhibit()
    curve, near = pd.DataFrame(alignment["built_for_curve"]), alignment["built_for_nearly"]
    built, least = alignment["built_for"], least_distance(alignment)
    marks = pd.DataFrame(
        [
            {"kind": "present", "level": built, "distance": least, "label": "Fits today"},
            {
                "kind": "chosen",
                "level": alignment["chosen"],
                "distance": alignment["distance"],
                "label": "Chosen",
            },
        ]
    )
    said = (
        f"Level {level(built)} fits best, {numeral(least, '.1f')} levels off; the chosen level "
        f"{level(alignment['chosen'])} is {numeral(alignment['distance'], '.1f')} off. "
        "Distance from each "
        "level’s profile."
    )
    whole = curve[(curve["level"] * 2).round(6) % 1 == 0]
    columns = [Column("level", "Level", "number"), Column("distance", "Distance", "precise")]
    return Exhibit(
        chart=distance_curve(curve, marks, (near["low"], near["high"]), said),
        table=table(whole, columns, "Distance in levels from each level’s target profile."),
        notes=(
            f"Circle: fits best; square: chosen. Shaded: within {written('0.05')} of a level "
            "of the best.",
        ),
    )
