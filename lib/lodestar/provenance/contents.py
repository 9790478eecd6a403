"""Hashes of what was read, typed: the same however the file was written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from lodestar.engagement.model import Engagement, Wave
from lodestar.engagement.reads import EVERYTHING, NOTES, OPENED
from lodestar.provenance.hashes import digest, framework_hash, input_hashes
from lodestar.schema.personal import PERSONAL

__all__ = [
    "content_hash",
    "content_hashes",
    "corrections_of",
    "ground_hash",
    "made_public",
    "tables_read",
]


def content_hashes(engagement: Engagement, names: Iterable[str]) -> dict[str, str]:
    """Return the hash of each thing read, by the name that ``Engagement.reads`` gives it."""
    return {name: content_hash(engagement, name) for name in sorted(set(names))}


def content_hash(engagement: Engagement, name: str) -> str:
    """Return the sha256 of one thing that was read.

    Parameters
    ----------
    engagement : Engagement
        The client's material.
    name : str
        ``<period>/<table>``, ``notes``, ``notes/<heading>``, ``settings``, or ``*`` for every
        input file.

    Returns
    -------
    str
        Hexadecimal. A table's covers its typed values, the rows left out and the corrections made
        in it: the order of files, quotes and formats does not change it. What is absent has a
        hash as well.
    """
    place, _, part = name.partition("/")
    if name == EVERYTHING:
        return digest(input_hashes(engagement))
    if name == OPENED:
        return ground_hash(engagement)
    if place == NOTES:
        return digest(engagement.notes.get(part) if part else engagement.notes)
    wave = _wave(engagement, place)
    return _table_hash(engagement, wave, part) if wave else digest(None)


def ground_hash(engagement: Engagement) -> str:
    """Return the sha256 of what every page rests on: settings, framework, assumptions, periods."""
    return digest(
        [
            engagement.settings,
            framework_hash(engagement.framework),
            engagement.assumptions,
            [wave.period for wave in engagement.waves],
        ]
    )


def tables_read(engagement: Engagement) -> dict[str, dict[str, str]]:
    """Return the tables that were read and are there: their content's hash by table and period."""
    found: dict[str, dict[str, str]] = {}
    for name in engagement.reads.names:
        period, _, table = name.partition("/")
        wave = _wave(engagement, period)
        if wave and table in wave.tables:
            found.setdefault(table, {})[period] = content_hash(engagement, name)
    return dict(sorted(found.items()))


def corrections_of(engagement: Engagement, names: Iterable[str]) -> list[dict[str, Any]]:
    """Return the corrections made in these tables, in the order in which they are declared."""
    wanted = set(names)
    made = [dict(entry) for entry in engagement.corrections]
    return [entry for entry in made if f"{entry['period']}/{entry['table']}" in wanted]


def made_public(correction: Mapping[str, Any]) -> dict[str, Any]:
    """Return a correction as it may be published.

    Notes
    -----
    In tables whose rows may be one person's answer, neither the row nor what stood there is named.
    """
    hidden = ("where", "old", "new") if correction["table"] in PERSONAL else ()
    return {key: value for key, value in correction.items() if key not in hidden}


def _wave(engagement: Engagement, period: str) -> Wave | None:
    return next((wave for wave in engagement.waves if wave.period.id == period), None)


def _table_hash(engagement: Engagement, wave: Wave, table: str) -> str:
    frame = wave.tables.get(table)
    made = corrections_of(engagement, [f"{wave.period.id}/{table}"])
    rest = digest([wave.left_out.get(table, 0), made])
    hashed = hashlib.sha256(rest.encode())
    for piece in () if frame is None else _pieces(frame):
        hashed.update(piece)
    return hashed.hexdigest()


def _pieces(frame: pd.DataFrame) -> Iterator[bytes]:
    """Yield what a frame holds: rows, and of each column name, type and values."""
    yield json.dumps([len(frame), [str(name) for name in frame.columns]]).encode()
    for name in frame.columns:
        column = frame[name]
        yield json.dumps([str(column.dtype)]).encode()
        yield _values(column)


def _values(column: pd.Series) -> bytes:
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biufmM":
        return column.to_numpy().tobytes()
    return json.dumps(column.tolist(), default=_told).encode()


def _told(value: Any) -> Any:
    """Return a value that JSON does not know with its kind, so that no text equals it."""
    return {type(value).__name__: str(value)}
