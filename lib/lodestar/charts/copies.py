"""Altair's own copies, made quicker: layers and rows of charts copy every part they join."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from altair.utils import schemapi

__all__ = ["quick_copies"]

_GENERATED = "altair.vegalite.v6.schema."
"""Modules of classes that Altair makes from the schema of Vega-Lite."""


def quick_copies() -> None:
    """Have Altair pass over what is not set when it copies a chart; the copies are the same.

    Notes
    -----
    A mark or an axis has some hundred properties, nearly all of them unset. Altair 6 asks of each
    what it is before it leaves it as it is, and has each part constructed anew: a tenth of all that
    pages are made of.
    """
    schemapi._deep_copy = _copied  # type: ignore[assignment]


def _copied(part: Any, by_ref: Container[str]) -> Any:
    """Return a copy of a part of a chart, as deep as it goes but for the keys named."""
    if isinstance(part, schemapi.SchemaBase):
        return _schema_copied(part, by_ref)
    if isinstance(part, list):
        return [_copied(one, by_ref) for one in part]
    return _members(part, by_ref) if isinstance(part, dict) else part


def _schema_copied(part: Any, by_ref: Container[str]) -> Any:
    kind = type(part)
    copier = getattr(kind, "__deepcopy__", None)
    unnamed = () if copier else tuple(_copied(one, by_ref) for one in part._args)
    named = {} if copier else _members(part._kwds, by_ref)
    if kind.__module__.startswith(_GENERATED) and not copier:
        # What these hold is all that they were given: their constructors keep it, no more.
        made = object.__new__(kind)
        object.__setattr__(made, "_args", unnamed)
        object.__setattr__(made, "_kwds", named)
        return made
    with schemapi.debug_mode(False):
        return copier(part) if copier else kind(*unnamed, **named)


def _members(members: dict[str, Any], by_ref: Container[str]) -> dict[str, Any]:
    unset = schemapi.Undefined
    return {
        key: one if one is unset or key in by_ref else _copied(one, by_ref)
        for key, one in members.items()
    }
