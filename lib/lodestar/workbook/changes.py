"""What the tables of changes between periods share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from lodestar.tables import Column, Table, table

__all__ = ["change_table", "verdict"]

NUMBERS = {"before": "Before", "after": "After", "change": "Change", "low": "Low", "high": "High"}


def change_table(rows: Iterable[Mapping[str, Any]], heads: Sequence[Column], caption: str) -> Table:
    """Return changes as a table: what changed, between which periods, by how much, beyond noise.

    Parameters
    ----------
    rows : iterable of mapping
        ``from, to, before, after, change, low, high, verdict`` and the columns of `heads`.
    heads : sequence of Column
        What stands in front of the periods.
    caption : str
        Unit and interval.
    """
    columns = [
        *heads,
        Column("from", "From"),
        Column("to", "To"),
        *(Column(name, title, "precise") for name, title in NUMBERS.items()),
        Column("verdict", "More than noise"),
    ]
    frame = pd.DataFrame(list(rows), columns=[column.name for column in columns])
    return table(frame.astype(dict.fromkeys(NUMBERS, float)), columns, caption)


def verdict(beyond: bool | None) -> str:
    """Return whether a change is more than noise, in a word."""
    return "cannot be told" if beyond is None else "yes" if beyond else "no"
