"""What makes an entry of a list the same entry on both sides: its names, never its position."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Any

__all__ = ["Identity", "frozen", "hashable", "identify", "keyed"]

Identity = tuple[tuple[str, Any], ...]
"""Names and values that tell an entry from the others of its list."""

WORDS = 8
"""Columns of words looked at where no known name tells entries apart."""

_WORD = re.compile(r"\W*[^\W\d_]|\d{4}-(\d\d|Q\d)")
"""Text that begins with a letter, or a date, month or quarter."""

UNORDERED = "a|b"
"""The pair of ``a`` and ``b`` whichever way round: results put the severer effect first."""

DECLARED: dict[str, tuple[tuple[str, ...], ...]] = {
    "alignment.gaps": (("capability", "function"),),
    "alignment.order": (("capability", "function"),),
    "alignment.overshoot.cells": (("capability", "function"),),
    "alignment.needs.holds": (("capability", "function"),),
    "alignment.pairs": (("function_a", "function_b"),),
    "alignment.built_for_curve": (("level",),),
    "alignment.trend.capabilities": (("capability", "from", "to"),),
    "alignment.trend.functions": (("function", "from", "to"),),
    "alignment.trend.parts": (("part", "from", "to"),),
    "conflicts.items": (("kind", UNORDERED), ("kind", UNORDERED, "path")),
    "conflicts.history.pairs": (("a", "b"), ("a", "b", "lag")),
    "conflicts.duties": (("metric", "outcome"),),
    "conflicts.promises": (("activity", "outcome"),),
    "conflicts.register.links": (("source", "target"),),
    "conflicts.matrix.cells": (("a", "b"),),
    "inclusion.advocacy_parts": (("measure", "by", "part"),),
    "inclusion.decisions.matrix": (("decision", "party"),),
    "inclusion.overlap": (("source", "target", "offer"), ("source", "target")),
    "inclusion.ripple": (("leader", "follower"), ("source", "target", "leader", "follower")),
    "inclusion.workforce.series": (("date", "function"),),
    "level.present.cells": (("capability", "function"),),
    "level.present.evidence.to_document": (("capability", "function"),),
    "level.segments": (("column", "segment"),),
    "level.required.offer.edges": (
        ("base", "scale_from", "scale_to", "integration_from", "integration_to"),
    ),
    "level.trend.changes": (("kind", "from", "to"),),
    "level.trend.dimensions": (("dimension", "from", "to"),),
    "perspectives.camps.functions": (("function", "camp"),),
    "perspectives.camps.items": (("camp",),),
    "perspectives.camps.subjects": (("scale", "camp"),),
    "perspectives.consensus.groups": (("group",),),
    "perspectives.consensus.map.points": (("group",),),
    "perspectives.consensus.pairs": (("group_a", "group_b"),),
    "perspectives.gaps": (("scale", "group_a", "group_b"),),
    "perspectives.know_do": (("dimension", "group"),),
    "perspectives.importance_performance": (("dimension", "group"),),
    "perspectives.insular": (("function", "dimension"),),
    "perspectives.misunderstandings": (("higher", "lower"),),
    "perspectives.scales": (("scale", "group"),),
    "perspectives.serving": (("serving", "served", "dimension"),),
    "purpose.drift": (("from", "to"),),
    "purpose.effort.by_function": (("function", "key"),),
    "purpose.lifetimes.curve": (("month",),),
    "purpose.lifetimes.incidence": (("month",),),
    "purpose.revenue.quarters": (("quarter", "class"),),
    "purpose.why_how.by_function": (("function", "concern"),),
    "roadmap.frontier": (("factor",),),
    "roadmap.stop": (("kind", "activity", "capability", "function"), ("kind", "activity")),
    "roadmap.limits": (("kind", "name", "period"),),
    "roadmap.harmful": (
        ("investment", "kind", UNORDERED),
        ("investment", "kind", "a", "b", "path"),
    ),
    "roadmap.returns.promises": (("investment", "target", "function"),),
    "roadmap.returns.effects": (("investment", "target", "function"),),
    "corrections": (("table", "where", "column", "period"), ("table", "where", "column")),
}
"""Keys of lists by their dotted place, best first; others go by `NAMES`, then by words."""

NAMES = (
    "id",
    "investment",
    "metric",
    "outcome",
    "decision",
    "activity",
    "need",
    "indicator",
    "capability",
    "dimension",
    "factor",
    "function",
    "group",
    "scale",
    "part",
    "period",
    "quarter",
    "month",
    "date",
    "level",
    "topic",
    "key",
    "column",
    "segment",
    "party",
    "node",
    "class",
    "kind",
    "basis",
    "mode",
    "strength",
    "rank",
    "customers",
    "base",
    "function_a",
    "function_b",
    "source",
    "target",
    "a",
    "b",
    "from",
    "to",
    "name",
    "label",
)
"""Names that may tell entries apart, the most telling first."""


def identify(place: str, before: Sequence[Any], after: Sequence[Any]) -> tuple[str, ...] | None:
    """Return the names that tell the entries of both lists apart; None when none do.

    Parameters
    ----------
    place : str
        Dotted place of the list, e.g. ``alignment.gaps``.
    before, after : sequence of mapping
        The list on each side.

    Examples
    --------
    >>> identify("alignment.gaps", [{"capability": "C1", "function": "f", "gap": 1}], [])
    ('capability', 'function')
    """
    for names in chain(DECLARED.get(place, ()), _general(before, after)):
        if _tells(names, before) and _tells(names, after):
            return names
    return None


def _general(before: Sequence[Any], after: Sequence[Any]) -> Iterator[tuple[str, ...]]:
    """Yield the fewest general names first: one, two, then three together."""
    entries = [*before, *after]
    if not entries:
        return
    known = [name for name in NAMES if all(_is_name(entry.get(name)) for entry in entries)]
    words = [name for name in entries[0] if all(_is_word(entry.get(name)) for entry in entries)]
    for fields in (known, words[:WORDS]):
        for size in (1, 2, 3):
            yield from combinations(fields, size)


def _is_name(value: Any) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool)


def _is_word(value: Any) -> bool:
    """Tell whether a value is text that names something, rather than a number written out."""
    return isinstance(value, str) and bool(_WORD.match(value))


def _tells(names: tuple[str, ...], entries: Sequence[Mapping[str, Any]]) -> bool:
    keys = [keyed(names, entry) for entry in entries]
    return all(keys) and len({frozen(key) for key in keys}) == len(entries)


def keyed(names: tuple[str, ...], entry: Mapping[str, Any]) -> Identity:
    """Return an entry's identity by these names, of which it may lack some.

    Examples
    --------
    >>> keyed(("a|b",), {"a": "z", "b": "c"})
    (('a', 'c'), ('b', 'z'))
    """
    found: list[tuple[str, Any]] = []
    for name in names:
        parts = name.split("|")
        values = [entry.get(part) for part in parts]
        found += zip(parts, sorted(values, key=str) if len(parts) > 1 else values, strict=True)
    return tuple((part, hashable(value)) for part, value in found if value is not None)


def hashable(value: Any) -> Any:
    """Return a value as an identity holds it: lists and mappings as tuples.

    Examples
    --------
    >>> hashable(["a", {"b": 1}])
    ('a', (('b', 1),))
    """
    if isinstance(value, Mapping):
        return tuple((key, hashable(value[key])) for key in sorted(value))
    return tuple(map(hashable, value)) if isinstance(value, (list, tuple)) else value


def frozen(value: Any) -> str:
    """Return a value as text that is equal exactly where the value is."""
    return json.dumps(value, sort_keys=True, default=str)
