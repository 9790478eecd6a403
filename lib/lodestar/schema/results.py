"""The shape of results.json: a JSON Schema that ships with the package, and its check."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lodestar.errors import FaultError
from lodestar.schema.quick_start import import_jsonschema

__all__ = ["check_results", "results_schema"]

_FILE = Path(__file__).parent / "results.schema.json"
_SHOWN = 5


@cache
def results_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of results.json."""
    schema: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return schema


def check_results(document: Mapping[str, Any]) -> None:
    """Check a results document against the shipped schema.

    Parameters
    ----------
    document : mapping
        What is about to be published as results.json.

    Raises
    ------
    FaultError
        It does not follow the schema: a fault of this package; the places are named.
    """
    validator = import_jsonschema().Draft202012Validator(results_schema())
    errors = sorted(validator.iter_errors(document), key=lambda error: list(map(str, error.path)))
    if errors:
        places = "; ".join(f"{_place(error)}: {error.message[:200]}" for error in errors[:_SHOWN])
        raise FaultError(f"The results break their schema at {len(errors)} places: {places}")


def _place(error: Any) -> str:
    """Return the JSON pointer of the value that is wrong."""
    return "/" + "/".join(str(step) for step in error.absolute_path)
