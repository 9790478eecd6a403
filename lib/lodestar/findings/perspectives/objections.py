"""Objections ("won't work here"), each beside the figures that answer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.perspectives.names import WORKBOOK
from lodestar.findings.words import between, count, level, percent, plural, start

__all__ = ["OBJECTIONS", "Answer", "answers", "objections"]

ID = "perspectives.objections"

OBJECTIONS = {
    "different": "Our function is different",
    "no_time": "We have no time",
    "not_wanted": "Customers do not want it",
    "tried_before": "It did not work last time",
}
"""Kind of objection: how people say it."""


@dataclass(frozen=True)
class Answer:
    """What the figures say to an objection: a sentence, and where its numbers stand."""

    said: str
    evidence: tuple[str, ...] = ()


def objections(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how many people object, and that the figures can be laid beside it."""
    found = results["perspectives"]["objections"]
    if found["n"] is None:
        if not results["perspectives"]["languages"]:
            why = results["perspectives"]["languages_reason"]
            return Absent(ID, WORKBOOK, why, ("comments",))
        reason = "Too few people, or none, write that it will not work to show how many."
        return Absent(ID, WORKBOOK, reason)
    answered = [answer for answer in answers(results).values() if answer.evidence]
    people = plural(int(found["n"]), "person", "people")
    verb = "writes" if found["n"] == 1 else "write"
    many = f"{plural(len(answered), 'usual objection')} can be answered with figures"
    pointers = [pointer for answer in answered for pointer in answer.evidence]
    return Finding(
        ID,
        WORKBOOK,
        start(f"{people} {verb} that it will not work here; {many}"),
        "Take the objection as a question, lay the figure beside it, and ask what would have to be "
        "true for it to work. Where a figure agrees with the objection, change the plan.",
        ("/perspectives/objections/n", *dict.fromkeys(pointers)),
        "Different people whose comment is coded as an objection or holds a usual phrase of one; "
        "the figures stand beside every kind, whether or not anybody here raised it.",
    )


def answers(results: Mapping[str, Any]) -> dict[str, Answer]:
    """Return what the figures say to each kind of objection.

    Parameters
    ----------
    results : mapping
        Sections of results.json.

    Returns
    -------
    dict
        By kind, all of them; without evidence where the tables for it are missing.
    """
    return {kind: tell(results) for kind, tell in TELL.items()}


def _different(results: Mapping[str, Any]) -> Answer:
    """The function's own rating beside that of others."""
    rows = results["perspectives"]["insular"]
    shown = [(i, row) for i, row in enumerate(rows) if row["own"] is not None]
    if not shown:
        return Answer("Not known: nobody rated both their own and other functions.")
    higher = sum(row["own"] > row["others"] for _, row in shown)
    place, widest = max(shown, key=lambda one: one[1]["own"] - one[1]["others"])
    what = plural(
        len(shown), "subject that a function and others", "subjects that a function and others"
    )
    said = (
        f"Of {what} rated, the function rates itself higher in {count(higher)}; at most it says "
        f"{level(widest['own'])} (n {int(widest['n_own'])}) where others say "
        f"{level(widest['others'])} (n {int(widest['n_others'])})."
    )
    return Answer(said, ("/perspectives/insular", f"/perspectives/insular/{place}"))


def _no_time(results: Mapping[str, Any]) -> Answer:
    """Effort that serves no declared purpose."""
    found = results["perspectives"]["objection_facts"]["unserving"]
    if found["share"] is None:
        return Answer("Not known: no activities with their effort are listed.")
    said = (
        f"{percent(found['share'])} of all listed effort, in "
        f"{plural(found['activities'], 'activity', 'activities')}, serves no purpose that was "
        "declared: time that could be moved (all of the list, so without an interval)."
    )
    return Answer(said, ("/perspectives/objection_facts/unserving",))


def _not_wanted(results: Mapping[str, Any]) -> Answer:
    """What customers experience beside what the market asks for."""
    asked, met = results["level"]["required"], results["level"]["experienced"]
    if not asked or not met or asked["estimate"] is None or met["estimate"] is None:
        return Answer("Not known: it takes customers' answers and the market's scores.")
    apart = (
        "which is less" if met["high"] < asked["low"] else "which the intervals do not tell apart"
    )
    if met["low"] > asked["high"]:
        apart = "which is more"
    said = (
        f"The market asks for level {level(asked['estimate'])} "
        f"({between(asked['low'], asked['high'])}); customers experience "
        f"{level(met['estimate'])} ({between(met['low'], met['high'])}), {apart}."
    )
    return Answer(said, ("/level/required/estimate", "/level/experienced/estimate"))


def _tried_before(results: Mapping[str, Any]) -> Answer:
    """Past promises and what came of them."""
    past = results["perspectives"]["objection_facts"]["past"]
    if past["kept"] is None:
        return Answer("Not known: no effect of a past investment was observed.")
    promises = plural(past["promises"], "promise")
    said = start(
        f"{promises} of past investments "
        f"{'was' if past['promises'] == 1 else 'were'} kept to {percent(past['kept'])}, where a "
        f"chance of {percent(past['chance'])} was stated, so new ones are counted at "
        f"{percent(past['factor'])} of theirs (all that were observed, so without an interval)."
    )
    return Answer(said, ("/perspectives/objection_facts/past",))


TELL: dict[str, Callable[[Mapping[str, Any]], Answer]] = {
    "different": _different,
    "no_time": _no_time,
    "not_wanted": _not_wanted,
    "tried_before": _tried_before,
}
