"""Sections of results for one mixture of material, by whichever package is on the path."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["sections_of"]


def sections_of(client: str, period: str, data_root: str, names: Sequence[str]) -> dict[str, Any]:
    """Return sections of results.json, or why they cannot be computed; never a traceback.

    Parameters
    ----------
    client, period, data_root
        As for ``lodestar.engagement.load``.
    names : sequence of str
        Top-level keys of results.json.

    Returns
    -------
    dict
        ``sections`` (name: value), or ``refused``: the material does not go together, in words.

    Notes
    -----
    Another revision's package runs this file as a program, so it asks for nothing but loading and
    the sections, whose names have not changed.
    """
    try:
        from lodestar.assess.results import Results
        from lodestar.engagement import load

        results = Results(load(client, period, data_root))
        return {"sections": json.loads(json.dumps({n: results[n] for n in names}, default=_plain))}
    except Exception as error:
        return {"refused": _said(error)}


def _plain(value: Any) -> Any:
    """Return what JSON does not know: arrays' numbers, mappings of other kinds, else text."""
    if isinstance(value, Mapping):
        return dict(value)
    return value.item() if hasattr(value, "item") else str(value)


def _said(error: Exception) -> str:
    """Return what is wrong in one line."""
    problems = getattr(error, "problems", None)
    if problems:
        more = f", and {len(problems) - 1:,} more" if len(problems) > 1 else ""
        return f"{problems[0].place()}: {problems[0].message}{more}"
    return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(sections_of(**json.load(sys.stdin))))
