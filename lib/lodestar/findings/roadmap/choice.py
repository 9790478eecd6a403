"""The sentence on what to choose: which investments, for how much, and how far they take you."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.names import months
from lodestar.findings.roadmap.rules import relax_words
from lodestar.findings.roadmap.told import WORKBOOK, apart, by_id, index_words, quoted
from lodestar.findings.words import count, joined, money, plural, start

__all__ = ["broken", "choice", "choice_sentence", "missing", "moved", "proof"]

FIRST = 3
TABLES = ("investments", "effects", "ratings")


def choice(results: Mapping[str, Any]) -> Finding | Absent:
    """Return which investments to make, and how far they take the index."""
    section = results["roadmap"]
    if not section["investments"] or section["index_before"] is None:
        return missing(section, "choice")
    pointers = ["/roadmap/index_before"]
    pointers += ["/roadmap/relax"] if broken(section) else ["/roadmap/chosen"]
    pointers += ["/roadmap/cost", "/roadmap/index_after"] if section["chosen"] else []
    return Finding(
        "roadmap.choice",
        WORKBOOK,
        choice_sentence(results),
        _advice(results),
        (*pointers, "/roadmap/investments"),
        _reading(results),
    )


def missing(section: Mapping[str, Any], slot: str) -> Absent:
    """Return a slot without an answer, with the reason the section gives."""
    reason = str(section["chosen_reason"])
    known = section["investments"] and section["index_before"] is not None
    return Absent(f"roadmap.{slot}", WORKBOOK, reason, () if known else TABLES)


def broken(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the fewest rules that would have to give way; none where a plan exists."""
    found: list[dict[str, Any]] = section.get("relax") or []
    return found


def choice_sentence(results: Mapping[str, Any]) -> str:
    """Return what to choose in words, true whether or not there is a plan."""
    section = results["roadmap"]
    many, total = len(section["chosen"]), len(section["investments"])
    if broken(section):
        rules = plural(len(broken(section)), "rule")
        return f"No plan keeps every rule you set: {rules} would have to give way"
    if not many:
        before = index_words(section["index_before"])
        return (
            f"Of {plural(total, 'planned investment')}, none that your rules allow brings you "
            f"closer to the chosen level; the index stays at {before}"
        )
    who = start(f"{count(many)} of {plural(total, 'planned investment')}")
    moves = moved(section, *(("takes", "leaves") if many == 1 else ("take", "leave")))
    cost = money(section["cost"], results["currency"])
    return f"{who} {moves} in {months(section['horizon_months'])}, for {cost}"


def moved(section: Mapping[str, Any], takes: str = "take", leaves: str = "leave") -> str:
    """Return where a plan takes the index, with the band at its end where one is known.

    Examples
    --------
    >>> moved({"index_before": 58.0, "index_after": 66.2})
    'take the alignment index from 58 to 66'
    """
    before, after = section["index_before"], section["index_after"]
    decimals = apart(before, after)
    now, then = index_words(before, decimals), index_words(after, decimals)
    band = _band(section, decimals)
    if now == then:
        return f"{leaves} the alignment index at {now}{band}"
    return f"{takes} the alignment index from {now} to {then}{band}"


def _band(section: Mapping[str, Any], decimals: int) -> str:
    """Return the band at the end of the path in brackets; nothing without a path."""
    if not section.get("path"):
        return ""
    last = section["path"][-1]
    return f" ({index_words(last['low'], decimals)} to {index_words(last['high'], decimals)})"


def _advice(results: Mapping[str, Any]) -> str:
    """Return what to decide: the rule to relax, the largest gains, or other ideas."""
    section = results["roadmap"]
    if broken(section):
        return f"The smallest way out: {joined(relax_words(results))}."
    if not section["chosen"]:
        return "Look for investments that act where the gaps weigh most; page 04 names them."
    if section["index_after"] < section["index_before"]:
        return "What must be done takes you away from the chosen level: ask again why it must."
    gain = {key: row["gain_alone"] for key, row in by_id(section).items()}
    best = sorted(section["chosen"], key=lambda key: (-gain[key], key))
    gains = [key for key in best if gain[key] > 0][:FIRST]
    if not gains:
        return "None of them gains by itself: decide the plan as a whole, or not at all."
    told = joined([quoted(results, key) for key in gains])
    adds = "it adds" if len(gains) == 1 else "they add"
    return f"Decide {told} first: of all in the plan, {adds} most when taken alone."


def _reading(results: Mapping[str, Any]) -> str:
    """Return what the bars show, and whether the plan is proven."""
    section = results["roadmap"]
    if broken(section):
        return "Rules are what must be done, budgets, capacity, order and exclusions."
    text = (
        "Points that each investment’s whole expected effect would add to today’s index (0–100), "
        "by itself. Dark: in the plan; light: left out; red: harms. Blocked: "
        "half or more of the rise rests on what is too low."
    )
    if section["chosen"]:
        text += " In brackets: 95 % band of what the promises may bring."
    return f"{text} {proof(section)}".rstrip()


def proof(section: Mapping[str, Any]) -> str:
    """Return how sure it is that no better plan exists."""
    if section["optimal"] is None:
        return ""
    if section["optimal"]:
        return "No allowed plan does better (proven)."
    return (
        "The search stopped before proving that no plan does better: misalignment could be up "
        f"to {100 * section['gap']:.2g} % less."
    )
