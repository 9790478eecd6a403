"""Build the framework's values from checked data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.framework.documents import Document
from lodestar.framework.model import (
    Capability,
    Dimension,
    Factor,
    Framework,
    Item,
    Level,
    Source,
)

__all__ = ["build"]

_RUNGS = (1, 2, 3, 4, 5)


def build(document: Document, overrides: tuple[str, ...] = ()) -> Framework:
    """Return the framework that checked plain data describes.

    Parameters
    ----------
    document : dict
        Plain data that passed every check.
    overrides : tuple of str
        The client's changes in words.

    Returns
    -------
    Framework
        Levels in rising order, everything else in the order of the file.
    """
    required = document.get("required", {})
    settings = {
        **{key: float(value) for key, value in required.items()},
        **{key: float(value) for key, value in document.get("alignment", {}).items()},
        **{key: float(value) for key, value in document.get("transition", {}).items()},
    }
    levels = sorted((Level(**entry) for entry in document["levels"]), key=lambda one: one.level)
    return Framework(
        id=document["id"],
        version=str(document["version"]),
        levels=tuple(levels),
        dimensions=tuple(Dimension(**entry) for entry in document["dimensions"]),
        capabilities=tuple(_capability(entry) for entry in document["capabilities"]),
        items=tuple(_item(entry) for entry in document.get("items", [])),
        factors=tuple(_factor(entry) for entry in document.get("factors", [])),
        sources=tuple(_source(entry) for entry in document.get("sources", [])),
        overrides=overrides,
        **settings,
    )


def _capability(entry: Document) -> Capability:
    """Return one capability."""
    by_function = {
        function: _profile(own) for function, own in entry.get("target_by_function", {}).items()
    }
    changed = {
        "descriptors": _descriptors(entry),
        "target": _profile(entry["target"]),
        "target_by_function": by_function,
        "needs": tuple(entry.get("needs", [])),
    }
    return Capability(**{**entry, **changed})


def _item(entry: Document) -> Item:
    """Return one survey item; an anchored one says levels outright, unless it maps them."""
    identity = {str(k): k for k in _RUNGS} if entry["kind"] == "anchored5" else None
    mapping = entry.get("to_level", identity)
    to_level = None if mapping is None else _points(mapping)
    return Item(**{**entry, "audience": tuple(entry["audience"]), "to_level": to_level})


def _factor(entry: Document) -> Factor:
    """Return one factor of the required level."""
    return Factor(**{**entry, "descriptors": _descriptors(entry)})


def _source(entry: Document) -> Source:
    """Return one source."""
    return Source(**{**entry, "rests": tuple(entry.get("rests", []))})


def _descriptors(entry: Document) -> dict[int, str]:
    """Return what an assessor sees at each level, in rising order."""
    return {int(level): text for level, text in sorted(entry.get("descriptors", {}).items())}


def _profile(profile: Mapping[str, Any]) -> dict[int, float]:
    """Return targets by chosen level, in rising order."""
    return {int(level): float(target) for level, target in sorted(profile.items())}


def _points(mapping: Mapping[str, Any]) -> dict[float, float]:
    """Return the map from answers to levels, in rising order of answers."""
    return dict(sorted((float(answer), float(level)) for answer, level in mapping.items()))
