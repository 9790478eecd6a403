"""Sentences on conflicts: how many, the worst, those that reach customers, those in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.conflicts.told import EVIDENCE_WORDS, VERDICT_WORDS, node, told
from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import count, joined, named, plural, start

__all__ = [
    "WORKBOOK",
    "contested",
    "count_sentence",
    "customer",
    "customer_items",
    "listed",
    "nothing",
    "paths",
    "worst",
]

WORKBOOK = "03_metric_conflicts"
TABLES = ("metrics", "outcomes", "nodes", "links")


def worst(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how many conflicts there are, how many are severe and reach customers."""
    section = results["conflicts"]
    if nothing(section):
        return Absent("conflicts.worst", WORKBOOK, section["items_reason"], TABLES)
    severity = (
        "Severity of one conflict, 0–1: share of reward × share of reward (or importance) × effect "
        f"× weight of evidence; severe from {section['threshold']:g}."
    )
    darker = "Darker: more severity between two functions. " if section["functions"] else ""
    reading = f"{darker}{severity}{_apart(section)}"
    return Finding(
        "conflicts.worst",
        WORKBOOK,
        count_sentence(results),
        _advice(results),
        ("/conflicts/items_total", "/conflicts/severe", "/conflicts/severe_reaching_customers"),
        reading,
    )


def nothing(section: Mapping[str, Any]) -> bool:
    """Tell whether there is nothing to look for conflicts in: no pay or no links."""
    register = section["register"]
    return not section["items"] and not (register["rewarded"] and register["links"])


def count_sentence(results: Mapping[str, Any]) -> str:
    """Return how many conflicts there are in one sentence, without its full stop."""
    section = results["conflicts"]
    if not section["items_total"]:
        paid = section["register"]["rewarded"]
        return f"None of your {plural(paid, 'rewarded measure')} pushes against another"
    total = plural(section["items_total"], "conflict")
    if not section["severe"]:
        return f"Your measures hold {total}; none is severe"
    severe = start(plural(section["severe"], "severe conflict"))
    return f"{severe} between your measures; {_reach(section)} the customer"


def paths(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the worst conflict as a sentence."""
    section = results["conflicts"]
    shown = listed(section)
    if nothing(section):
        return Absent("conflicts.paths", WORKBOOK, section["items_reason"], TABLES)
    if not shown:
        return _untold()
    item = shown[0]
    evidence = EVIDENCE_WORDS[item["evidence"]]
    reading = (
        f"Severity {item['severity']:.2f}; the weakest link of its path is {evidence}; "
        f"{VERDICT_WORDS[item['measured']]}. Dark red: the path; grey: what else touches it. "
        "+ rises together, − falls as the other rises. Effects are summed over walks of up to "
        f"five links.{_mixed(item)}"
    )
    pointer = f"/conflicts/items/{section['items'].index(item)}"
    return Finding(
        "conflicts.paths", WORKBOOK, told(results, item), _path_advice(item), (pointer,), reading
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


def customer(results: Mapping[str, Any]) -> Finding | Absent:
    """Return which outcomes for customers rewarded measures lower."""
    section = results["conflicts"]
    if not any(n["kind"] in ("customer", "partner") for n in _outcomes(section)):
        reason = "No outcome for customers or partners is registered."
        return Absent("conflicts.customer", WORKBOOK, reason, ("outcomes", "links"))
    found = customer_items(section)
    if not found:
        headline = "No rewarded measure and no rule lowers what customers get"
        advice = "Keep it so: check each new measure against this map before it is paid for."
        pointers: tuple[str, ...] = ("/conflicts/items_total",)
    else:
        headline, advice = _customer_words(results, found)
        pointers = tuple(f"/conflicts/items/{section['items'].index(i)}" for i in found[:5])
    reading = (
        "The ten worst: severity 0–1, shaded by the weakest evidence on the path (dark: measured); "
        f"the line is the threshold {section['threshold']:g}. A rule counts as severe only where "
        "somebody is paid along its path."
    )
    shown = reading if found else ""
    return Finding("conflicts.customer", WORKBOOK, headline, advice, pointers, shown)


def contested(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the pairs that paths of both signs join with like weight."""
    section = results["conflicts"]
    if nothing(section):
        return Absent("conflicts.contested", WORKBOOK, section["items_reason"], TABLES)
    many = section["contested"]
    reading = "Determinacy: net effect ÷ effect of all walks without their signs; contested < 0.5."
    if not many:
        headline = "No conflict is contested: no effect is outweighed by walks of the other sign"
        advice = "What is called severe here rests on effects that point one way."
    else:
        pairs = "pair of measures is" if many == 1 else "pairs of measures are"
        headline = f"{start(count(many))} {pairs} contested: your map speaks for and against"
        advice = "Settle these by measuring the weaker link before you change any pay for them."
    pointers = ("/conflicts/contested", "/conflicts/items_total")
    return Finding("conflicts.contested", WORKBOOK, headline, advice, pointers, reading)


def listed(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the conflicts that pages list: severe ones first, then the other clear ones."""
    clear = [i for i in section["items"] if not (i["contested"] or i["conditional"])]
    clear = [i for i in clear if i["kind"] != "within" and (i["severe"] or i["kind"] != "policy")]
    return sorted(clear, key=lambda item: not item["severe"])


def customer_items(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the clear conflicts with customers' outcomes, rules included, severe ones first."""
    kinds = [i for i in section["items"] if i["kind"] in ("customer", "policy")]
    clear = [i for i in kinds if not (i["contested"] or i["conditional"])]
    return sorted(clear, key=lambda item: not item["severe"])


def _outcomes(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [n for n in section["register"]["nodes"] if n["group"] == "outcome"]


def _reach(section: Mapping[str, Any]) -> str:
    many = section["severe_reaching_customers"]
    if not many:
        return "none of them reaches"
    if many == section["severe"]:
        return "it reaches" if many == 1 else "all of them reach"
    return f"{plural(many, 'of them', 'of them')} {'reaches' if many == 1 else 'reach'}"


def _apart(section: Mapping[str, Any]) -> str:
    """Return what is counted and shown apart."""
    words = [
        plural(section[key], meaning)
        for key, meaning in (("contested", "contested pair"), ("conditional", "conditional pair"))
        if section[key]
    ]
    inside = sum(item["kind"] == "within" for item in section["items"])
    words += [f"{plural(inside, 'pair')} inside one function"] if inside else []
    return f" Not in the shades: {joined(words)}." if words else ""


def _advice(results: Mapping[str, Any]) -> str:
    section = results["conflicts"]
    changes = section["repairs"]["changes"]
    if not section["severe"]:
        return "No change of pay is called for; look again when a measure or a link changes."
    if not changes:
        return "No allowed change clears them: decide which of the ruled-out changes to allow."
    return (
        f"Change what is paid for before training anybody: {plural(len(changes), 'change')} in the "
        "plan below, the cheapest set that clears what can be cleared."
    )


def _path_advice(item: Mapping[str, Any]) -> str:
    review = item.get("review")
    if review:
        return f"Reviewed as {review['verdict']}: {review['reason']}."
    if item["measured"] == "contradicted":
        return "Your history points the other way: check the links of this path before acting."
    if item["evidence"] in ("stated", "assumed"):
        return "Its weakest link is told, not observed: look at ten cases before changing pay."
    if item["function_b"] is None:
        return "Read this path aloud with customers’ own words beside it; then agree on a repair."
    return "Ask both functions to read this path aloud together; then agree on one of the repairs."


def _mixed(item: Mapping[str, Any]) -> str:
    if item["sign"] != "mixed":
        return ""
    return " Another path of the map works the other way; the net effect is what is told."


def _customer_words(results: Mapping[str, Any], found: list[dict[str, Any]]) -> tuple[str, str]:
    """Return the headline and advice: which outcome is hit most, by whom."""
    severe = [item for item in found if item["severe"]]
    found, badly = severe or found, "severely " if severe else ""
    totals: dict[str, float] = {}
    for item in found:
        totals[item["b"]] = totals.get(item["b"], 0.0) + item["severity"]
    most = min(totals, key=lambda key: (-round(totals[key], 9), key))
    measures = {i["a"] for i in found if i["kind"] == "customer"}
    rules = {i["a"] for i in found if i["kind"] == "policy"}
    lowering = [plural(len(measures), "rewarded measure")] if measures else []
    lowering += [plural(len(rules), "rule")] if rules else []
    verb = "lowers" if len(measures) + len(rules) == 1 else "lower"
    headline = (
        f"{start(joined(lowering))} {badly}{verb} what customers get; "
        f"“{node(results, most)}” is hit hardest"
    )
    return headline, _customer_advice(results, most, found)


def _customer_advice(results: Mapping[str, Any], outcome: str, found: list[dict[str, Any]]) -> str:
    names = results["labels"]["function"]
    hitting = [i["function_a"] for i in found if i["b"] == outcome and i["function_a"]]
    most = [named(names, function) for function in dict.fromkeys(hitting)][:2]
    who = f"Bring {joined(most)} to one table about it" if most else "Review the rule behind it"
    promises = [p for p in results["conflicts"]["promises"] if p["outcome"] == outcome]
    if promises:
        names = results["labels"]["activity"]
        promise = joined([f"“{named(names, p['activity'])}”" for p in promises[:2]])
        verb = "promises" if len(promises) == 1 else "promise"
        return f"{who}: {promise} {verb} what your rewards work against."
    return f"{who} before the next campaign promises more of it."
