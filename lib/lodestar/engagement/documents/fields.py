"""What a document may say: kinds of fields, checked with the row and path of each fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lodestar.engagement.collector import Collector
from lodestar.engagement.documents.yaml_document import Document, Place
from lodestar.schema.nearest import meant

__all__ = ["Field", "checked"]


@dataclass(frozen=True)
class Field:
    """One field of a document.

    Parameters
    ----------
    kind : {"text", "cell", "number", "date", "mapping", "list", "table"}
        A cell is any single value, as a table would hold it; a mapping has ``fields``; a list
        holds entries like ``entry``; a table maps free names to entries like ``entry``.
    required : bool
        Whether it must be there.
    allowed : tuple of str
        The words a text may be.
    pattern, example : str
        Form of a text, and one that has it.
    low, high, step : float, optional
        Range of a number, and what it is a multiple of.
    """

    kind: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    example: str = ""
    low: float | None = None
    high: float | None = None
    step: float | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    entry: Field | None = None


def checked(value: Any, spec: Field, place: Place, document: Document, tell: Collector) -> Any:
    """Return a value as the field wants it, without what is at fault; collect the faults.

    Parameters
    ----------
    value
        What the document says there.
    spec : Field
        What it may say.
    place : tuple
        Where it stands.
    document : Document
        Gives rows and the file's name.
    tell : Collector
        Takes the problems.
    """
    if spec.kind == "mapping":
        return _mapping(value, spec, place, document, tell)
    if spec.kind in ("list", "table"):
        return _many(value, spec, place, document, tell)
    read = _READERS[spec.kind](value, spec)
    if isinstance(read, tuple):
        _tell("wrong-value", read[0], read[1], value, place, document, tell)
        return None
    return read


def _mapping(value: Any, spec: Field, place: Place, document: Document, tell: Collector) -> dict:
    """Return the known fields of a mapping; unknown keys and missing fields are problems."""
    if not isinstance(value, Mapping):
        _tell(
            "wrong-value",
            "This must be keys with values.",
            "Write 'key: value' lines.",
            value,
            place,
            document,
            tell,
        )
        return {}
    for key in (key for key in value if key not in spec.fields):
        remedy = meant(str(key), spec.fields, f"Known keys: {', '.join(spec.fields)}.")
        _tell(
            "unknown-key", "The key is not known.", remedy, key, (*place, str(key)), document, tell
        )
    out: dict[str, Any] = {}
    for name, inner in spec.fields.items():
        given = value.get(name)
        if given is not None:
            read = checked(given, inner, (*place, name), document, tell)
            out |= {} if read is None else {name: read}
        elif inner.required:
            _tell(
                "missing-key",
                f"The key '{name}' must be there and filled.",
                f"Add '{name}: …'.",
                None,
                (*place, name),
                document,
                tell,
            )
    return out


def _many(value: Any, spec: Field, place: Place, document: Document, tell: Collector) -> Any:
    """Return the entries of a list or a table."""
    entry = spec.entry or Field("text")
    if spec.kind == "table" and isinstance(value, Mapping):
        return {
            str(name): checked(inner, entry, (*place, str(name)), document, tell)
            for name, inner in value.items()
        }
    if spec.kind == "table" or not isinstance(value, list):
        what = "names with entries" if spec.kind == "table" else "a list"
        remedy = "Write it as the engagement.yml of `lodestar new` shows it."
        _tell("wrong-value", f"This must be {what}.", remedy, value, place, document, tell)
        return None
    found = [checked(inner, entry, (*place, at), document, tell) for at, inner in enumerate(value)]
    return [inner for inner in found if inner is not None]


def _text(value: Any, spec: Field) -> str | tuple[str, str]:
    """Return a text, or what is wrong and how to mend it."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        return "This must be text.", "Write it in quotes."
    text = str(value).strip()
    if not text:
        return "This must not be blank.", "Fill it."
    if spec.allowed and text not in spec.allowed:
        said = f"Write one of: {', '.join(spec.allowed)}."
        return "This word is not known here.", meant(text, spec.allowed, said)
    if spec.pattern and not re.fullmatch(spec.pattern, text):
        return "This is not in the form expected.", f"Write it like {spec.example}."
    return text


def _number(value: Any, spec: Field) -> float | tuple[str, str]:
    """Return a number, or what is wrong and how to mend it."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return "This must be a number.", "Write digits with a point for decimals, no quotes."
    low, high = spec.low, spec.high
    if (low is not None and value < low) or (high is not None and value > high):
        span = f"{low:g} or more" if high is None else f"a number from {low:g} to {high:g}"
        return "The number is out of range.", f"Write {span}."
    if spec.step and value % spec.step:
        return f"Only steps of {spec.step:g} are allowed.", f"Write a multiple of {spec.step:g}."
    return value


def _date(value: Any, spec: Field) -> date | tuple[str, str]:
    """Return a day, or what is wrong and how to mend it."""
    if isinstance(value, datetime) or not isinstance(value, date):
        return "This must be a day.", "Write year-month-day without quotes, such as 2026-12-31."
    if not 1900 <= value.year <= 2200:
        return "The year is out of range.", "Write a year from 1900 to 2200."
    return value


def _cell(value: Any, spec: Field) -> str | tuple[str, str]:
    """Return a value as a cell of a table would hold it; blank for none."""
    if isinstance(value, Mapping | list):
        return "This must be one cell's value.", "Write the value in quotes."
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


_READERS: dict[str, Callable[[Any, Field], Any]] = {
    "text": _text,
    "cell": _cell,
    "number": _number,
    "date": _date,
}


def _tell(
    code: str,
    message: str,
    remedy: str,
    value: Any,
    place: Place,
    document: Document,
    tell: Collector,
) -> None:
    """Collect a problem with the row and path of its entry."""
    tell.problem(
        code,
        document.file,
        message,
        remedy,
        row=document.row(place),
        column=_path(place),
        value=None if value is None else str(value)[:80],
    )


def _path(place: Place) -> str:
    """Return where an entry stands, as ``functions[2].id``."""
    path = ""
    for part in place:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path
