"""Two documents of plain values compared leaf by leaf, entries of lists by who they are."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Literal

from lodestar.provenance.published import pointer_steps
from lodestar.review.identity import Identity, frozen, identify, keyed
from lodestar.schema.leaves import is_number, null_reason

__all__ = ["DECIMALS", "Leaf", "Step", "compare", "same"]

DECIMALS = 6
"""Published decimals: what differs below them is float noise."""

Kind = Literal["changed", "added", "gone", "reordered"]
Step = str | Identity


@dataclass(frozen=True)
class Leaf:
    """One place where two documents differ.

    Parameters
    ----------
    kind : {"changed", "added", "gone", "reordered"}
        A value changed; an entry or a key is new or gone; a list's entries changed places only.
    place : tuple
        Keys, and identities of list entries, from the top.
    pointer_before, pointer_after : str or None
        JSON pointer (RFC 6901) on each side; None on the side that lacks the place.
    before, after : object
        Value on each side; None where it is absent (see ``kind``) or null.
    reason_before, reason_after : str
        Why a side's value is null, where the document says so.
    """

    kind: Kind
    place: tuple[Step, ...]
    pointer_before: str | None
    pointer_after: str | None
    before: Any = None
    after: Any = None
    reason_before: str = ""
    reason_after: str = ""

    @property
    def path(self) -> str:
        """Return the dotted place without the entries, e.g. ``alignment.gaps.present``."""
        return ".".join(step for step in self.place if isinstance(step, str))

    @property
    def names(self) -> Identity:
        """Return who the entries on the way are."""
        steps = (step for step in self.place if not isinstance(step, str))
        return tuple(chain.from_iterable(steps))

    @property
    def change(self) -> float | None:
        """Return after minus before where both are numbers."""
        if self.kind == "changed" and is_number(self.before) and is_number(self.after):
            return round(float(self.after) - float(self.before), DECIMALS) + 0.0
        return None


def compare(before: Any, after: Any, top: str = "") -> list[Leaf]:
    """Return every leaf in which two documents differ, in the order of their places.

    Parameters
    ----------
    before, after : object
        Mappings, lists, text, numbers, booleans and null, as JSON knows them.
    top : str
        Dotted place of the documents' top, under which keys of lists are declared.

    Notes
    -----
    Entries of a list of mappings are matched by `identify`; where nothing tells them apart, equal
    entries are matched and the others are gone and added. Other lists are one leaf each. Numbers
    are compared at six decimals. A leaf's ``<key>_reason`` is told with the leaf.
    """
    found = list(_compare(before, after, _Place((top,) if top else (), "", "")))
    return _with_reasons(found, before, after)


@dataclass(frozen=True)
class _Place:
    """Where the comparison stands on both sides."""

    steps: tuple[Step, ...]
    before: str
    after: str

    @property
    def dotted(self) -> str:
        return ".".join(step for step in self.steps if isinstance(step, str))

    def key(self, name: str) -> _Place:
        token = "/" + name.replace("~", "~0").replace("/", "~1")
        return _Place((*self.steps, name), self.before + token, self.after + token)

    def entry(self, who: Identity, before: int, after: int) -> _Place:
        return _Place((*self.steps, who), f"{self.before}/{before}", f"{self.after}/{after}")

    def leaf(self, kind: Kind, before: Any = None, after: Any = None) -> Leaf:
        there = None if kind == "added" else self.before
        here = None if kind == "gone" else self.after
        return Leaf(kind, self.steps, there, here, before, after)


def same(before: Any, after: Any) -> bool:
    """Tell whether two values are equal as published.

    Examples
    --------
    >>> same(0.1 + 0.2, 0.3), same(1, True), same([1, 2], [1.0, 2.0])
    (True, False, True)
    """
    if is_number(before) and is_number(after):
        return round(float(before), DECIMALS) == round(float(after), DECIMALS)
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return before.keys() == after.keys() and all(same(before[k], after[k]) for k in before)
    if isinstance(before, list) and isinstance(after, list):
        pairs = zip(before, after, strict=False)
        return len(before) == len(after) and all(same(one, other) for one, other in pairs)
    return type(before) is type(after) and bool(before == after)


def _compare(before: Any, after: Any, place: _Place) -> Iterator[Leaf]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted({*before, *after}):
            at = place.key(key)
            if key not in after:
                yield at.leaf("gone", before[key])
            elif key not in before:
                yield at.leaf("added", after=after[key])
            else:
                yield from _compare(before[key], after[key], at)
    elif _is_entries(before) and _is_entries(after) and (before or after):
        yield from _entries(before, after, place)
    elif not same(before, after):
        yield place.leaf("changed", before, after)


def _is_entries(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, Mapping) for entry in value)


def _entries(before: list[Any], after: list[Any], place: _Place) -> Iterator[Leaf]:
    names = identify(place.dotted, before, after)
    if names is None:
        yield from _by_content(before, after, place)
        return
    there, here = _positions(names, before), _positions(names, after)
    found: list[Leaf] = []
    for key, (who, at) in there.items():
        if key in here:
            to = here[key][1]
            found += _compare(before[at], after[to], place.entry(who, at, to))
        else:
            found.append(place.entry(who, at, at).leaf("gone", before[at]))
    for key, (who, at) in here.items():
        if key not in there:
            found.append(place.entry(who, at, at).leaf("added", after=after[at]))
    if not found and list(there) != list(here):
        found.append(place.leaf("reordered"))
    yield from found


def _positions(names: tuple[str, ...], entries: Sequence[Any]) -> dict[str, tuple[Identity, int]]:
    """Return each entry's identity and position by its key, in the list's order."""
    found: dict[str, tuple[Identity, int]] = {}
    for at, entry in enumerate(entries):
        who = keyed(names, entry)
        found[frozen(who)] = (who, at)
    return found


def _by_content(before: list[Any], after: list[Any], place: _Place) -> Iterator[Leaf]:
    """Match equal entries; the rest are gone or added. The only entry of both lists is the same."""
    if len(before) == len(after) == 1:
        yield from _compare(before[0], after[0], place.entry((("entry", 0),), 0, 0))
        return
    free: defaultdict[str, deque[int]] = defaultdict(deque)
    for at, entry in enumerate(after):
        free[frozen(_settled(entry))].append(at)
    gone = []
    for at, entry in enumerate(before):
        twins = free[frozen(_settled(entry))]
        if twins:
            twins.popleft()
        else:
            gone.append((at, entry))
    fresh = sorted(at for twins in free.values() for at in twins)
    for at, entry in gone:
        yield place.entry((("entry", at),), at, at).leaf("gone", entry)
    for at in fresh:
        yield place.entry((("entry", at),), at, at).leaf("added", after=after[at])
    if not gone and not fresh and not same(before, after):
        yield place.leaf("reordered")


def _settled(value: Any) -> Any:
    """Return a value that is equal exactly where `same` holds."""
    if isinstance(value, Mapping):
        return {key: _settled(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_settled(inner) for inner in value]
    return round(float(value), DECIMALS) + 0.0 if is_number(value) else value


def _with_reasons(found: list[Leaf], before: Any, after: Any) -> list[Leaf]:
    """Tell a null's reason with its leaf, and not a second time."""
    told: set[tuple[Step, ...]] = set()
    out = []
    for leaf in found:
        if leaf.kind == "changed" and (leaf.before is None) != (leaf.after is None):
            told.add((*leaf.place[:-1], f"{leaf.place[-1]}_reason"))
            if leaf.before is None:
                leaf = replace(leaf, reason_before=_reason(before, leaf.pointer_before))
            else:
                leaf = replace(leaf, reason_after=_reason(after, leaf.pointer_after))
        out.append(leaf)
    return [leaf for leaf in out if leaf.place not in told]


def _reason(document: Any, pointer: str | None) -> str:
    """Return why the value under a pointer is null; empty when the document does not say."""
    if not pointer:
        return ""
    *steps, last = pointer_steps(pointer)
    for step in steps:
        document = document[int(step)] if isinstance(document, list) else document[step]
    return null_reason(document, last)
