"""Places in results: entries of lists found by who they are, whatever their position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lodestar.provenance.published import pointer_steps
from lodestar.review.identity import Identity, hashable, identify, keyed
from lodestar.review.tree import DECIMALS, Step
from lodestar.schema.leaves import is_number, null_reason

__all__ = ["Place", "place_of", "reason_at", "value_at"]

Place = tuple[Step | int, ...]
"""Keys, identities of list entries, and positions where nothing tells entries apart."""


def place_of(pointer: str, document: Mapping[str, Any]) -> Place | None:
    """Return the place that a JSON pointer names; None where it leads nowhere.

    Parameters
    ----------
    pointer : str
        RFC 6901, e.g. ``/alignment/gaps/0/gap``.
    document : mapping
        Results of a side.

    Examples
    --------
    >>> gaps = [{"capability": "C1", "function": "f", "gap": 1.5}]
    >>> place_of("/alignment/gaps/0/gap", {"alignment": {"gaps": gaps}})
    ('alignment', 'gaps', (('capability', 'C1'), ('function', 'f')), 'gap')
    """
    node: Any = document
    place: list[Step | int] = []
    for key in pointer_steps(pointer):
        if isinstance(node, Mapping) and key in node:
            place.append(key)
            node = node[key]
        elif isinstance(node, list) and key.isdecimal() and int(key) < len(node):
            place.append(_entry(place, node, int(key)))
            node = node[int(key)]
        else:
            return None
    return tuple(place)


def value_at(document: Mapping[str, Any], place: Place) -> float | None:
    """Return the number at a place, as published; None where there is none."""
    found = _at(document, place)
    return round(float(found), DECIMALS) + 0.0 if is_number(found) else None


def reason_at(document: Mapping[str, Any], place: Place) -> str:
    """Return why a place holds null; empty where the document does not say."""
    return null_reason(_at(document, place[:-1]), str(place[-1]))


def _entry(place: Sequence[Step | int], entries: list[Any], at: int) -> Step | int:
    """Return who an entry is, else its position."""
    if not all(isinstance(entry, Mapping) for entry in entries):
        return at
    dotted = ".".join(step for step in place if isinstance(step, str))
    names = identify(dotted, entries, entries)
    return keyed(names, entries[at]) if names else at


def _at(node: Any, place: Place) -> Any:
    """Return what lies at a place; None where it leads nowhere."""
    for step in place:
        if isinstance(step, str):
            node = node.get(step) if isinstance(node, Mapping) else None
        elif not isinstance(node, list):
            return None
        elif isinstance(step, int):
            node = node[step] if step < len(node) else None
        else:
            node = next((entry for entry in node if _is(entry, step)), None)
    return node


def _is(entry: Any, who: Identity) -> bool:
    """Tell whether an entry is this one; a pair of ends counts whichever way round."""
    if not isinstance(entry, Mapping):
        return False
    plain = {name: value for name, value in who if name not in ("a", "b")}
    ends = sorted(str(value) for name, value in who if name in ("a", "b"))
    given = sorted(str(entry.get(name)) for name, _ in who if name in ("a", "b"))
    return given == ends and all(
        hashable(entry.get(name)) == value for name, value in plain.items()
    )
