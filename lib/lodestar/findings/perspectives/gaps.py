"""Sentences on gaps between groups: who differs most, on what, and how certain it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.perspectives.names import (
    WORKBOOK,
    first_name,
    group_name,
    mark,
    scale_name,
)
from lodestar.findings.words import between, plural
from lodestar.schema.numerals import numeral, written

__all__ = ["credible", "gap", "high_low", "holds", "means", "oriented", "shown_gaps"]

SLOT = "perspectives.gap"
CERTAIN = 0.05
PERMUTATIONS = 10_000


def shown_gaps(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the gaps with numbers, each with its place in results, the widest first."""
    rows = results["perspectives"]["gaps"]
    found = [{**row, "place": i} for i, row in enumerate(rows) if row["delta"] is not None]
    return sorted(found, key=lambda row: (-abs(row["delta"]), row["place"]))


def credible(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the gaps that hold after correction for all comparisons, the widest first."""
    return [row for row in shown_gaps(results) if holds(row)]


def holds(row: Mapping[str, Any]) -> bool:
    """Tell whether a comparison holds at 5 % after correction (its ``q``, refined) for all."""
    return round(float(row.get("q_refined", row["q"])), 9) <= CERTAIN


def means(results: Mapping[str, Any]) -> dict[tuple[str, str], float]:
    """Return the published mean of each scale and group."""
    rows = results["perspectives"]["scales"]
    return {(r["scale"], r["group"]): r["mean"] for r in rows if r["mean"] is not None}


def gap(results: Mapping[str, Any]) -> Finding | Absent:
    """Return which two groups differ most, and where."""
    rows = shown_gaps(results)
    if not rows:
        reason = results["perspectives"].get("gaps_reason") or (
            "No two groups are large enough to be compared without giving answers away."
        )
        return Absent(SLOT, WORKBOOK, reason, ("respondents", "responses"))
    held = credible(results)
    told = _most_apart(held) if held else rows[:1]
    headline = _apart(results, told) if held else _uncertain(results, rows[0])
    advice = (
        "Bring both groups to one table on this subject, each with a recent case, before anybody "
        "proposes a solution."
        if held
        else "Treat differences between groups as questions to ask, not as facts to act on."
    )
    pointers = tuple(f"/perspectives/gaps/{row['place']}" for row in told)
    reading = _reading(results, len(held))
    if not told[0]["same_items"]:
        reading += " The two groups were asked different questions on the same subjects."
    return Finding(SLOT, WORKBOOK, headline, advice, pointers, reading)


def _most_apart(held: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the gaps of the pair that differs on most subjects, the widest first."""
    counts = Counter((row["group_a"], row["group_b"]) for row in held)
    widest = {(row["group_a"], row["group_b"]): abs(row["delta"]) for row in reversed(held)}
    pair = max(sorted(counts), key=lambda key: (counts[key], widest[key]))
    return [row for row in held if (row["group_a"], row["group_b"]) == pair]


def _apart(results: Mapping[str, Any], told: list[dict[str, Any]]) -> str:
    """Return the pair, on how many subjects it differs, and the widest."""
    labels, row = results["labels"], told[0]
    high, low = high_low(row)
    marks = means(results)
    subject = scale_name(labels, row["scale"])
    where = f"on {plural(len(told), 'subject')}" if len(told) > 1 else "on one subject"
    return (
        f"{first_name(labels, high)} and {group_name(labels, low)} differ {where}, most on "
        f"{subject}: {mark(marks[row['scale'], high])} against {mark(marks[row['scale'], low])} "
        f"of 5 ({_size(row)})"
    )


def _uncertain(results: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return the widest gap, said to be uncertain."""
    labels = results["labels"]
    high, low = high_low(row)
    return (
        f"No gap is certain among {plural(results['perspectives']['compared'], 'comparison')}; the "
        f"widest is {group_name(labels, high)} above {group_name(labels, low)} on "
        f"{scale_name(labels, row['scale'])} ({_size(row)})"
    )


def high_low(row: Mapping[str, Any]) -> tuple[str, str]:
    """Return the group that sees more, then the one that sees less."""
    pair = row["group_a"], row["group_b"]
    return pair if row["delta"] >= 0 else (pair[1], pair[0])


def oriented(row: Mapping[str, Any]) -> tuple[float, float, float]:
    """Return delta and its interval as the group that sees more against the other.

    Examples
    --------
    >>> oriented({"delta": -0.5, "low": -0.7, "high": -0.2})
    (0.5, 0.2, 0.7)
    """
    if row["delta"] >= 0:
        return row["delta"], row["low"], row["high"]
    return -row["delta"], -row["high"], -row["low"]


def _size(row: Mapping[str, Any]) -> str:
    """Return how far apart two groups are, with the interval."""
    delta, low, high = oriented(row)
    return f"delta {numeral(delta, '.2f')}, {between(low, high, 2)}"


def _reading(results: Mapping[str, Any], held: int) -> str:
    """Return what delta means, what the band covers, and what was corrected for."""
    compared = results["perspectives"]["compared"]
    text = (
        "Delta: of all pairs of one person from each group, the share in which the first-named "
        "rates higher less the share in which the other does (1 = always); band = 95 % interval. "
        f"{numeral(held, ',')} of {numeral(compared, ',')} comparisons hold at 5 % after "
        "Holm's correction for all."
    )
    if more := results["perspectives"].get("refined_permutations"):
        text += (
            f" Those that none of {written('10,000')} random re-labellings reached were put to "
            f"{numeral(more, ',')}."
        )
    elif round(compared / (PERMUTATIONS + 1), 9) > CERTAIN:
        text += f" With so many, {written('10,000')} permutations cannot make any gap certain."
    return text
