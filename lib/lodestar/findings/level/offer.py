"""Sentences on what the offer alone asks for, and how far the market moves that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.level.standing import WORKBOOK
from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import SAME, quoted, span, steps
from lodestar.findings.words import level, named, percent, signed

__all__ = ["RULES", "market_moves", "offer"]

RULES = {
    "shift_cap": "The market pulls further, but the formula bounds its shift at {shift}.",
    "ladder_end": "Offer and market together pass the end of the ladder.",
    "weak_competition_cap": (
        "Weak competition with thin margins caps the level: coordination would not be earned back."
    ),
    "parity_floor": "Rivals organised by customer set a floor: the level is parity with them.",
}
"""What each bound or rule does where it changes the level."""

AUTHOR = "Galbraith"
AXES = (
    "The axes are Galbraith’s (2005). We have not read his cut-offs between levels: the lines are "
    "ours."
)


def offer(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``level.offer``: the client between scale and integration, and the way on."""
    asked, labels = results["level"]["required"], results["labels"]
    place = asked["offer"]
    if place["sum"] is None:
        tables = ("context",) if place["scale"]["factor"] else ()
        return Absent("level.offer", WORKBOOK, str(place["sum_reason"]), tables)
    base = place["base"]
    return Finding(
        "level.offer",
        WORKBOOK,
        f"Your offer alone asks for level {level(base['estimate'])}{span(base)}; "
        f"{market_moves(asked)}",
        f"{_scores(place, labels)} {_rules(asked['parts'])}"
        "Look again when offers are added, bundled or dropped.",
        ("/level/required/offer", "/level/required/parts"),
        _reading(asked),
    )


def market_moves(asked: Mapping[str, Any]) -> str:
    """Return how far the market moves the level from what the offer asks for."""
    parts = asked["parts"]
    if parts["level"] is None:
        return "too few factors are scored to tell how far the market moves it"
    to = level(parts["level"])
    if parts["rules"]:
        return (
            f"the market ({signed(parts['shift'], 1)}) and the bounds of the formula make it {to}"
        )
    if abs(parts["shift"]) < SAME:
        return "the market leaves it there"
    verb = "raises" if parts["shift"] > 0 else "lowers"
    return f"the market {verb} it by {steps(parts['shift'])} to {to}"


def _scores(place: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return the score on both axes and their sum."""
    said = [
        f"{level(axis['score'])} on {quoted(named(labels['factor'], axis['factor']))}"
        for axis in (place["scale"], place["integration"])
    ]
    return f"You score {' and '.join(said)}, {level(place['sum'])} of 10 together."


def _rules(parts: Mapping[str, Any]) -> str:
    """Return what bounds and rules change, a sentence each."""
    if parts["level"] is None:
        return ""
    shift = level(abs(parts["shift"]))
    return "".join(f"{RULES[rule].format(shift=shift)} " for rule in parts["rules"])


def _reading(asked: Mapping[str, Any]) -> str:
    """Return how to read the picture, and whose its lines are."""
    place = asked["offer"]
    shares = place["base"]["distribution"]
    most = max(sorted(shares), key=lambda k: shares[k])
    box = (
        "box = 80 % range, raters drawn anew"
        if place["scale"]["low"] is not None and place["integration"]["low"] is not None
        else "no range, since too few raters can be compared"
    )
    sources = {row["factor"]: row["source"] for row in asked["factors"]}
    theirs = all(AUTHOR in sources[place[axis]["factor"]] for axis in ("scale", "integration"))
    return (
        f"Scores 1–5; diamond = mean over raters, {box}. Lines part the whole levels that the "
        f"offer alone asks for: level {most} in {percent(shares[most])} of resamples of raters "
        f"and weights. {AXES if theirs else 'The lines are ours.'}"
    )
