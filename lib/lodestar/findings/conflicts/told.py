"""A conflict told as a sentence: who is paid for what, what follows, who wants the opposite."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from lodestar.findings.names import months
from lodestar.findings.words import named

__all__ = [
    "EVIDENCE_WORDS",
    "VERDICT_WORDS",
    "arrow",
    "bare",
    "by_id",
    "chain",
    "counter",
    "node",
    "signs",
    "told",
]

VERDICT_WORDS = {
    "confirmed": "history agrees",
    "contradicted": "history disagrees",
    "not_found": "history does not show it",
    "too_short": "history too short",
    "none": "no history",
}
EVIDENCE_WORDS = {
    "measured": "measured",
    "observed": "observed",
    "stated": "stated by people",
    "assumed": "assumed",
}
BENEFICIARIES = {
    "customer": "customers",
    "partner": "partners",
    "employee": "employees",
    "society": "society",
    "owner": "owners",
}


def told(results: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    """Return a conflict as one sentence, without its full stop.

    Parameters
    ----------
    results : mapping
        Sections of results.json; conflicts and labels are read.
    item : mapping
        An entry of ``conflicts.items``.
    """
    if item.get("lever"):
        return _told_lever(results, item)
    if item["kind"] == "measured":
        return _told_measured(results, item)
    start = _start(results, item)
    steps = [_step(results, name, way) for name, way in chain(results, item)[1:]]
    later = f", about {months(item['lag'])} later" if item.get("lag") else ""
    loop = " (by way of a loop)" if item["via_loop"] else ""
    doubt = ", on balance" if item["sign"] == "mixed" and not item["contested"] else ""
    return " → ".join([start, *steps]) + later + loop + doubt + _end(results, item)


def counter(results: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    """Return the path that works the other way, of a mixed pair; empty where none is known."""
    found = item.get("counter")
    if not found:
        return ""
    moves = chain(results, {**item, "path": found["path"]})
    return " → ".join(_step(results, name, way) for name, way in moves)


def chain(results: Mapping[str, Any], item: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return the ids of a conflict's path, each with the way it moves: +1 up, −1 down."""
    way = _first_way(results, item)
    moves = [(str(item["path"][0]), way)] if item["path"] else []
    for (_, target), sign in zip(pairwise(item["path"]), signs(results, item["path"]), strict=True):
        way *= sign
        moves.append((str(target), way))
    return moves


def signs(results: Mapping[str, Any], path: list[str]) -> list[int]:
    """Return the sign of each link of a path, in either direction it was drawn."""
    links = results["conflicts"]["register"]["links"]
    sign = {(link["source"], link["target"]): 1 if link["strength"] > 0 else -1 for link in links}
    return [sign.get(pair) or sign[pair[1], pair[0]] for pair in pairwise(path)]


def by_id(results: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the register's metrics, outcomes and nodes by id."""
    return {entry["id"]: entry for entry in results["conflicts"]["register"]["nodes"]}


def node(results: Mapping[str, Any], key: str) -> str:
    """Return the name of a metric, outcome or node."""
    return named(results["labels"]["node"], key)


def bare(name: str) -> str:
    """Return a policy's name without the word before it.

    Examples
    --------
    >>> bare("Policy: a refund needs two signatures")
    'a refund needs two signatures'
    """
    head, colon, rest = name.partition(":")
    return rest.strip() if colon and head.strip().lower() in ("policy", "rule") else name


def arrow(way: int) -> str:
    """Return an arrow up or down."""
    return "↑" if way > 0 else "↓"


def _function(results: Mapping[str, Any], key: str | None) -> str:
    return named(results["labels"]["function"], key) if key else "Nobody"


def _first_way(results: Mapping[str, Any], item: Mapping[str, Any]) -> int:
    """Way the first end is pushed; where it is not known, the way that makes the conflict."""
    ends = by_id(results)
    if item["kind"] == "policy":
        return 1
    known = ends[item["a"]].get("direction")
    if known is not None:
        return int(known)
    wanted = 1 if ends[item["b"]]["group"] == "outcome" else ends[item["b"]].get("direction")
    return -int(wanted or 1) * (1 if (item["net"] or 0) > 0 else -1)


def _start(results: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    name = node(results, item["a"])
    if item["kind"] == "policy":
        return f"The rule “{bare(name)}”"
    way = arrow(_first_way(results, item))
    function = _function(results, item["function_a"])
    if by_id(results)[item["a"]].get("direction") is None:
        return f"If {function} has to move {name} {way}"
    return f"{function} is paid for {name} {way}"


def _step(results: Mapping[str, Any], name: str, way: int) -> str:
    return f"{node(results, name)} {arrow(way)}"


def _end(results: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    """Return who wants the opposite at the end of the path."""
    end = by_id(results)[item["b"]]
    if end["group"] == "outcome":
        return f", a loss for {BENEFICIARIES[end['kind']]}"
    return f", {_paid(results, item['b'], 'which')}"


def _paid(results: Mapping[str, Any], metric: str, it: str) -> str:
    """Return who is paid to move a metric which way."""
    entry = by_id(results)[metric]
    function = _function(results, entry["function"])
    if entry.get("direction") is None:
        return f"{it} {function} steers toward a target, the way not known yet"
    return f"{it} {function} is paid to {'raise' if entry['direction'] > 0 else 'lower'}"


def _told_lever(results: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    """Return what a lever does to both metrics that hang on it."""
    lever = str(item["lever"])
    first, second = signs(results, [lever, item["a"]])[0], signs(results, [lever, item["b"]])[0]
    parts = [
        f"{node(results, metric)} {arrow(sign)}, {_paid(results, metric, 'which')}"
        for metric, sign in ((item["a"], first), (item["b"], second))
    ]
    return f"More of {node(results, lever)} → {parts[0]}, and → {parts[1]}"


def _told_measured(results: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    """Return what history alone shows."""
    pairs = results["conflicts"]["history"]["pairs"]
    ends = {item["a"], item["b"]}
    found = next(pair for pair in pairs if {pair["a"], pair["b"]} == ends)
    falls = "rises too" if found["r"] > 0 else "falls"
    when = f"{months(found['lag'])} later" if found["lag"] else "in the same month"
    first, second = node(results, found["a"]), node(results, found["b"])
    return (
        f"When {first} rises, {second} {falls} {when}, "
        f"{_paid(results, found['b'], 'which')}; no path in the map explains it"
    )
