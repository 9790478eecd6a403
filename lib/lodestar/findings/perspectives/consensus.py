"""Sentences on consensus between groups: who stands furthest from whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.perspectives.gaps import holds
from lodestar.findings.perspectives.names import WORKBOOK, first_name, group_name
from lodestar.findings.words import between, count, plural
from lodestar.schema.numerals import numeral, written

__all__ = ["consensus", "shown_pairs"]

SLOT = "perspectives.consensus"
ALIKE, UNLIKE = 0.7, 0.3


def shown_pairs(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return pairs of groups whose distance is known, each with its place, the widest first."""
    rows = results["perspectives"]["consensus"]["pairs"]
    found = [{**row, "place": i} for i, row in enumerate(rows) if row["distance"] is not None]
    return sorted(found, key=lambda row: (-row["distance"], row["place"]))


def consensus(results: Mapping[str, Any]) -> Finding | Absent:
    """Return which two groups stand furthest apart over all subjects."""
    rows = shown_pairs(results)
    if not rows:
        reason = results["perspectives"]["consensus"].get("pairs_reason") or (
            "No two groups are large enough to be compared on three subjects."
        )
        return Absent(SLOT, WORKBOOK, reason, ("respondents", "responses"))
    held = [row for row in rows if holds(row)]
    told = (held or rows)[0]
    return Finding(
        SLOT,
        WORKBOOK,
        _apart(results["labels"], told, bool(held)),
        _advice(told, bool(held)),
        (f"/perspectives/consensus/pairs/{told['place']}",),
        _reading(len(held), len(rows)),
    )


def _apart(labels: Mapping[str, Any], row: Mapping[str, Any], held: bool) -> str:
    """Return the pair and its distance, or that nobody stands apart."""
    size = (
        f"{numeral(row['distance'], '.1f')} points on the scale of 1 to 5, on average over "
        f"{plural(row['subjects'], 'subject')} ({between(row['low'], row['high'])})"
    )
    second = group_name(labels, row["group_b"])
    if held:
        first = first_name(labels, row["group_a"])
        return f"{first} and {second} stand furthest apart: {size}"
    first = group_name(labels, row["group_a"])
    return f"No two groups stand apart beyond chance; the furthest are {first} and {second}: {size}"


def _advice(row: Mapping[str, Any], held: bool) -> str:
    """Return what to do, by whether both order the subjects alike."""
    if not held:
        return "Plan for all groups together; there is no divide to bridge first."
    if row["r"] is None:
        return "Let each hear one case from the other before any plan is discussed."
    if row["r"] >= ALIKE:
        return (
            f"They order the subjects much alike (r {numeral(row['r'], '.2f')}) and mark them "
            "at another "
            "height: they agree on what is weak, not on how weak. Agree on the evidence."
        )
    if row["r"] < UNLIKE:
        return (
            f"They do not order the subjects alike either (r {numeral(row['r'], '.2f')}): let "
            "both name the "
            "weakest subject, with a case each, before any plan is discussed."
        )
    return (
        f"They order the subjects partly alike (r {numeral(row['r'], '.2f')}): begin with a "
        "subject that both "
        "find weak, then take up where they part."
    )


def _reading(held: int, pairs: int) -> str:
    """Return what distance and r mean, and how many pairs hold."""
    return (
        "Distance: root mean square of the differences of means over the subjects both answered, "
        "in points of the 1–5 scale; band = 95 % interval. r: whether both order the subjects "
        f"alike (1 = the same order, −1 = the reverse). {count(held).capitalize()} of "
        f"{plural(pairs, 'pair')} {'holds' if held == 1 else 'hold'} at 5 % after Holm's "
        f"correction ({written('1,999')} relabellings of people)."
    )
