"""Sentences on what the measured series say."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, log10
from typing import Any

from lodestar.findings.conflicts.pairs_words import WORKBOOK, listed
from lodestar.findings.conflicts.told import node
from lodestar.findings.model import Absent, Finding
from lodestar.findings.names import months
from lodestar.findings.words import between, count, joined, percent, plural, signed, start
from lodestar.schema.numerals import numeral

__all__ = ["driven", "measured", "moving", "pair_sentence", "weighed"]

NO_SERIES = "No two measures have 24 months of history in common."
READING = (
    "Month-to-month changes with season and inertia taken out; r −1 to 1 at the strongest lag of "
    "0–6 months; q is the share of false finds to expect among finds as strong, found when {found} "
    "or less. {tested} of {family} pairs that could matter have 24 monthly changes in common. With "
    "{changes}, a correlation under {weakest} cannot be told from none."
)
COMPUTED = 0.98
"""From this correlation on, one measure is most likely computed from the other."""


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
        _reading(history),
    )


def _reading(history: Mapping[str, Any]) -> str:
    """Return how the numbers are made; empty where no pair was tested."""
    if not history["tested"]:
        return ""
    return READING.format(
        found=numeral(0.05),
        tested=history["tested"],
        family=history["family"],
        changes=history["changes"],
        weakest=numeral(history["weakest_r"], ".2f"),
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
        _check(results, found)
        if results["conflicts"]["register"]["rewarded"]
        else "This is history, not pay: say who is paid for which measure, and what drives what, "
        "and this page shows where they collide."
    )
    if found:
        return f"{_moving_together(found, history['tested'])}; {_closest(results, found)}", advice
    if history["tested"]:
        return f"None of {plural(history['tested'], 'pair')} moves together in your history", advice
    return moving(results), advice


def _moving_together(found: list[Any], tested: int) -> str:
    if tested == 1:
        return "The one pair that could be tested moves together in your history"
    move = "moves" if len(found) == 1 else "move"
    return f"{start(count(len(found)))} of {plural(tested, 'pair')} {move} together in your history"


def _closest(results: Mapping[str, Any], found: list[Mapping[str, Any]]) -> str:
    """Return the closest pair in words, of those that are not one figure told twice."""
    apart = [pair for pair in found if abs(pair["r"]) < COMPUTED]
    said = pair_sentence(results, (apart or found)[0])
    return said if apart else f"{said}: so close that one is most likely computed from the other"


def _check(results: Mapping[str, Any], found: list[Mapping[str, Any]]) -> str:
    """Return what to look at in the map."""
    against = [pair for pair in found if pair["verdict"] == "contradicted"]
    new = [pair for pair in found if pair["seen_in"] == "history"]
    if against or new:
        a, b = (_quoted(results, (against or new)[0][end]) for end in ("a", "b"))
        if against:
            return f"Look at {a} and {b} first: the map expects the opposite."
        return f"Look at {a} and {b}: no way in the map joins them; add one, or what drives both."
    if not found:
        return "Keep recording: not found is not disproved, and more months show weaker ties."
    return (
        "Your map holds what was found. What was not found may be there and too weak to show; "
        "more months would tell."
    )


def pair_sentence(results: Mapping[str, Any], pair: Mapping[str, Any]) -> str:
    """Return how one pair moves together, in words, with its interval where one was drawn."""
    falls = "rises" if pair["r"] > 0 else "falls"
    when = f"{months(pair['lag'])} later" if pair["lag"] else "in the same month"
    a, b = _quoted(results, pair["a"]), _quoted(results, pair["b"])
    ends = between(pair["low"], pair["high"], 2) if abs(pair["r"]) < COMPUTED else ""
    r = numeral(pair["r"], ".2f")
    return f"when {a} rises, {b} {falls} {when} (r {r}{', ' + ends if ends else ''})"


def driven(results: Mapping[str, Any]) -> list[str]:
    """Return pairs that move together mostly because a third measure drives both, in words."""
    history = results["conflicts"]["history"]
    told = [
        pair
        for pair in history["pairs"]
        if pair["q"] <= 0.05
        and pair["driver"] is not None
        and abs(pair["r_without_driver"]) < history["weakest_r"]
    ]
    return [
        f"{_quoted(results, pair['a'])} and {_quoted(results, pair['b'])} move together mostly "
        f"because {_quoted(results, pair['driver'])} drives both: r {signed(pair['r'], 2)}, "
        f"without it {signed(pair['r_without_driver'], 2)}."
        for pair in told
    ]


def _quoted(results: Mapping[str, Any], key: str) -> str:
    return f"“{node(results, key)}”"


def moving(results: Mapping[str, Any]) -> str:
    """Return how many measures moved against the way that is wanted, or which moved most."""
    rows = results["conflicts"]["history"]["movements"]
    judged = [row for row in rows if row["wanted"] is not None]
    against = [row for row in judged if not row["wanted"]]
    year = "over the last twelve months"
    if judged and not against:
        moved = "one measure" if len(judged) == 1 else f"{count(len(judged))} measures"
        return start(f"{moved} with a wanted direction moved that way {year}")
    missed = [row for row in against if not row["on_target"]]
    most = max(missed or against or rows, key=lambda r: (abs(round(r["change"], 9)), r["node"]))
    said = _moved(results, most)
    if not against:
        return start(f"{year} {said}")
    counted = f"{count(len(against))} of {plural(len(judged), 'measure')}"
    fine = len(against) - len(missed)
    inside = f"{count(fine)} of them still on target; of the others " if fine and missed else ""
    inside = inside or ("all still on target; " if fine else "")
    return start(f"{counted} moved against the way wanted {year}, {inside}{said}")


def _moved(results: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return which measure moved most, from where to where."""
    size = f"{'+' if row['change'] > 0 else ''}{percent(row['change'])}"
    ends = (_figure(row[end]) for end in ("before_12", "last_12"))
    return f"{_quoted(results, row['node'])} most (from {' to '.join(ends)}, {size})"


def _figure(x: float) -> str:
    """Return a number of any unit in three figures or, from 1,000 on, whole."""
    places = 2 - floor(log10(abs(x))) if x else 0
    return numeral(x, f",.{min(max(places, 0), 6)}f")
