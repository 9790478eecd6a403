"""Sentences on how one conflict comes about: its path, and how far it can be relied on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.conflicts.pairs_words import TABLES, WORKBOOK, nothing, standing
from lodestar.findings.conflicts.review_words import verdict_sentence
from lodestar.findings.conflicts.told import EVIDENCE_WORDS, VERDICT_WORDS, counter, told
from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import percent
from lodestar.schema.numerals import numeral

__all__ = ["paths", "reliance"]


def paths(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the worst conflict as a sentence."""
    section = results["conflicts"]
    shown = standing(section)
    if nothing(section):
        return Absent("conflicts.paths", WORKBOOK, section["items_reason"], TABLES)
    if not shown:
        return _untold()
    item = shown[0]
    reading = (
        f"{reliance(results, item)} Dark red: the path; grey: what else touches it. "
        "+ rises together, − falls as the other rises. Effects are summed over walks of up to "
        "five links."
    )
    pointer = f"/conflicts/items/{section['items'].index(item)}"
    return Finding(
        "conflicts.paths", WORKBOOK, told(results, item), _path_advice(item), (pointer,), reading
    )


def reliance(results: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    """Return how severe a conflict is and how far it can be relied on, in a few sentences.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    item : mapping
        An entry of ``conflicts.items``.
    """
    evidence = EVIDENCE_WORDS[item["evidence"]]
    said = [
        f"Severity {numeral(item['severity'], '.2f')}; the weakest link of its path is {evidence}; "
        f"{VERDICT_WORDS[item['measured']]}.",
        _other_way(results, item),
        _holds(results, item),
    ]
    return " ".join(sentence for sentence in said if sentence)


def _other_way(results: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    if item["sign"] == "undecided":
        return "Whether another path works the other way is undecided: the search was too long."
    if item["sign"] == "loop-only":
        return "A loop works the other way."
    if item["sign"] != "mixed":
        return ""
    other = counter(results, item)
    path = f": {other}" if other else ""
    return f"Another path works the other way{path}. {_left(item)}"


def _left(item: Mapping[str, Any]) -> str:
    """How much of the effect works as told, where another path works the other way."""
    if item["determinacy"] >= 1:
        return "It has more than five links, so the net effect leaves it out."
    return f"{percent((1 + item['determinacy']) / 2)} of the effect works the way told."


def _holds(results: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    """How often the sign holds where strengths are only roughly known; silent where it must."""
    share = item.get("sign_share")
    if share is None or item["determinacy"] is None or item["determinacy"] >= 1:
        return ""
    draws = results["conflicts"]["sign_draws"]["draws"]
    return (
        f"The sign holds in {percent(share)} of {draws} draws, each link as uncertain as its "
        "evidence."
    )


def _untold() -> Finding:
    """Words where no conflict is clear: none at all, or contested and conditional ones only."""
    return Finding(
        "conflicts.paths",
        WORKBOOK,
        "No conflict between two functions is clear enough to be told as a path",
        "Keep the map current: a new measure or link can open one.",
        ("/conflicts/items_total", "/conflicts/contested", "/conflicts/conditional"),
    )


def _path_advice(item: Mapping[str, Any]) -> str:
    if item.get("review"):
        return verdict_sentence(item)
    if item["measured"] == "contradicted":
        return "Your history points the other way: check the links of this path before acting."
    if item["evidence"] in ("stated", "assumed"):
        return "Its weakest link is told, not observed: look at ten cases before changing pay."
    if item["function_b"] is None:
        return "Read this path aloud with customers’ own words beside it; then agree on a repair."
    return "Ask both functions to read this path aloud together; then agree on one of the repairs."
