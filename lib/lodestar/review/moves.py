"""Every leaf of results.json that moved, by section and kind of number, the largest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from lodestar.findings.names import short
from lodestar.findings.words import named
from lodestar.review.tree import Leaf, compare

__all__ = ["Group", "entry_name", "leaf_dict", "moved_results"]

RUN = "run"
"""Section of keys that stand alone at the top: period, as_of, threshold, currency."""

APART = ("findings", "labels")
"""Sections told elsewhere (findings) or that only name things (labels)."""

LABELS = {
    "a": "node",
    "b": "node",
    "metric": "node",
    "outcome": "node",
    "source": "node",
    "target": "node",
    "leader": "node",
    "follower": "node",
    "party": "function",
    "function_a": "function",
    "function_b": "function",
    "group_a": "group",
    "group_b": "group",
    "key": "purpose",
}
"""Kind of name of an identity's field, where it is not the field's own."""


@dataclass(frozen=True)
class Group:
    """Leaves of one kind: the same key of the same list, or one single number.

    Parameters
    ----------
    path : str
        Dotted place, e.g. ``alignment.gaps.present``.
    leaves : tuple of Leaf
        The largest movement first; what has no number after those.
    """

    path: str
    leaves: tuple[Leaf, ...]

    @property
    def section(self) -> str:
        """Return the section of the results; what stands alone at the top is of the run itself."""
        section, dot, _ = self.path.partition(".")
        return section if dot else RUN


def moved_results(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Group]:
    """Return every leaf that moved, grouped.

    Parameters
    ----------
    before, after : mapping
        results.json of each side.

    Returns
    -------
    list of Group
        Sections in alphabetical order; in each, groups by how many leaves moved.
    """
    there, here = (
        {key: value for key, value in results.items() if key not in APART}
        for results in (before, after)
    )
    leaves = sorted(compare(there, here), key=lambda leaf: leaf.path)
    found = [Group(path, _largest_first(of)) for path, of in groupby(leaves, lambda x: x.path)]
    return sorted(found, key=lambda group: (group.section, -len(group.leaves), group.path))


def _largest_first(leaves: Iterable[Leaf]) -> tuple[Leaf, ...]:
    return tuple(
        sorted(leaves, key=lambda x: (x.change is None, -abs(x.change or 0.0), str(x.names)))
    )


def entry_name(leaf: Leaf, labels: Mapping[str, Mapping[str, str]]) -> str:
    """Return who the entries on a leaf's way are, by their names.

    Parameters
    ----------
    leaf : Leaf
        The difference.
    labels : mapping
        ``labels`` of results: names by kind and id.

    Examples
    --------
    >>> leaf = Leaf("changed", ("gaps", (("function", "f1"),)), None, None)
    >>> entry_name(leaf, {"function": {"f1": "Finance"}})
    'Finance'
    """
    parts = []
    for field, value in leaf.names:
        names = dict(labels.get(LABELS.get(field, field), {}))
        text = _flat(value)
        parts.append(short(named(names, text), 40))
    return " · ".join(dict.fromkeys(parts))


def _flat(value: Any) -> str:
    return ", ".join(map(_flat, value)) if isinstance(value, tuple) else str(value)


def leaf_dict(leaf: Leaf) -> dict[str, Any]:
    """Return a leaf as ``diff --json`` prints it."""
    return {
        "path": leaf.path,
        "entry": dict(leaf.names),
        "kind": leaf.kind,
        "pointer_before": leaf.pointer_before,
        "pointer_after": leaf.pointer_after,
        "before": leaf.before,
        "after": leaf.after,
        "change": leaf.change,
        "reason_before": leaf.reason_before or None,
        "reason_after": leaf.reason_after or None,
    }
