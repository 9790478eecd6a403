"""Sentences on agreement within groups: whether a mean describes anybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.perspectives.names import WORKBOOK, group_name, mark, scale_name
from lodestar.findings.words import between, percent
from lodestar.schema.numerals import numeral

__all__ = ["USUAL", "agreement", "agreements"]

SLOT = "perspectives.agreement"
USUAL = 0.7
NOTABLE = 0.1


def agreements(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the views whose agreement is known, each with its place, the weakest first."""
    rows = results["perspectives"]["scales"]
    found = [
        {**row, "place": i}
        for i, row in enumerate(rows)
        if row["rwg"] is not None and row["scale"].endswith(".level")
    ]
    return sorted(found, key=lambda row: (round(row["rwg"], 9), row["place"]))


def agreement(results: Mapping[str, Any]) -> Finding | Absent:
    """Return where people within a group disagree, and whether functions explain it."""
    rows = agreements(results)
    if not rows:
        reason = results["perspectives"].get("scales_reason") or (
            "No group is large enough to tell how far its people agree."
        )
        return Absent(SLOT, WORKBOOK, reason, ("respondents", "responses"))
    weakest, split = rows[0], _split(rows)
    pointers = [f"/perspectives/scales/{weakest['place']}"]
    pointers += [f"/perspectives/scales/{split['place']}"] if split and split != weakest else []
    reading = (
        "Agreement rwg(J) 0–1: 1 = all answer alike, 0 = as scattered as chance; "
        f"{numeral(0.7)} is a common convention, no law.{_scatter(weakest)}"
    )
    return Finding(
        SLOT,
        WORKBOOK,
        _headline(results, rows),
        _advice(results, weakest, split),
        tuple(pointers),
        reading,
    )


def _headline(results: Mapping[str, Any], rows: list[dict[str, Any]]) -> str:
    """Return the weakest agreement and how many fall under the convention."""
    labels, weakest = results["labels"], rows[0]
    below = sum(round(row["rwg"], 9) < USUAL for row in rows)
    who = group_name(labels, weakest["group"])
    where = f"{who} on {scale_name(labels, weakest['scale'])}"
    if not below:
        return (
            f"People within groups largely agree; least so {where}: "
            f"{numeral(weakest['rwg'], '.2f')} of 1"
        )
    return (
        f"Agreement is weakest among {where}: {numeral(weakest['rwg'], '.2f')} of 1; "
        f"{below} of {len(rows)} views fall below {numeral(USUAL)}"
    )


def _scatter(weakest: Mapping[str, Any]) -> str:
    """Return the weakest view in steps of the answer scale, with its mean and interval."""
    if weakest.get("ad_mean") is None:
        return ""
    return (
        f" In the weakest view answers lie {numeral(weakest['ad_mean'], '.1f')} steps of the "
        "1–5 scale from "
        f"their mean on average; the mean is {mark(weakest['mean'])}, 95 % interval "
        f"{between(weakest['low'], weakest['high'])}."
    )


def _split(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the whole group whose view differs most between functions, if any is known."""
    known = [row for row in rows if row["kind"] == "stakeholder" and row["icc1"] is not None]
    return max(known, key=lambda row: (row["icc1"], -row["place"]), default=None)


def _advice(
    results: Mapping[str, Any], weakest: Mapping[str, Any], split: Mapping[str, Any] | None
) -> str:
    """Return what disagreement asks for, and where functions explain it."""
    labels = results["labels"]
    if round(weakest["rwg"], 9) >= USUAL:
        text = "Means may be read as what a group thinks."
    else:
        text = "Where a group disagrees its mean describes nobody: ask for cases from both ends."
    if split is None:
        return text
    if split["icc1"] < NOTABLE:
        return f"{text} Differences hardly follow functions; look at sites, shifts or tasks."
    return (
        f"{text} On {scale_name(labels, split['scale'])}, {percent(split['icc1'])} of the "
        f"differences among {group_name(labels, split['group'])} go with their function."
    )
