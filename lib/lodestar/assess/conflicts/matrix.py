"""The roof of measures: what the map says of every two rewarded ones, and of each on outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from lodestar.assess.conflicts.finders import Finders
from lodestar.assess.conflicts.model import Conflict
from lodestar.assess.conflicts.register import Register
from lodestar.assess.plain import leaf, listing

__all__ = ["MOST", "matrix", "merged"]

MOST = 40
"""Most rewarded metrics, and most outcomes, that a matrix holds: the worst hit."""

OUTSIDE = ("shared-lever", "measured")
"""Kinds of conflict without a path between the two ends."""

NO_FUNCTION = "No function answers for it."


def matrix(finders: Finders, items: Sequence[Conflict]) -> dict[str, Any]:
    """Return how every two rewarded metrics, and each metric and outcome, act on each other.

    Parameters
    ----------
    finders : Finders
        Of the register; its sign classes are read.
    items : sequence of Conflict
        What was detected.

    Returns
    -------
    dict
        ``metrics`` (metric, function, severity: of all its conflicts, summed) by function, the
        worst first; ``metrics_total``; ``outcomes`` (outcome, severity), the worst hit first;
        ``outcomes_total``; ``cells`` (a, b, sign, severity, severe) of the pairs that anything
        joins, a before b in that order, outcomes last.

    Notes
    -----
    ``sign`` is told from how both ends are rewarded and from paths that repeat nothing:
    ``reinforcing``, ``opposing``, ``mixed`` (also where one way round reinforces and the other
    opposes, or a loop outweighs the paths), ``undecided``, or ``conditional`` where a target metric
    without a value makes the way unknown. ``severity`` is that of the worst conflict of the pair,
    0 where there is none.
    """
    register = finders.register
    burden = _burden(items)
    rewarded = [register.ids[place] for place in register.rewarded]
    outcomes = [register.ids[place] for place in register.places("outcome")]
    rows = _by_function(register, _worst(rewarded, burden), burden)
    columns = _worst(outcomes, burden)
    ends = [*rows, *columns]
    conflicts = _by_pair(items)
    pairs = ((a, b) for i, a in enumerate(rows) for b in ends[i + 1 :])
    cells = [cell for a, b in pairs if (cell := _cell(finders, conflicts, a, b))]
    return {
        **listing("metrics", [_metric(register, m, burden) for m in rows], "No metric is paid."),
        "metrics_total": len(rewarded),
        **listing(
            "outcomes",
            [{"outcome": name, "severity": burden.get(name, 0.0)} for name in columns],
            "No outcome is registered.",
        ),
        "outcomes_total": len(outcomes),
        **listing("cells", cells, "Nothing joins two rewarded metrics or a metric and an outcome."),
    }


def merged(words: Iterable[str]) -> str:
    """Return one word for what two ends do to each other, each way round.

    Examples
    --------
    >>> merged(["none", "opposing"]), merged(["opposing", "reinforcing"]), merged(["none"])
    ('opposing', 'mixed', '')
    """
    said = set(words) - {"none"}
    for word in ("conditional", "undecided", "mixed"):
        if word in said:
            return word
    if {"opposing", "reinforcing"} <= said:
        return "mixed"
    return next(iter(said), "")


def _burden(items: Iterable[Conflict]) -> dict[str, float]:
    """Severity of all conflicts of each end, summed."""
    burden: dict[str, float] = {}
    for item in items:
        for end in (item.a, item.b):
            burden[end] = burden.get(end, 0.0) + item.severity
    return burden


def _worst(names: Iterable[str], burden: Mapping[str, float]) -> list[str]:
    """The ends with the most severity first; ties by id."""
    order = sorted(names, key=lambda name: (-round(burden.get(name, 0.0), 9), name))
    return order[:MOST]


def _by_function(
    register: Register, names: Sequence[str], burden: Mapping[str, float]
) -> list[str]:
    """Metrics with those of one function together, the function with the most severity first."""
    total: dict[str, float] = {}
    function = {name: register.function[register.at(name)] or "" for name in names}
    for name in names:
        total[function[name]] = total.get(function[name], 0.0) + burden.get(name, 0.0)
    return sorted(names, key=lambda name: (-round(total[function[name]], 9), function[name]))


def _metric(register: Register, name: str, burden: Mapping[str, float]) -> dict[str, Any]:
    function = register.function[register.at(name)]
    severity = burden.get(name, 0.0)
    return {"metric": name, **leaf("function", function, NO_FUNCTION), "severity": severity}


def _by_pair(items: Iterable[Conflict]) -> dict[frozenset[str], list[Conflict]]:
    found: dict[frozenset[str], list[Conflict]] = {}
    for item in items:
        found.setdefault(frozenset((item.a, item.b)), []).append(item)
    return found


def _cell(
    finders: Finders, conflicts: Mapping[frozenset[str], Sequence[Conflict]], a: str, b: str
) -> dict[str, Any] | None:
    """What joins two ends; None where nothing does."""
    held = conflicts.get(frozenset((a, b)), ())
    words = ["opposing" for item in held if _unshown(item)]
    words += [_word(finders, a, b), _word(finders, b, a)]
    sign = merged(words)
    if not sign:
        return None
    return {
        "a": a,
        "b": b,
        "sign": sign,
        "severity": max((item.severity for item in held), default=0.0),
        "severe": any(item.severe for item in held),
    }


def _unshown(item: Conflict) -> bool:
    """Tell whether no path between the two ends shows a conflict: a lever, history or a loop."""
    return item.kind in OUTSIDE or bool(item.push.why and item.push.why.via_loop)


def _word(finders: Finders, source: str, target: str) -> str:
    """What pushing one end as rewarded does to what is wanted of the other."""
    register = finders.register
    first, second = register.at(source), register.at(target)
    if not finders.classes.holds(first, second):
        return "none"
    way = register.direction[first] * register.wanted[second]
    found = finders.classes.of(first, second)
    if found.word == "none" or way == 0:
        return "none"
    if not np.isfinite(way):
        return "conditional"
    if found.word in ("mixed", "undecided"):
        return found.word
    return "reinforcing" if found.path_sign * way > 0 else "opposing"
