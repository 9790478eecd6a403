"""Sentences on the index and on the parts of misalignment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import span, steps
from lodestar.findings.words import level, percent, points, start

__all__ = [
    "FAR",
    "PART_NAMES",
    "WORKBOOK",
    "answering",
    "index",
    "index_sentence",
    "part_shares",
    "parts",
    "parts_sentence",
    "shown_index",
]

WORKBOOK = "04_alignment"
PART_NAMES = {
    "height": "overall height",
    "functions": "functions out of step with each other",
    "capabilities": "capabilities at uneven height",
    "local": "local mismatches",
}
REMEDY = {
    "functions": "Bring functions into step first: it takes agreement more than money.",
    "capabilities": "Lift the few low capabilities in every function at once, each with one owner.",
    "local": "No rule explains it: work through the single cells below, the heaviest first.",
}
LOW = "Most cells are short by about as much: it takes investment across the board, see 07."
HIGH = "Most cells are above by about as much: raise the aim, or stop paying for the difference."
FAR = 0.5
SYNTHESIS = "Closeness to our target profile, 0–100; our synthesis, no benchmark."


def shown_index(alignment: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the index that sentences use, of the whole or a function: without rater noise."""
    corrected = alignment["corrected"]
    if corrected["index"] is not None:
        return {k: corrected[k] for k in ("index", "low", "high")}
    return {"index": alignment["index"], "low": None, "high": None}


def index_sentence(results: Mapping[str, Any]) -> str:
    """Return the index with its interval; empty when there is none."""
    said = _index(results["alignment"])
    return f"{said}." if said else ""


def parts_sentence(results: Mapping[str, Any]) -> str:
    """Return which part weighs most; empty when there is none."""
    said = _parts(results["alignment"])
    return f"{said}." if said else ""


def answering(alignment: Mapping[str, Any], *tables: str) -> tuple[str, ...]:
    """Return the tables that would answer; none where all that is missing is a chosen level."""
    decide = alignment["chosen"] is None and alignment["cells"]["present"] > 0
    return () if decide else tables


def index(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``alignment.index``: how close, and what the client is built for."""
    alignment = results["alignment"]
    if alignment["index"] is None:
        reason = str(alignment["index_reason"])
        return Absent("alignment.index", WORKBOOK, reason, answering(alignment, "ratings"))
    evidence = ("/alignment/corrected", "/alignment/built_for", "/alignment/coverage")
    headline, reading = _index(alignment), _index_reading(alignment)
    advice = _built_for(alignment)
    return Finding("alignment.index", WORKBOOK, headline, advice, evidence, reading)


def parts(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``alignment.parts``: where the misalignment comes from."""
    alignment = results["alignment"]
    if alignment["index"] is None:
        reason = str(alignment["index_reason"])
        return Absent("alignment.parts", WORKBOOK, reason, answering(alignment, "ratings"))
    shares = part_shares(alignment)
    advice = "There is nothing to mend that raters could tell from noise."
    if shares:
        height = LOW if alignment["mean_gap"] < 0 else HIGH
        advice = REMEDY.get(_largest(alignment, shares), height)
    evidence = ("/alignment/parts", "/alignment/corrected")
    return Finding(
        "alignment.parts", WORKBOOK, _parts(alignment), advice, evidence, _parts_reading(alignment)
    )


def part_shares(alignment: Mapping[str, Any]) -> dict[str, float]:
    """Return each part's share (0-1) of the misalignment, without rater noise where known.

    Returns
    -------
    dict of str to float
        In the order of `PART_NAMES`; empty when nothing is left to divide.
    """
    corrected, observed = alignment["corrected"]["parts"], alignment["parts"]
    known = alignment["corrected"]["index"] is not None
    sizes = {k: corrected[k]["value"] if known else observed[k] for k in PART_NAMES}
    if any(size is None for size in sizes.values()) or sum(sizes.values()) < 1e-9:
        return {}
    return {k: size / sum(sizes.values()) for k, size in sizes.items()}


def _index(alignment: Mapping[str, Any]) -> str:
    """Return the index as a sentence without a full stop."""
    if alignment["index"] is None:
        return ""
    shown = shown_index(alignment)
    at = level(alignment["chosen"])
    said = f"At the level you chose, {at}, your alignment is {points(shown['index'])} of 100"
    off = (100 - shown["index"]) / 25
    return f"{said}{span(shown, 0)}: cells stand about {steps(off)} off their targets"


def _built_for(alignment: Mapping[str, Any]) -> str:
    """Return what the client is built for, against what was chosen."""
    built, chosen = alignment["built_for"], alignment["chosen"]
    said = (
        f"Your capabilities are built for level {level(built)}{span(alignment['built_for_range'])}"
    )
    if abs(chosen - built) < FAR:
        return f"{said}, close to the level you chose: evenness is what is left to gain."
    if built < chosen:
        return (
            f"{said}, {steps(chosen - built)} short of your aim: plan the climb, or lower the aim."
        )
    return f"{said}, {steps(built - chosen)} above your aim: ask what the extra level earns."


def _index_reading(alignment: Mapping[str, Any]) -> str:
    """Return scope and limits of the index."""
    cells = alignment["cells"]
    said = [
        f"{SYNTHESIS} {cells['present']} of {cells['applicable']} applicable cells rated, "
        f"{percent(alignment['coverage'])} by weight."
    ]
    if alignment["corrected"]["index"] is None:
        said.append("Not corrected for rater noise: no function was rated by two persons.")
    else:
        said.append("Corrected for rater noise; interval 80 %.")
    return " ".join(said)


def _parts(alignment: Mapping[str, Any]) -> str:
    """Return the heaviest part as a sentence without a full stop."""
    if alignment["index"] is None:
        return ""
    shares = part_shares(alignment)
    if not shares:
        return "What differs from your targets is no larger than raters differ among themselves"
    most = _largest(alignment, shares)
    return f"{start(PART_NAMES[most])} {_verb(most)} {percent(shares[most])} of the misalignment"


def _largest(alignment: Mapping[str, Any], shares: Mapping[str, float]) -> str:
    """Return the part with the largest share; local mismatch only above rater noise."""
    noise = alignment["corrected"]["noise"]
    open_ = [k for k in shares if k != "local" or noise is None or alignment["parts"][k] > noise]
    return max(open_, key=lambda k: shares[k])


def _verb(part: str) -> str:
    return "makes up" if part == "height" else "make up"


def _parts_reading(alignment: Mapping[str, Any]) -> str:
    """Return how the parts add up."""
    said = "Share of the squared distance to the targets; the four parts add up to all of it."
    if not alignment["parts_exact"]:
        said = "Over-shoot has a weight of its own, so the parts do not add up exactly."
    if alignment["corrected"]["index"] is not None:
        said += " Without rater noise."
    return said
