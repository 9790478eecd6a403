"""Sentences on who rates: how each function sees the same work, and what that does to the level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.level.standing import WORKBOOK
from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import SAME, side, span, steps
from lodestar.findings.words import joined, level, named, plural

__all__ = ["how_far", "informants", "known", "views"]

FEWEST = 3
TOO_FEW = "Too few persons answered in confidence to compare functions as raters."


def views(stands: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return every view that may be shown, in order: ``function, on`` (all or own) and numbers.

    Parameters
    ----------
    stands : mapping
        ``level.present``.
    """
    return [
        {"function": row["function"], "on": on, **view}
        for row in stands["informants"]
        for on, view in (("all", row), ("own", row["self_view"]))
        if view["difference"] is not None
    ]


def known(stands: Mapping[str, Any], on: str) -> list[dict[str, Any]]:
    """Return the views of one kind, ``all`` or ``own``, the largest distance first."""
    found = [view for view in views(stands) if view["on"] == on]
    return sorted(found, key=lambda v: (-abs(v["difference"]), v["function"]))


def informants(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``level.informants``: does it matter who rates?"""
    stands, labels = results["level"]["present"], results["labels"]
    if stands["estimate"] is None or not stands["informants"]:
        reason = str(stands.get("estimate_reason") or stands["informants_reason"])
        return Absent("level.informants", WORKBOOK, reason, ("ratings",))
    if not known(stands, "all"):
        return Absent("level.informants", WORKBOOK, TOO_FEW)
    return Finding(
        "level.informants",
        WORKBOOK,
        _headline(stands, labels),
        _advice(stands, labels),
        ("/level/present/informants", "/level/present/balanced"),
        _reading(stands, labels),
    )


def _clear(stands: Mapping[str, Any], on: str) -> list[dict[str, Any]]:
    """Return the views whose interval leaves out no difference, the largest first."""
    return [
        view
        for view in known(stands, on)
        if view["low"] is not None and side({**view, "estimate": view["difference"]}) != "level"
    ]


def _headline(stands: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return the largest clear distance, of a function on its own work before any other."""
    clear = _clear(stands, "own") or _clear(stands, "all")
    if not clear:
        first = known(stands, "all")[0]
        name = named(labels["function"], first["function"])
        return (
            "No function rates the same work clearly higher or lower than the others do; the "
            f"largest difference is {steps(first['difference'])}, {name}"
        )
    first = clear[0]
    name = named(labels["function"], first["function"])
    told = "its own work" if first["on"] == "own" else "the same work"
    rest = {v["function"] for v in (*_clear(stands, "own"), *_clear(stands, "all"))}
    more = len(rest - {first["function"]})
    said = f"{name} rates {told} {how_far(first)} than others rate it"
    if not more:
        return said
    return f"{said}; {plural(more, 'more function differs', 'more functions differ')} clearly"


def how_far(view: Mapping[str, Any]) -> str:
    """Return how much higher or lower, with its interval turned the same way.

    Examples
    --------
    >>> how_far({"difference": -0.7, "low": -0.9, "high": -0.6})
    '0.7 of a level lower (0.6 to 0.9)'
    """
    if abs(view["difference"]) < SAME:
        return f"the same{span(view)}"
    if view["difference"] >= 0:
        return f"{steps(view['difference'])} higher{span(view)}"
    if view["low"] is None:
        return f"{steps(view['difference'])} lower"
    return f"{steps(view['difference'])} lower{span({'low': -view['high'], 'high': -view['low']})}"


def _advice(stands: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return what to do before pooling, and what counting functions equally would change."""
    clear = _clear(stands, "own") or _clear(stands, "all")
    begin = "Pool the ratings as they are."
    if clear:
        name = named(labels["function"], clear[0]["function"])
        begin = (
            f"Let {name} and those who rate the same work go through those cells together before "
            "anything is decided on them."
        )
    return f"{begin} {_balanced(stands, bool(clear))}".strip()


def _balanced(stands: Mapping[str, Any], differ: bool) -> str:
    """Return what the level would be if every function counted equally in each cell."""
    balanced = stands["balanced"]
    if balanced["estimate"] is None:
        return ""
    if abs(balanced["difference"]) < SAME:
        means = ": who rates changes which work looks good, not the level" if differ else ""
        return (
            "Counting each function once in every cell leaves the level at "
            f"{level(balanced['estimate'])}{means}."
        )
    return (
        f"Counting each function once in every cell makes the level {level(balanced['estimate'])}, "
        f"not {level(stands['estimate'])}: say which of the two you use, and why."
    )


def _reading(stands: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return how to read the marks, whose view is unknown and whose is withheld."""
    said = [
        "Levels 1–5, means over the cells both rated; dot = the function, diamond = all others, "
        "band = 80 % interval of the distance. A rating that names no function counts as the "
        "rated function’s own."
    ]
    alone = [r for r in stands["informants"] if r["difference"] is None and not r["suppressed"]]
    held = [r for r in stands["informants"] if r["suppressed"] or r["self_view"]["suppressed"]]
    few = [v for v in known(stands, "all") if min(v["n"], v["n_others"]) < FEWEST]
    if few:
        names = joined([named(labels["function"], v["function"]) for v in few])
        said.append(f"Fewer than three raters on a side for {names}: a rough band.")
    for rows, told in ((alone, "No cell shared with others"), (held, "Withheld, too few persons")):
        if rows:
            said.append(
                f"{told}: {joined([named(labels['function'], r['function']) for r in rows])}."
            )
    return " ".join(said)
