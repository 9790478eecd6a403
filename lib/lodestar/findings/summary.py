"""Sentences of the summary: where you stand, and what to do first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lodestar.findings.alignment.whole import parts, parts_sentence
from lodestar.findings.level.standing import four
from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import count, joined, level, named, percent, plural, points, start

__all__ = ["answer", "findings", "severe"]

WORKBOOK = "00_summary"


def answer(results: Mapping[str, Any]) -> list[str]:
    """Return the summary in three sentences, each only when there is something to say.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    said = [_levels(results["level"], results["alignment"]), parts_sentence(results)]
    said.append(_first(results))
    kept = [sentence for sentence in said if sentence]
    return kept or ["There is not enough material yet to say where you stand."]


def _levels(levels: Mapping[str, Any], alignment: Mapping[str, Any]) -> str:
    """Return the opening sentence from those of the numbers that exist."""
    parts = []
    if levels["required"]["estimate"] is not None:
        parts.append(f"your market asks for level {level(levels['required']['estimate'])}")
    if levels["present"]["estimate"] is not None:
        parts.append(f"you work at {level(levels['present']['estimate'])}")
    if alignment["built_for"] is not None:
        parts.append(f"you are built for {level(alignment['built_for'])}")
    if levels["experienced"]["estimate"] is not None:
        parts.append(f"your customers experience {level(levels['experienced']['estimate'])}")
    return start(joined(parts)) + "." if parts else ""


def _first(results: Mapping[str, Any]) -> str:
    """Return what to do first: repair measures, then invest."""
    repairs, chosen = results["conflicts"]["repairs"], results["roadmap"]["chosen"]
    if repairs["changes"]:
        changes = plural(len(repairs["changes"]), "change")
        return f"Start with {changes} to what people are paid for; {_cleared(repairs)}."
    if chosen:
        names = results["labels"]["investment"]
        return f"Start with {joined([named(names, key) for key in chosen[:3]])}."
    return ""


def _cleared(repairs: Mapping[str, Any]) -> str:
    before, after = repairs["before"]["severe"], repairs["after"]["severe"]
    if not before:
        return "they give outcomes that nobody is paid for an owner"
    if not after:
        return f"they clear {'the' if before == 1 else 'all'} {plural(before, 'severe conflict')}"
    return f"they clear {count(before - after)} of {plural(before, 'severe conflict')}"


def severe(conflicts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the severe conflicts as their section marks them."""
    return [item for item in conflicts["items"] if item.get("severe")]


def findings(results: Mapping[str, Any]) -> list[Finding | Absent]:
    """Return the summary's findings in page order.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    return [
        _told(four(results), "summary.levels"),
        _told(parts(results), "summary.misalignment"),
        _conflicts(results["conflicts"]),
        _gaps(results),
        _drift(results["purpose"], results["labels"]),
        _decisions(results),
    ]


def _told(slot: Finding | Absent, name: str) -> Finding | Absent:
    """Return another page's finding as the summary's: the pages cannot disagree."""
    return replace(slot, id=name, workbook=WORKBOOK)


def _conflicts(conflicts: Mapping[str, Any]) -> Finding | Absent:
    if not conflicts["items"]:
        reason = str(conflicts.get("items_reason") or "No conflict between measures was found.")
        return Absent("summary.conflicts", WORKBOOK, reason, ("metrics", "links", "outcomes"))
    worst = severe(conflicts)
    customer = sum(item["kind"] in ("customer", "policy") for item in worst)
    if not worst:
        headline = (
            f"{start(plural(len(conflicts['items']), 'pair'))} of measures collide, none severely"
        )
        advice = "Keep them in view; none needs a change of pay today."
    else:
        collide = start(plural(len(worst), "severe conflict"))
        headline = f"{collide} between measures; {_reach(customer)} the customer"
        advice = (
            "Change what is paid for before training anybody; 03 gives the cheapest set of changes."
        )
    reading = "Severity 0–1 with the path that explains it and the weakest evidence on it."
    return Finding("summary.conflicts", WORKBOOK, headline, advice, ("/conflicts/items",), reading)


def _reach(customer: int) -> str:
    if not customer:
        return "none of them reaches"
    return f"{plural(customer, 'of them', 'of them')} {'reaches' if customer == 1 else 'reach'}"


def _gaps(results: Mapping[str, Any]) -> Finding | Absent:
    gaps = [gap for gap in results["alignment"]["gaps"] if gap["gap"] is not None]
    if not gaps:
        reason = str(results["alignment"].get("gaps_reason") or "No capability was rated.")
        return Absent("summary.gaps", WORKBOOK, reason, ("ratings",))
    worst, labels = gaps[0], results["labels"]
    capability = named(labels["capability"], worst["capability"])
    where = f"{capability} in {named(labels['function'], worst['function'])}"
    side = "short of" if worst["gap"] < 0 else "above"
    headline = (
        f"The gap that weighs most: {where}, {level(abs(worst['gap']))} levels {side} its target"
    )
    advice = "Begin with the first three; over-shoot counts as much as falling short."
    reading = "Levels; gap = present − target, ordered by weight × gap²."
    return Finding("summary.gaps", WORKBOOK, headline, advice, ("/alignment/gaps/0",), reading)


def _drift(purpose: Mapping[str, Any], labels: Mapping[str, Any]) -> Finding | Absent:
    if purpose["focus_index"] is None:
        reason = str(purpose.get("focus_index_reason") or "No activities were listed.")
        return Absent("summary.drift", WORKBOOK, reason, ("activities",))
    focus = f"{percent(purpose['focus_index'])} of effort serves a stated purpose"
    pointers = ["/purpose/focus_index"]
    if not purpose["drift"]:
        return Finding(
            "summary.drift",
            WORKBOOK,
            focus,
            "Measure again next period to see drift.",
            tuple(pointers),
        )
    last = purpose["drift"][-1]
    pointers.append(f"/purpose/drift/{len(purpose['drift']) - 1}")
    if last["value"] is None:
        return Finding(
            "summary.drift", WORKBOOK, focus, "Compare again next period.", tuple(pointers)
        )
    moved = f"{percent(last['value'])} of effort has moved between purposes since {last['from']}"
    advice = (
        "Ask who decided that move, and whether the purpose or the work should change."
        if last["value"] >= 0.1
        else "Effort is steady; keep looking once a period."
    )
    return Finding("summary.drift", WORKBOOK, f"{focus}; {moved}", advice, tuple(pointers))


def _decisions(results: Mapping[str, Any]) -> Finding | Absent:
    repairs, roadmap = results["conflicts"]["repairs"]["changes"], results["roadmap"]
    total = len(repairs) + len(roadmap["chosen"])
    if not total:
        reason = str(roadmap.get("chosen_reason") or "No repair and no investment is asked for.")
        return Absent("summary.decisions", WORKBOOK, reason, ("investments", "effects", "metrics"))
    gain = ""
    if roadmap["index_after"] is not None and roadmap["index_before"] is not None:
        before, after = points(roadmap["index_before"]), points(roadmap["index_after"])
        gain = f"; the investments among them take the index from {before} to {after}"
    pointers = ["/conflicts/repairs", "/roadmap/chosen"]
    headline = (
        f"{start(plural(total, 'decision'))} asked of the board{gain if roadmap['chosen'] else ''}"
    )
    advice = "Measures first, then money: an investment under a measure that fights it is lost."
    reading = "Changes to measures, then investments, in the order of the plan."
    return Finding("summary.decisions", WORKBOOK, headline, advice, tuple(pointers), reading)
