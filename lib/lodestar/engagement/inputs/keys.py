"""Keys: a row's key stands once; of answers given twice, equal ones count once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lodestar.engagement.collector import Collector
from lodestar.engagement.inputs.table import TableRead
from lodestar.schema.columns import Table

__all__ = ["check_keys"]


def check_keys(read: TableRead, collector: Collector) -> TableRead:
    """Return the table with each key once; collect keys that are given twice.

    Notes
    -----
    Blank parts of a key that may be blank count as equal. Answers may repeat equal: the repeats
    are left out and counted; the same question answered differently is a problem. A review of a
    conflict holds for its two ends in either order.
    """
    table = read.sheet.table
    if not table.key or read.frame.empty:
        return read
    keys = _keys(read.frame, table)
    usable = keys[[name for name in table.key if name in table.required]].notna().all(axis=1)
    twice = (keys.duplicated() & usable).to_numpy()
    if not twice.any():
        return read
    first = _first(keys)
    same = np.zeros(len(twice), dtype=bool)
    if table.repeats:
        value = read.frame["value"].to_numpy()
        same = twice & (value == value[first])
    _tell(read, np.flatnonzero(twice & ~same), first, collector)
    return _once(read, same, collector)


def _keys(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return the key columns, the two ends of a reviewed conflict in one order."""
    keys = frame[list(table.key)]
    if table.name != "conflict_reviews":
        return keys
    swapped = (keys["a"] > keys["b"]).to_numpy()
    a, b = keys["a"].to_numpy(), keys["b"].to_numpy()
    return keys.assign(a=np.where(swapped, b, a), b=np.where(swapped, a, b))


def _first(keys: pd.DataFrame) -> np.ndarray:
    """Return for each row the position of the first row with its key."""
    positions = pd.Series(np.arange(len(keys)), index=keys.index)
    parts = [keys[name] for name in keys]
    return positions.groupby(parts, dropna=False, sort=False).transform("min").to_numpy()


def _tell(read: TableRead, positions: np.ndarray, first: np.ndarray, collector: Collector) -> None:
    """Collect a problem for each row whose key stands above, naming that row."""
    names = list(read.sheet.table.key)
    shown = read.frame[names].astype("str").fillna("")
    for at in positions:
        value = ", ".join(shown.iloc[at])
        collector.problem(
            "duplicate-key",
            read.sheet.file,
            f"The same {' and '.join(names)} as in row {_row(read, first[at])}.",
            "Keep one of the two rows, or give one an id of its own."
            if len(names) == 1
            else "Keep one of the two rows.",
            row=_row(read, at),
            column=read.sheet.heading("value", int(read.at[at]))
            if read.sheet.headings is not None
            else names[0],
            value=value,
        )


def _row(read: TableRead, at: int) -> int:
    return int(read.sheet.rows[read.at[at]])


def _once(read: TableRead, same: np.ndarray, collector: Collector) -> TableRead:
    """Return the table without answers that repeat equal, counted and told."""
    if not same.any():
        return read
    collector.notice(
        "repeated-answers",
        read.sheet.file,
        f"Answers given again with the same value, counted once: {int(same.sum()):,}.",
    )
    return read.keep(~same, counted=True)
