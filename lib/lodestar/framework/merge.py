"""Merge a client's changes into a framework by id, and tell each of them in words."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from lodestar.framework.documents import IDENTITY, NAMES, SECTIONS, Document, entries

__all__ = ["merge"]

_KEYWISE = {"descriptors", "target", "target_by_function", "text"}


def merge(shipped: Document, own: Document) -> tuple[Document, tuple[str, ...]]:
    """Return the framework with the client's entries changed or added, and the changes in words.

    Parameters
    ----------
    shipped, own : dict
        Plain data; ``own`` may hold any part. Entries of the same id are merged key by key,
        descriptors, targets and texts also within; other lists and mappings are replaced.

    Returns
    -------
    dict, tuple of str
        The merged framework, and one sentence a change in the order of the file; what the
        client repeats unchanged is no change.

    Examples
    --------
    >>> shipped = {"id": "f", "dimensions": [{"id": "D1", "name": "Purpose", "weight": 1}]}
    >>> merge(shipped, {"dimensions": [{"id": "D1", "weight": 2}, {"id": "D2", "name": "Air"}]})[1]
    ("dimension D1 'Purpose': weight changed from 1 to 2", "dimension D2 added: 'Air'")
    """
    merged = copy.deepcopy(shipped)
    changes: list[str] = []
    for key, value in own.items():
        if key in SECTIONS:
            changes += _merge_section(merged, key, value)
        elif isinstance(value, dict):
            changes += _apply(merged.setdefault(key, {}), value, key)
        elif key != "id":
            changes += _set(merged, key, value, "framework")
    return merged, tuple(changes)


def _merge_section(merged: Document, section: str, own: list[Document]) -> Iterator[str]:
    """Merge one list of entries in place, yielding the changes."""
    known = entries(merged, section)
    target = merged.setdefault(section, [])
    for entry in own:
        id = str(entry[IDENTITY.get(section, "id")])
        if id in known:
            yield from _apply(known[id], entry, f"{NAMES[section]} {id} '{_name(known[id])}'")
        else:
            target.append(copy.deepcopy(entry))
            known[id] = target[-1]
            yield f"{NAMES[section]} {id} added: '{_name(entry)}'"


def _apply(old: Document, new: Document, subject: str) -> Iterator[str]:
    """Set each key of an entry in place, yielding the changes."""
    for key, value in new.items():
        if key in _KEYWISE and isinstance(old.get(key), dict):
            yield from _apply_within(old[key], value, subject, key)
        else:
            yield from _set(old, key, value, subject)


def _apply_within(old: Document, new: Document, subject: str, key: str) -> Iterator[str]:
    """Set each part of a descriptor, target or text in place, yielding the changes."""
    for part, value in new.items():
        if isinstance(value, dict) and isinstance(old.get(part), dict):
            yield from _apply_within(old[part], value, subject, f"{key} of {part}")
        else:
            yield from _set(old, part, value, f"{subject}, {key}", f"at {part}: ")


def _set(old: Document, key: str, value: Any, subject: str, label: str = "") -> Iterator[str]:
    """Set one value in place, yielding the change if it is one."""
    before = old.get(key)
    if before == value:
        return
    old[key] = copy.deepcopy(value)
    said = label or f"{key} "
    if before is None:
        yield f"{subject}: {said}set to {_said(value)}"
    else:
        yield f"{subject}: {said}changed from {_said(before)} to {_said(value)}"


def _name(entry: Document) -> str:
    """Return what an entry is called: its name, else its text, else its citation."""
    text = entry.get("text", {})
    return str(entry.get("name") or text.get("en") or text.get("fr") or entry.get("citation", ""))


def _said(value: Any) -> str:
    """Return a value as a person writes it."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_said(one)}" for key, one in value.items()) or "nothing"
    if isinstance(value, list):
        return ", ".join(map(_said, value)) or "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"'{value}'" if isinstance(value, str) else f"{value:g}"
