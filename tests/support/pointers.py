"""JSON pointers, as findings cite their evidence."""

from __future__ import annotations

from typing import Any

__all__ = ["resolve"]


def resolve(document: Any, pointer: str) -> Any:
    """Return what an RFC 6901 pointer names; raises where it names nothing."""
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        document = document[int(key)] if isinstance(document, list) else document[key]
    return document
