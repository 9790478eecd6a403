"""Check a framework against the shipped JSON Schema, each complaint in words."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Iterator
from functools import cache
from typing import Any

from lodestar.errors import Problem
from lodestar.framework.documents import IDENTITY, SECTIONS
from lodestar.schema.nearest import meant
from lodestar.schema.quick_start import import_jsonschema
from lodestar.schema.resources import templates

__all__ = ["shape_problems"]

_TYPES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "a mapping of keys to values",
    "string": "text",
}


def shape_problems(document: Any, where: str, partial: bool = False) -> list[Problem]:
    """Return what is wrong with the shape of a framework: keys, types, ranges, allowed words.

    Parameters
    ----------
    document : mapping
        Plain data with text keys.
    where : str
        Name of the file for messages.
    partial : bool
        Whether it is a client's override, whose entries need only their id.

    Returns
    -------
    list of Problem
        In the order of the document; ``column`` is the path, ids in place of positions.
    """
    infinite = [_infinite(path, document, where) for path in _not_finite(document)]
    errors = sorted(_validator(partial).iter_errors(document), key=lambda e: list(map(str, e.path)))
    return infinite + [_problem(error, document, where) for error in errors]


@cache
def _validator(partial: bool) -> Any:
    """Return the compiled schema; for an override, with nothing but ids required."""
    path = templates() / "frameworks" / "framework.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    return import_jsonschema().Draft202012Validator(_relaxed(schema) if partial else schema)


def _relaxed(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema for an override: entries need their id, lists no length."""
    relaxed = copy.deepcopy(schema)
    relaxed.pop("required")
    for section in SECTIONS:
        relaxed["properties"][section].pop("minItems", None)
    for entry in relaxed["$defs"].values():
        if "required" in entry:
            entry["required"] = entry["required"][:1]
    return relaxed


def _problem(error: Any, document: Any, where: str) -> Problem:
    """Return one complaint of the validator in words."""
    message, remedy = _words(error)
    value = error.instance
    return Problem(
        code="framework-shape",
        file=where,
        column=_path(list(error.path), document) or None,
        value=None if isinstance(value, dict | list) else str(value),
        message=message,
        remedy=remedy,
    )


def _words(error: Any) -> tuple[str, str]:
    """Return what is wrong and how to mend it, for the schema's own keywords."""
    expected = error.validator_value
    match error.validator:
        case "required":
            missing = [key for key in expected if key not in error.instance]
            return f"The key '{missing[0]}' is missing.", f"Add '{missing[0]}'."
        case "additionalProperties":
            return _unknown_key(error)
        case "enum":
            known = [str(word) for word in expected]
            remedy = meant(str(error.instance), known, f"Known: {', '.join(known)}.")
            return "The word is not known here.", remedy
        case "type":
            kinds = expected if isinstance(expected, list) else [expected]
            kind = " or ".join(_TYPES[name] for name in kinds)
            return f"This must be {kind}.", f"Write {kind}."
        case "minimum" | "maximum" | "exclusiveMinimum":
            word = {"minimum": "at least", "maximum": "at most"}.get(error.validator, "above")
            bound = f"{word} {expected:g}"
            return f"The number must be {bound}.", f"Write a number {bound}."
        case "minItems" | "minProperties" | "maxItems":
            bound = "at most" if error.validator == "maxItems" else "at least"
            return f"This needs {bound} {expected} entries.", "Complete the list."
        case "pattern":
            return "An id holds letters, digits, '-' and '_' only.", "Write a shorter id."
        case _:
            return "The text is empty.", "Write the text."


def _unknown_key(error: Any) -> tuple[str, str]:
    """Return the words for a key that this part of a framework does not have."""
    known = [*error.schema.get("properties", {})]
    patterns = error.schema.get("patternProperties", {})
    if patterns:
        return "A level's key is not one of 1 to 5.", "Use the whole levels 1, 2, 3, 4 and 5."
    extra = next(key for key in error.instance if key not in known)
    return f"The key '{extra}' is not known here.", meant(
        extra, known, f"Known: {', '.join(known)}."
    )


def _path(parts: list[Any], document: Any) -> str:
    """Return a path with ids in place of positions: ``capabilities.C04.target.3``."""
    shown, here, section = [], document, ""
    for part in parts:
        here = here[part]
        key = IDENTITY.get(section, "id")
        named = isinstance(part, int) and isinstance(here, dict) and key in here
        shown.append(str(here[key]) if named else str(part))
        section = str(part)
    return ".".join(shown)


def _not_finite(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every number that is NaN or infinite."""
    if isinstance(value, float) and not math.isfinite(value):
        yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _not_finite(inner, (*path, key))


def _infinite(path: tuple[Any, ...], document: Any, where: str) -> Problem:
    """Return the problem of a value that is no number."""
    return Problem(
        code="framework-shape",
        file=where,
        column=_path(list(path), document),
        message="NaN and infinity are not numbers.",
        remedy="Write a number.",
    )
