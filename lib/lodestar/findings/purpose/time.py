"""Sentences on time: how effort moved, how long work lives, when the purpose was revisited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.names import months, purpose_name, short
from lodestar.findings.purpose.effort import WORKBOOK
from lodestar.findings.words import joined, percent, plural, start

__all__ = ["drift", "drift_sentence", "lifetimes", "revisited"]

STILL = 0.05
OLD_MONTHS = 12


def drift(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how far effort moved since the period before, and what moved it."""
    section = results["purpose"]
    if not section["drift"]:
        return Absent("purpose.drift", WORKBOOK, section["drift_reason"], ("activities",))
    place = len(section["drift"]) - 1
    last = section["drift"][place]
    moved = last["moves"][:3]
    reading = (
        f"Share of effort in {last['from']} and {last['to']}; drift = half the sum of the changes "
        "(0 nothing moved, 1 all of it)."
    )
    return Finding(
        "purpose.drift",
        WORKBOOK,
        drift_sentence(results),
        _drift_advice(last["value"], moved),
        (f"/purpose/drift/{place}/value", f"/purpose/drift/{place}/moves"),
        reading,
    )


def drift_sentence(results: Mapping[str, Any]) -> str:
    """Return the latest drift in words: how much, and from what to what."""
    last = results["purpose"]["drift"][-1]
    head = f"{percent(last['value'])} of effort moved between {last['from']} and {last['to']}"
    if last["value"] < STILL:
        return f"Effort stayed where it was: {head}"
    shares = last["shares"]
    lost = min(shares, key=lambda row: (row["change"], row["key"]))
    won = max(shares, key=lambda row: (row["change"], row["key"]))
    names = [f"“{purpose_name(results, row['key'], 44)}”" for row in (lost, won)]
    if min(-lost["change"], won["change"]) * 2 > last["value"]:
        return f"{head}, most of it from {names[0]} to {names[1]}"
    return f"{head}; {names[0]} lost most, {names[1]} won most"


def lifetimes(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how long work lives, and how it ends."""
    part = results["purpose"]["lifetimes"]
    if not part["lives"]:
        return Absent("purpose.lifetimes", WORKBOOK, part["median_reason"], ("activities",))
    counted = plural(part["lives"], "activity", "activities")
    left = f" {start(plural(part['left_out'], 'row'))} without usable dates left out."
    reading = (
        f"Share of {counted} still running by months since they began; band = 95 % interval; "
        f"{plural(part['ended'], 'end')} seen.{left if part['left_out'] else ''}"
    )
    return Finding(
        "purpose.lifetimes",
        WORKBOOK,
        _life(part),
        _life_advice(part),
        ("/purpose/lifetimes",),
        reading,
    )


def revisited(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how long ago the purpose was last revisited."""
    rows = results["purpose"]["last_revisited"]
    known = [row for row in rows if row["months"] is not None]
    if not known:
        reason = results["purpose"].get("last_revisited_reason") or known_reason(rows)
        where = ("purpose in engagement.yml",)
        return Absent("purpose.revisited", WORKBOOK, reason, where)
    oldest = max(known, key=lambda row: (row["months"], row["id"]))
    name = purpose_name(results, oldest["id"])
    headline = f"“{name}” was last revisited {months(oldest['months'])} ago"
    if oldest["months"] > OLD_MONTHS:
        advice = "Put it on the next agenda: a purpose that is not revisited is replaced unnoticed."
    else:
        advice = "Keep the rhythm, and bring this page to the table when you revisit it."
    missing = len(rows) - len(known)
    none = f" {start(plural(missing, 'purpose'))} without a known day." if missing else ""
    reading = f"Months since each mission, vision and value was last revisited.{none}"
    pointers = ("/purpose/last_revisited",)
    return Finding("purpose.revisited", WORKBOOK, headline, advice, pointers, reading)


def known_reason(rows: list[dict[str, Any]]) -> str:
    """Return why no day is known although purposes are declared."""
    return str(rows[0]["months_reason"])


def _drift_advice(value: float, moved: list[dict[str, Any]]) -> str:
    """Return what to ask about the activities that moved effort."""
    if value < STILL or not moved:
        return "Nothing to decide; compare again next period."
    names = joined([f"“{short(row['name'], 40)}”" for row in moved])
    return (
        f"The largest moves: {names}. Ask whether each was decided: if so, say why; if not, "
        "decide now."
    )


def _life(part: Mapping[str, Any]) -> str:
    """Return median life and abandonment in words."""
    share = percent(part["abandoned"])
    if part["median"] is None:
        end = f"; {share} was abandoned" if part["ended"] else ""
        return f"More than half of the work you began still runs at the end of the time seen{end}"
    head = f"Half of the work you begin has ended after {months(part['median'])}{_span(part)}"
    return f"{head}; over the time seen {share} was abandoned, {percent(part['finished'])} finished"


def _span(part: Mapping[str, Any]) -> str:
    """Return the band of the median in words, with its brackets; empty where undefined."""
    if part["low"] is None:
        return ""
    low = months(part["low"])
    high = f"to {months(part['high'])}" if part["high"] is not None else "or more"
    return f" ({low} {high})"


def _life_advice(part: Mapping[str, Any]) -> str:
    """Return what to do about work that ends unfinished."""
    if not part["ended"]:
        return "Nothing has ended yet; come back when something has."
    if part["abandoned"] > part["finished"]:
        return "Begin less: before starting anything new, agree what will be finished first."
    if part["abandoned"] > 0:
        return "Look at what was abandoned: a purpose that changed, or a start made too early?"
    return "What you begin, you finish; check that you also stop what no longer serves."
