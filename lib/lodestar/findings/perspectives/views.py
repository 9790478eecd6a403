"""Sentences on what each kind of person sees, over all subjects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.perspectives.names import WORKBOOK, first_name, group_name, mark
from lodestar.findings.words import plural

__all__ = ["averages", "seen"]

SLOT = "perspectives.views"
NEAR = 0.5


def seen(results: Mapping[str, Any]) -> Finding | Absent:
    """Return which kind of person sees the highest level, and which the lowest."""
    section = results["perspectives"]
    if not section["scales"]:
        reason = section["scales_reason"]
        return Absent(SLOT, WORKBOOK, reason, ("respondents", "responses"))
    means = averages(results)
    if not means:
        reason = "No group is large enough to be shown without giving single answers away."
        return Absent(SLOT, WORKBOOK, reason, ("respondents", "responses"))
    return Finding(
        SLOT,
        WORKBOOK,
        _headline(results, means),
        _advice(means),
        ("/perspectives/scales",),
        _reading(section["scales"]),
    )


def averages(results: Mapping[str, Any]) -> dict[str, float]:
    """Return each stakeholder group's mean over the subjects it was asked about, highest first."""
    found: dict[str, list[float]] = {}
    for row in results["perspectives"]["scales"]:
        whole = row["kind"] == "stakeholder" and row["scale"].endswith(".level")
        if whole and row["mean"] is not None:
            found.setdefault(row["group"], []).append(row["mean"])
    means = {group: sum(values) / len(values) for group, values in found.items()}
    return dict(sorted(means.items(), key=lambda item: (-item[1], item[0])))


def _headline(results: Mapping[str, Any], means: Mapping[str, float]) -> str:
    """Return highest against lowest, or the one group there is."""
    labels, groups = results["labels"], list(means)
    top, bottom = groups[0], groups[-1]
    if top == bottom:
        return f"{first_name(labels, top)} see {mark(means[top])} of 5 on average"
    if means[top] - means[bottom] < NEAR:
        return (
            f"Nobody's view is far from anybody else's: from {mark(means[bottom])} "
            f"({group_name(labels, bottom)}) to {mark(means[top])} ({group_name(labels, top)})"
        )
    return (
        f"{first_name(labels, top)} see {mark(means[top])} of 5 on average, "
        f"{group_name(labels, bottom)} {mark(means[bottom])}"
    )


def _advice(means: Mapping[str, float]) -> str:
    """Return what to make of it, by how far apart the views are."""
    values = list(means.values())
    if len(values) == 1:
        return "Ask another group the same questions: one view alone shows no blind spot."
    if values[0] - values[-1] < NEAR:
        return "You start from a shared picture; look for differences within functions instead."
    return (
        "Begin with those who see least and ask them for cases. Do not average the views: each is "
        "taken from a different place."
    )


def _reading(scales: list[dict[str, Any]]) -> str:
    """Return scale, counts, and what may not be shown."""
    counts = [row["n"] for row in scales if row["n"] is not None]
    text = "Mean answer 1–5; higher is closer to the top of the ladder."
    if counts:
        text += f" {int(min(counts))} to {int(max(counts))} persons a mark."
    hidden = sum(row["suppressed"] for row in scales)
    if hidden:
        verb = "is" if hidden == 1 else "are"
        text += f" {plural(hidden, 'mark').capitalize()} {verb} not shown, to protect answers."
    return text
