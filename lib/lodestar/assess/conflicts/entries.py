"""Conflicts and the register as results.json holds them."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from lodestar.assess.conflicts.doubts import doubts, witnesses
from lodestar.assess.conflicts.finders import Finders
from lodestar.assess.conflicts.links import Link
from lodestar.assess.conflicts.measured import conflict_verdict
from lodestar.assess.conflicts.model import Conflict, Push
from lodestar.assess.conflicts.paths import Explanation
from lodestar.assess.conflicts.register import Register
from lodestar.assess.plain import leaf, listing

__all__ = ["item_entry", "register_entry"]

HISTORY_ONLY = "Only history shows this conflict; the map has no path for it."
NO_FUNCTION = "No function answers for it."


def item_entry(
    register: Register,
    finders: Finders,
    conflict: Conflict,
    reviews: Mapping[tuple[str, str, str], Mapping[str, Any]],
) -> dict[str, Any]:
    """Return one conflict.

    Parameters
    ----------
    register : Register
        Where it was found.
    finders : Finders
        Of the same links, for the sign class and the path that works the other way.
    conflict : Conflict
        What was found.
    reviews : mapping
        Verdicts of people by (a, b, kind), ids sorted.

    Notes
    -----
    ``reverse``, ``counter`` (the strongest path that works the other way), ``witnesses`` (a path of
    each sign, of a mixed pair), ``lever``, ``paid`` and ``review`` are there only where the
    conflict has one.
    """
    low, high = sorted((conflict.a, conflict.b))
    counter = _counter(finders, conflict)
    sign, both = _sign(register, finders, conflict, counter)
    against = both[1 if conflict.push.net > 0 else 0] if both else ()
    found = {
        "reverse": _reverse(register, conflict.reverse),
        "counter": _against(counter, against),
        "lever": conflict.lever,
        "paid": list(conflict.paid),
        "review": reviews.get((low, high, conflict.kind)),
    }
    return {
        "kind": conflict.kind,
        "a": conflict.a,
        "b": conflict.b,
        **leaf("function_a", conflict.function_a, NO_FUNCTION),
        **leaf("function_b", conflict.function_b, NO_FUNCTION),
        "severity": conflict.severity,
        "severe": conflict.severe,
        "contested": conflict.contested,
        "conditional": conflict.conditional,
        "sign": sign,
        "measured": conflict_verdict(register, conflict),
        **_push_entry(register, conflict.push),
        **doubts(finders, conflict),
        **(witnesses(both) if sign == "mixed" else {}),
        **{key: value for key, value in found.items() if value},
    }


def _push_entry(register: Register, push: Push) -> dict[str, Any]:
    return {
        **leaf("net", push.net, HISTORY_ONLY),
        **leaf("gross", push.gross, HISTORY_ONLY),
        **leaf("determinacy", push.determinacy, HISTORY_ONLY),
        **_path_entry(register, push.why),
    }


def _path_entry(register: Register, why: Explanation | None) -> dict[str, Any]:
    """Path with its weakest evidence; months and conditions where its links declare them."""
    if why is None:
        return {**listing("path", [], HISTORY_ONLY), "via_loop": False, "evidence": "measured"}
    links = [_link(register, *pair) for pair in zip(why.path, why.path[1:], strict=False)]
    lags = [link.lag for link in links if link is not None and link.lag is not None]
    conditions = [link.condition for link in links if link is not None and link.condition]
    declared = {"lag": sum(lags) if lags else None, "conditions": conditions}
    return {
        "path": list(why.path),
        "via_loop": why.via_loop,
        "complete": why.complete,
        "evidence": why.evidence,
        **{key: value for key, value in declared.items() if value},
    }


def _link(register: Register, source: str, target: str) -> Link | None:
    """Link of a step; a shared lever's first step runs against its link."""
    pairs = register.links.by_pair
    return pairs.get((source, target)) or pairs.get((target, source))


def _reverse(register: Register, push: Push | None) -> dict[str, Any] | None:
    if push is None:
        return None
    entry = {"severity": push.severity, "contested": push.contested}
    return entry | _push_entry(register, push)


def _against(counter: Explanation | None, longer: tuple[str, ...]) -> dict[str, Any] | None:
    """The path that works the other way: one of up to five links, else a longer one."""
    if counter is not None and not (counter.via_loop and longer):
        return {"path": list(counter.path), "via_loop": counter.via_loop}
    return {"path": list(longer), "via_loop": False} if longer else None


def _counter(finders: Finders, conflict: Conflict) -> Explanation | None:
    """The strongest path of up to five links of the sign that eases the conflict."""
    if conflict.push.why is None or conflict.lever is not None:
        return None
    place = finders.paths.links.position
    return finders.paths.explain(place[conflict.a], place[conflict.b], -conflict.push.net)


def _sign(
    register: Register, finders: Finders, conflict: Conflict, counter: Explanation | None
) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """Sign class, told from how both ends are rewarded, and a path of each sign if mixed."""
    if conflict.lever is not None:
        return "opposing", ()
    why = conflict.push.why
    if why and counter and not (why.via_loop or counter.via_loop):
        both = (why.path, counter.path)
        return "mixed", both if conflict.push.net > 0 else both[::-1]
    a, b = register.at(conflict.a), register.at(conflict.b)
    found = finders.signed(a, b, _known(conflict.push.net, why, counter))
    start = 1.0 if conflict.kind == "policy" else register.direction[a]
    same_way = start * register.wanted[b]
    if conflict.kind != "measured" and not isfinite(same_way):
        same_way = -conflict.push.net
    return found.told(same_way), found.witnesses if found.word == "mixed" else ()


def _known(
    net: float, why: Explanation | None, counter: Explanation | None
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """The simple paths at hand: a positive and a negative one."""
    told, against = (p.path if p is not None and not p.via_loop else None for p in (why, counter))
    return (told, against) if net > 0 else (against, told)


def register_entry(register: Register) -> dict[str, Any]:
    """Return the map: every metric, outcome and node, and the links between them."""
    nodes = [_node(register, place) for place in range(len(register.ids))]
    links = [
        {
            "source": link.source,
            "target": link.target,
            "strength": link.strength,
            "evidence": link.evidence,
            **leaf("lag", link.lag, "No lag is declared."),
        }
        for link in register.links.rows
    ]
    return {
        "metrics": len(register.places("metric")),
        "rewarded": len(register.rewarded),
        "outcomes": len(register.places("outcome")),
        "self_links": register.links.self_links,
        **listing("nodes", nodes, "There is no metric, outcome or node."),
        **listing("links", links, "There is no link."),
    }


def _node(register: Register, place: int) -> dict[str, Any]:
    unknown = "It is a target metric without a value yet."
    entry: dict[str, Any] = {
        "id": register.ids[place],
        "group": register.group[place],
        **leaf("function", register.function[place], NO_FUNCTION),
        "kind": register.kind[place],
    }
    if register.group[place] == "metric":
        entry["incentive"] = float(register.incentive[place])
        entry |= leaf("direction", register.direction[place], unknown)
    if register.group[place] == "outcome":
        entry["importance"] = float(register.importance[place])
    return entry
