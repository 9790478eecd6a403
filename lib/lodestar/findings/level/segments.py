"""Sentences on segments: do customers of different kinds experience different levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lodestar.findings.level.customers import OWN_MAP
from lodestar.findings.level.standing import WORKBOOK
from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import quoted, span, steps
from lodestar.findings.words import joined, level, points
from lodestar.schema.numerals import written

__all__ = ["SMALL", "column_name", "segment_name", "segments"]

SMALL = 0.25
"""A difference below a quarter of a level rounds to no half level: nothing to plan apart for."""

TABLES = ("respondents", "responses")
TOO_FEW = "Fewer than two segments have enough answers to be shown beside each other."
Row = Mapping[str, Any]


def segments(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``level.segments``: where customers differ, if beyond noise."""
    levels = results["level"]
    if levels["experienced"]["estimate"] is None:
        reason = str(levels["experienced"]["estimate_reason"])
        return Absent("level.segments", WORKBOOK, reason, TABLES)
    if not levels["segments"]:
        return Absent("level.segments", WORKBOOK, str(levels["segments_reason"]), ("respondents",))
    apart = [row for row in levels["segment_differences"] if row["difference"] is not None]
    if not apart:
        return Absent("level.segments", WORKBOOK, TOO_FEW, TABLES)
    headline, advice = _told(levels["segments"], apart)
    pointers = ("/level/segments", "/level/segment_differences", "/level/experienced/estimate")
    return Finding("level.segments", WORKBOOK, headline, advice, pointers, _reading(levels))


def column_name(column: str) -> str:
    """Return a column as a person would write it.

    Examples
    --------
    >>> column_name("boarding_area")
    'boarding area'
    """
    return " ".join(column.replace("_", " ").split())


def segment_name(row: Row) -> str:
    """Return a segment as a page shows it; small ones shown as one are each named.

    Examples
    --------
    >>> segment_name({"segment": "other", "members": ["east", "south"]})
    'east and south, together'
    """
    return f"{joined(row['members'])}, together" if row.get("members") else str(row["segment"])


def _told(rows: Sequence[Row], apart: Sequence[Row]) -> tuple[str, str]:
    """Return headline and advice: the largest clear difference, else that there is none."""
    clear = [row for row in apart if row["exceeds_noise"]]
    most = max(clear or apart, key=lambda row: (row["difference"], row["column"]))
    if clear and most["difference"] >= SMALL:
        return _different(rows, most), (
            f"One number hides this. Ask customers in {quoted(most['lower'])} what they miss "
            "before you set one aim for all."
        )
    said = "is more than noise, but small" if clear else "does not exceed noise"
    return _alike(rows, most, said), _together(apart, small=bool(clear))


def _together(apart: Sequence[Row], small: bool) -> str:
    """Return what to do where levels are about the same, unless recommendation differs."""
    scores = [row for row in apart if row["nps"]["exceeds_noise"]]
    if scores:
        most = max(scores, key=lambda row: (row["nps"]["difference"], row["column"]))["nps"]
        return (
            f"Set one level for all, but ask customers in {quoted(most['lower'])} why their net "
            f"promoter score is {points(most['difference'])} points{span(most, 0)} below that of "
            f"{quoted(most['higher'])}."
        )
    if small:
        return "Plan for all customers together: so small a difference asks for no plan of its own."
    return "Plan for all customers together: no segment stands apart, by level or recommendation."


def _different(rows: Sequence[Row], pair: Row) -> str:
    """Return the clearest pair with both levels."""
    own = {
        row["segment"]: row["experienced"]["estimate"]
        for row in rows
        if row["column"] == pair["column"]
    }
    return (
        f"By {column_name(pair['column'])}, customers in {quoted(pair['higher'])} experience "
        f"{steps(pair['difference'])}{span(pair)} more than those in {quoted(pair['lower'])}: "
        f"{level(own[pair['higher']])} against {level(own[pair['lower']])}, more than noise"
    )


def _alike(rows: Sequence[Row], pair: Row, said: str) -> str:
    """Return that segments experience about the same, with the clearest difference."""
    shown = [row["experienced"]["estimate"] for row in rows]
    known = sorted(x for x in shown if x is not None)
    ends = list(dict.fromkeys([level(known[0]), level(known[-1])]))
    far = steps(pair["difference"]) if pair["difference"] >= 0.05 else "less than 0.1 of a level"
    return (
        f"Segments of your customers experience about the same level, {' to '.join(ends)}: the "
        f"clearest difference, {far}{span(pair)} by {column_name(pair['column'])}, {said}"
    )


def _reading(levels: Row) -> str:
    """Return units, counts, what noise means here, and what is not shown."""
    rows = levels["segments"]
    columns = [quoted(column_name(row["column"])) for row in levels["segment_differences"]]
    own = [row for row in rows if not row.get("members")]
    hidden = sum(row["suppressed"] for row in own)
    shown = f"{len(own) - hidden} of {len(own)} segments shown, split by {joined(columns)}"
    text = (
        f"Mark = level 1–5, band = 80 % interval; {shown}. Every customer counts once; survey "
        f"weights are not used. Noise: {written('2,000')} random re-labellings, 5 %, adjusted "
        "for all pairs and "
        "columns (Holm). A pair picked because it stands out looks larger than it is, so that its "
        "interval may lie off zero where noise would do as well."
    )
    more = [OWN_MAP] if levels["experienced"]["own_map"] else []
    more += ["Segments not shown protect the answers of few."] if hidden else []
    if len(own) < len(rows):
        more.append("Small segments shown as one take no part in the test of differences.")
    return " ".join([text, *more])
