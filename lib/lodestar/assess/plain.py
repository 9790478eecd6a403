"""From numbers and frames to what results.json holds: plain values, nulls with their reason."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

__all__ = ["leaf", "listing", "plain", "records", "shown_records"]


def plain(value: Any) -> Any:
    """Return a value as JSON knows it; NaN, infinity and missing dates become None.

    Examples
    --------
    >>> import numpy as np
    >>> plain(np.int64(3)), plain(float("nan")), plain(("a", "b"))
    (3, None, ['a', 'b'])
    """
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if value is None or isinstance(value, (str, bool)):
        return value
    if pd.isna(value):
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    if hasattr(value, "item"):
        return plain(value.item())
    return value if not isinstance(value, float) or math.isfinite(value) else None


def leaf(key: str, value: Any, reason: str) -> dict[str, Any]:
    """Return one leaf, with its reason beside it where it is null.

    Examples
    --------
    >>> leaf("hhi", float("nan"), "No revenue.")
    {'hhi': None, 'hhi_reason': 'No revenue.'}
    >>> leaf("hhi", 2600.0, "No revenue.")
    {'hhi': 2600.0}
    """
    shown = plain(value)
    return {key: shown} if shown is not None else {key: None, f"{key}_reason": reason}


def listing(key: str, entries: Sequence[Any], reason: str) -> dict[str, Any]:
    """Return one list, with its reason beside it where it is empty.

    Examples
    --------
    >>> listing("drift", [], "There is one period only.")
    {'drift': [], 'drift_reason': 'There is one period only.'}
    """
    return {key: list(entries)} if len(entries) else {key: [], f"{key}_reason": reason}


def records(frame: pd.DataFrame, why: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """Return a frame's rows as plain dictionaries.

    Parameters
    ----------
    frame : DataFrame
        One row an entry.
    why : mapping, optional
        Reason for a null, by column: the entry gains ``<column>_reason`` where it is null.

    Examples
    --------
    >>> records(pd.DataFrame({"a": [1.0, None]}), {"a": "Not asked."})
    [{'a': 1.0}, {'a': None, 'a_reason': 'Not asked.'}]
    """
    rows = [{str(k): plain(v) for k, v in row.items()} for row in frame.to_dict("records")]
    for row in rows:
        for column, reason in (why or {}).items():
            if row[column] is None:
                row[f"{column}_reason"] = reason
    return rows


def shown_records(frame: pd.DataFrame, why: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return :func:`records`; only a null of an entry that is shown says why.

    Parameters
    ----------
    frame : DataFrame
        With a column ``suppressed``.
    why : mapping
        Reason for a null of a shown entry, by column.

    Examples
    --------
    >>> shown_records(pd.DataFrame({"a": [None], "suppressed": [True]}), {"a": "Not asked."})
    [{'a': None, 'suppressed': True}]
    """
    rows = records(frame)
    for row in rows:
        if not row["suppressed"]:
            row |= {f"{key}_reason": reason for key, reason in why.items() if row[key] is None}
    return rows
