"""Sentences on what the measured series say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.conflicts.pairs_words import WORKBOOK, listed
from lodestar.findings.conflicts.told import node
from lodestar.findings.model import Absent, Finding
from lodestar.findings.names import months
from lodestar.findings.words import count, joined, percent, plural, start

__all__ = ["measured", "moving", "pair_sentence", "weighed"]

NO_SERIES = "No two measures have 24 months of history in common."
READING = (
    "Month-to-month changes with season and inertia taken out; r −1 to 1 at the strongest lag of "
    "0–6 months; q is the share of false finds to expect among finds as strong, found when 0.05 or "
    "less. {tested} of {family} pairs that could matter have 24 months in common."
)


def measured(results: Mapping[str, Any]) -> Finding | Absent:
    """Return whether history agrees with the conflicts of the map, or what it shows without one."""
    history = results["conflicts"]["history"]
    if not history["tested"] and not history["movements"]:
        tables = ("history", "metrics", "links")
        return Absent("conflicts.measured", WORKBOOK, NO_SERIES, tables)
    judged = listed(results["conflicts"])
    headline, advice = _on_conflicts(results) if judged else _alone(results)
    return Finding(
        "conflicts.measured",
        WORKBOOK,
        headline,
        advice,
        ("/conflicts/history/verdicts", "/conflicts/history/tested", "/conflicts/history/family"),
        READING.format(tested=history["tested"], family=history["family"]),
    )


def weighed(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the conflicts that history is asked about: the severe ones, else all clear ones."""
    clear = [item for item in listed(section) if item["kind"] != "measured"]
    return [item for item in clear if item["severe"]] or clear


def _on_conflicts(results: Mapping[str, Any]) -> tuple[str, str]:
    section = results["conflicts"]
    asked = weighed(section)
    verdicts = [item["measured"] for item in asked]
    agrees, against = verdicts.count("confirmed"), verdicts.count("contradicted")
    alone = sum(item["kind"] == "measured" for item in section["items"])
    severe = "severe conflict" if asked and asked[0]["severe"] else "conflict"
    parts = [f"history agrees with {count(agrees) if agrees else 'none'}"]
    parts += [f"speaks against {count(against)}"] if against else []
    rest = len(asked) - agrees - against
    parts += [f"cannot yet tell on {count(rest)}"] if rest else []
    headline = f"Of {plural(len(asked), severe)}, {joined(parts)}"
    if alone:
        more = plural(alone, "conflict")
        headline += f"; it shows {more} that your map does not hold"
    return headline, _advice(asked, against, results)


def _advice(asked: list[dict[str, Any]], against: int, results: Mapping[str, Any]) -> str:
    if against:
        wrong = next(item for item in asked if item["measured"] == "contradicted")
        a, b = node(results, wrong["a"]), node(results, wrong["b"])
        return f"Look at {a} and {b} first: what people tell and what is measured differ."
    silent = sum(item["measured"] in ("none", "too_short") for item in asked)
    if silent:
        return (
            f"{start(plural(silent, 'conflict'))} cannot be checked for want of a series: start "
            "recording both ends each month, two years are enough."
        )
    return "Act on what history agrees with first; not found is not disproved."


def _alone(results: Mapping[str, Any]) -> tuple[str, str]:
    """Words where there is no conflict to judge: what moves together, or how measures moved."""
    history = results["conflicts"]["history"]
    found = [pair for pair in history["pairs"] if pair["q"] <= 0.05]
    advice = (
        "Use it to check the map: what moves together without a link between may need one."
        if results["conflicts"]["register"]["rewarded"]
        else "This is history, not pay: say who is paid for which measure, and what drives what, "
        "and this page shows where they collide."
    )
    if found:
        pairs = plural(len(found), "pair")
        tested = history["tested"]
        move = "moves" if len(found) == 1 else "move"
        closest = pair_sentence(results, found[0])
        return f"{start(pairs)} of {tested} {move} together in your history; {closest}", advice
    if history["tested"]:
        return f"None of {plural(history['tested'], 'pair')} moves together in your history", advice
    return moving(results), advice


def pair_sentence(results: Mapping[str, Any], pair: Mapping[str, Any]) -> str:
    """Return how one pair moves together, in words."""
    falls = "rises" if pair["r"] > 0 else "falls"
    when = f"{months(pair['lag'])} later" if pair["lag"] else "in the same month"
    a, b = node(results, pair["a"]), node(results, pair["b"])
    return f"when {a} rises, {b} {falls} {when} (r {pair['r']:.2f})".replace("-", "−")


def moving(results: Mapping[str, Any]) -> str:
    """Return how many measures moved against the way that is wanted, or which moved most."""
    rows = results["conflicts"]["history"]["movements"]
    judged = [row for row in rows if row["wanted"] is not None]
    against = [row for row in judged if not row["wanted"]]
    year = "over the last twelve months"
    if judged and not against:
        moved = "one measure" if len(judged) == 1 else f"{count(len(judged))} measures"
        return start(f"{moved} with a wanted direction moved that way {year}")
    most = max(against or rows, key=lambda row: (abs(round(row["change"], 9)), row["node"]))
    name = f"“{node(results, most['node'])}”"
    size = f"{'+' if most['change'] > 0 else ''}{percent(most['change'])}"
    if not against:
        return start(f"{year} {name} moved most ({size})")
    counted = f"{count(len(against))} of {plural(len(judged), 'measure')}"
    return start(f"{counted} moved against the way wanted {year}, {name} most ({size})")
