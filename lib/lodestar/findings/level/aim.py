"""Sentences on the chosen level: does it over-shoot or under-shoot what the market asks for?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.level.standing import WORKBOOK
from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import quoted, side, span, steps
from lodestar.findings.words import joined, level, money, named, percent, plural

__all__ = ["aim_sentence", "consequence"]

HALF_PERCENT = 0.005


def aim_sentence(levels: Mapping[str, Any]) -> str:
    """Return where the chosen level stands against the required one; empty when unknown."""
    said = _headline(levels)
    return f"{said}." if said else ""


def consequence(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``level.consequence``: what follows from the level that was chosen."""
    levels = results["level"]
    if levels["consequence"]["stance"] is None:
        reason = str(levels["consequence"]["stance_reason"])
        tables = () if levels["chosen"] is None else ("context",)
        return Absent("level.consequence", WORKBOOK, reason, tables)
    evidence = (
        "/level/chosen",
        "/level/consequence",
        "/level/distances/chosen_minus_required",
        "/level/distances/chosen_minus_present",
    )
    return Finding(
        "level.consequence",
        WORKBOOK,
        _headline(levels),
        _advice(levels, results["labels"], str(results["currency"])),
        evidence,
        _reading(levels["consequence"]["last_level"]),
    )


def _reading(last: Mapping[str, Any]) -> str:
    """Return marks and units, and how much of the cost is known."""
    said = "Square = target of the dimension at the chosen level, dot = where you stand; levels 1–5"
    if not last["cost_year"]:
        return f"{said}."
    return f"{said}; upkeep is known for {last['cells']} of the {last['rising']} cells that rise."


def _headline(levels: Mapping[str, Any]) -> str:
    """Return the stance as a sentence without a full stop."""
    stance, chosen = levels["consequence"]["stance"], levels["chosen"]
    if stance is None:
        return ""
    asked, range_ = level(levels["required"]["estimate"]), span(levels["required"])
    aim = f"The level you chose, {level(chosen)},"
    if stance == "within":
        return f"{aim} lies in the range your market asks for, {asked}{range_}"
    below = levels["consequence"]["share_below"]
    verb, said = (
        f"{_just(levels, 'high')}over-shoots",
        f"{percent(below)} of resamples ask for less",
    )
    if stance == "below":
        verb = f"{_just(levels, 'low')}falls short of"
        said = f"{percent(1 - below)} of resamples ask for more"
    return f"{aim} {verb} the {asked} your market asks for{range_}; {said}"


def _just(levels: Mapping[str, Any], end: str) -> str:
    """Return "just" where the chosen level and the end of the range read alike."""
    close = levels["required"][end] is not None
    return "just " if close and level(levels["required"][end]) == level(levels["chosen"]) else ""


def _advice(levels: Mapping[str, Any], labels: Mapping[str, Any], currency: str) -> str:
    """Return what to do about it, with what it costs where that is known."""
    found, asked = levels["consequence"], level(levels["required"]["estimate"])
    way = levels["distances"]["chosen_minus_present"]
    if found["stance"] == "above":
        extra = steps(levels["distances"]["chosen_minus_required"]["estimate"])
        return (
            f"Aim for about {asked}, or say what the extra {extra} must return: "
            f"{_held(found, currency)} {_way(way, level(levels['chosen']))}"
        )
    if found["stance"] == "below":
        return (
            f"Raise the aim towards {asked}, or name the customers you are ready to serve less "
            f"well than they ask.{_undone(found['undershoot'], labels)}"
        )
    return f"Keep the level; {_remaining(way)}{_returned(found['last_level'], currency)}"


def _way(apart: Mapping[str, Any], chosen: str) -> str:
    """Return how far the chosen level is from how you work, in a sentence of its own."""
    where, far = side(apart), steps(apart["estimate"] or 0)
    if where is None:
        return f"Rate your capabilities to see how far {chosen} is."
    if where == "level":
        return f"You already work at about {chosen}."
    if where == "above":
        return f"Level {chosen} is {far}{span(apart)} above how you work."
    return f"You already work {far} above it."


def _held(found: Mapping[str, Any], currency: str) -> str:
    """Return what the part above the market costs to hold, and what pays for it."""
    cost, last = found["overshoot"]["cost_year"], found["last_level"]
    if not cost:
        return "the table `upkeep` would say what holding it costs."
    held = f"holding the difference costs {money(cost, currency)} a year"
    if last["cost_year"] is None:
        return f"{held}."
    if round(cost) == round(last["cost_year"]):
        return (
            f"{held}, so it must bring at least that much more contribution a year"
            f"{_share(last)} to break even."
        )
    return f"{held}.{_returned(last, currency)}"


def _returned(last: Mapping[str, Any], currency: str) -> str:
    """Return what the last level chosen would have to bring; empty when it is not costed."""
    if not last["cost_year"]:
        return ""
    return (
        f" Its last step, from {level(last['from'])} to {level(last['to'])}, must bring at least "
        f"{money(last['cost_year'], currency)} more contribution a year{_share(last)} to break "
        "even."
    )


def _share(last: Mapping[str, Any]) -> str:
    """Return a cost as a share of revenue; empty when revenue is not known."""
    share = last["share_of_revenue"]
    if share is None:
        return ""
    said = percent(share) if share >= HALF_PERCENT else "less than 1 %"
    return f", {said} of yearly revenue,"


def _undone(undershoot: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return what stays undone below what the market asks for; empty when nothing does."""
    if not undershoot["top"]:
        return ""
    names = [quoted(named(labels["capability"], row["capability"])) for row in undershoot["top"]]
    cells = plural(undershoot["cells"], "cell")
    return f" Left undone in {cells}, most of all in {joined(names)}."


def _remaining(apart: Mapping[str, Any]) -> str:
    """Return what lies between how you work and the chosen level."""
    where = side(apart)
    if where is None:
        return "rate your capabilities to see how far it is."
    if where == "level":
        return "you are there, so spend on evenness across functions."
    if where == "above":
        return f"what is left to do is {steps(apart['estimate'])}{span(apart)}."
    return f"you work {steps(apart['estimate'])} above it, so ask what that earns."
