"""Sentences on advocacy: would customers and employees recommend you, and do employees use it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import percent, points, start
from lodestar.schema.numerals import numeral

__all__ = ["SCORES", "WORKBOOK", "advocacy", "advocacy_sentence", "score_text"]

WORKBOOK = "06_inclusion"
ALIKE = 30
"""Points within which a whole interval must lie for two scores to be called about the same."""

SCORES = {
    "nps": "customers on the offer",
    "referral": "employees on the offer",
    "enps": "employees on you as an employer",
}


def advocacy(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the three scores on one scale, with the referral gap."""
    section = results["inclusion"]
    known = [name for name in SCORES if section[name]["score"] is not None]
    if not known:
        reason = section["nps"]["score_reason"]
        return Absent("inclusion.advocacy", WORKBOOK, reason, ("respondents", "responses"))
    pointers = [f"/inclusion/{name}" for name in known]
    if section["referral_gap"]["value"] is not None:
        pointers.append("/inclusion/referral_gap")
    return Finding(
        "inclusion.advocacy",
        WORKBOOK,
        advocacy_sentence(results),
        _advice(section),
        tuple(pointers),
        _reading(section, known),
    )


def advocacy_sentence(results: Mapping[str, Any]) -> str:
    """Return who would recommend what, by the scores that may be shown."""
    section = results["inclusion"]
    known = [name for name in SCORES if section[name]["score"] is not None]
    gap = section["referral_gap"]
    if gap["value"] is not None:
        return _gap_sentence(section, gap)
    said = "; ".join(f"{SCORES[name]} {score_text(section[name])}" for name in known)
    return f"Net promoter {'score' if len(known) == 1 else 'scores'}: {said}"


def score_text(score: Mapping[str, Any]) -> str:
    """Return a score with its interval, as a person says it."""
    sign = "+" if score["score"] > 0 else ""
    low, high = points(score["low"]), points(score["high"])
    return f"{sign}{points(score['score'])} ({low} to {high})"


def _gap_sentence(section: Mapping[str, Any], gap: Mapping[str, Any]) -> str:
    """Return employees against customers on the same offer."""
    theirs, ours = score_text(section["nps"]), score_text(section["referral"])
    if gap["low"] <= 0 <= gap["high"]:
        alike = max(-gap["low"], gap["high"]) <= ALIKE
        way = "about as much as" if alike else "neither clearly more nor clearly less than"
        way += " customers do"
    else:
        way = f"{'more' if gap['value'] > 0 else 'less'} than customers do"
    return f"Employees recommend your offer {way}: {ours} against {theirs}"


def _advice(section: Mapping[str, Any]) -> str:
    """Return what to ask, by the gap, else by own use, else by what was not asked."""
    gap = section["referral_gap"]
    if gap["value"] is not None and gap["high"] < 0:
        return "Ask employees what they know that customers do not see yet, and mend that first."
    if gap["value"] is not None and gap["low"] > 0:
        return "Ask employees to live a customer's day: they rate the offer above those who pay."
    if section["referral"]["score"] is None:
        return "Ask employees the same question: those who make the offer know it from the inside."
    if section["nps"]["score"] is None:
        return "Ask customers the same question; employees alone tell only half of it."
    return "Ask those who would not recommend you for the one thing that would change their mind."


def _reading(section: Mapping[str, Any], known: list[str]) -> str:
    """Return scale, counts, own use, and what may not be shown."""
    counts = ", ".join(f"{numeral(section[name]['n'], ',')} {SCORES[name]}" for name in known)
    text = f"Score −100 to 100 (promoters less detractors), band = 95 % interval. {start(counts)}."
    use = section["own_use"]
    if use["share"] is not None:
        span = f"{percent(use['low'])} to {percent(use['high'])}"
        text += (
            f" {percent(use['share'])} of {numeral(use['n'], ',')} employees use the offer "
            f"({span})."
        )
    hidden = [name for name in SCORES if section[name]["suppressed"]]
    if hidden:
        text += f" Not shown, to protect answers: {', '.join(SCORES[name] for name in hidden)}."
    return text
