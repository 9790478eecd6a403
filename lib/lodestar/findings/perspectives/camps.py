"""Sentences on camps: whether employees part into groups that no chart of functions shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.perspectives.names import WORKBOOK, mark, scale_name
from lodestar.findings.spans import quoted
from lodestar.findings.words import count, joined
from lodestar.schema.numerals import numeral

__all__ = ["camps", "disputed"]

SLOT = "perspectives.camps"
CERTAIN, STRONG = 0.05, 0.3


def disputed(results: Mapping[str, Any]) -> list[tuple[str, dict[int, float]]]:
    """Return each subject with the camps' means that may be shown, the most disputed first."""
    found: dict[str, dict[int, float]] = {}
    for row in results["perspectives"]["camps"]["subjects"]:
        means = found.setdefault(row["scale"], {})
        if row["mean"] is not None:
            means[row["camp"]] = row["mean"]
    return sorted(found.items(), key=lambda item: -round(_range(item[1]), 9))


def camps(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the camps and what parts them, or that employees are one camp."""
    section = results["perspectives"]["camps"]
    if section["p"] is None:
        return Absent(SLOT, WORKBOOK, section["items_reason"], ("respondents", "responses"))
    if not section["items"]:
        return _one(section)
    reading = (
        "Camps: employees whose answers are alike, found from the answers alone (Ward's method), "
        f"clearer than chance (p {numeral(section['p'], '.2f')}) and found again among "
        "resampled people. "
        "Means 1–5; nobody's camp is known to us or shown."
    )
    pointers = ("/perspectives/camps/items", "/perspectives/camps/subjects")
    return Finding(SLOT, WORKBOOK, _apart(results), _advice(section), pointers, reading)


def _one(section: Mapping[str, Any]) -> Finding:
    """Return that there are no camps."""
    clear = section["p"] <= CERTAIN
    why = (
        "the groups one could make of their answers do not come back among resampled people"
        if clear
        else "their answers do not part into groups more clearly than chance would "
        f"(p {numeral(section['p'], '.2f')})"
    )
    return Finding(
        SLOT,
        WORKBOOK,
        f"Employees are one camp: {why}",
        "Do not look for factions; where employees differ, they differ by degrees. Work on the "
        "differences between groups above.",
        ("/perspectives/camps/p",),
        "Sought among employees with at least half of the answers (Ward's method, two to four "
        "groups), against shuffled answers and against people who merely mark high or low.",
    )


def _apart(results: Mapping[str, Any]) -> str:
    """Return how many camps there are, how large, and what parts them most."""
    section = results["perspectives"]["camps"]
    sizes = joined([str(row["n"]) for row in section["items"]])
    head = f"Employees fall into {count(len(section['items']))} camps of {sizes} people"
    told = disputed(results)
    if not told or len(told[0][1]) < 2:
        return f"{head}; on what they differ cannot be shown without giving answers away"
    scale, means = told[0]
    subject = quoted(scale_name(results["labels"], scale))
    marks = " against ".join(mark(means[camp]) for camp in sorted(means))
    return f"{head}, most apart on {subject}: {marks} of 5"


def _advice(section: Mapping[str, Any]) -> str:
    """Return what to do, by whether camps go with functions."""
    if section["association"] is None:
        return "Let people from both ends bring a case each; do not ask who belongs where."
    along = section["association_p"] <= CERTAIN and section["association"] >= STRONG
    said = f"association with function {numeral(section['association'], '.1f')} of 1"
    if along:
        return f"The camps follow functions ({said}): settle it between those functions."
    return (
        f"The camps cut across functions ({said}): no head of function can settle this alone. "
        "Bring people from both ends together by site, shift or task, each with a case."
    )


def _range(means: Mapping[int, float]) -> float:
    """Return how far apart the camps are on a subject."""
    return max(means.values()) - min(means.values()) if len(means) > 1 else 0.0
