"""The leaves that the schema of results.json allows, as pointers with ``*`` for each entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["schema_leaves"]

Schema = Mapping[str, Any]

_NUMBERS = {"number", "integer"}


def schema_leaves(schema: Schema) -> list[str]:
    """Return the pointer of every number that a document of this schema may hold.

    Parameters
    ----------
    schema : mapping
        JSON Schema; references within it are followed.

    Returns
    -------
    list of str
        Sorted; ``*`` stands for any entry of a list or any key that the schema does not name.

    Examples
    --------
    >>> schema_leaves({"properties": {"a": {"type": "array", "items": {"type": "number"}}}})
    ['/a/*']
    """
    return sorted(set(_leaves(schema, "", schema)))


def _leaves(node: Schema, at: str, whole: Schema) -> Iterator[str]:
    if "$ref" in node:
        target: Any = whole
        for step in str(node["$ref"]).removeprefix("#/").split("/"):
            target = target[step]
        yield from _leaves(target, at, whole)
    kinds = node.get("type", [])
    if _NUMBERS & set([kinds] if isinstance(kinds, str) else kinds):
        yield at
    for name, part in node.get("properties", {}).items():
        yield from _leaves(part, f"{at}/{name}", whole)
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), Mapping):
            yield from _leaves(node[key], f"{at}/*", whole)
    for key in ("anyOf", "oneOf", "prefixItems"):
        for part in node.get(key, []):
            yield from _leaves(part, f"{at}/*" if key == "prefixItems" else at, whole)
