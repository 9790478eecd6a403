"""Untidy input that can be read in one way is read so, and told.

Oracle: the `expected.json` of each folder in tests/good_inputs, written by hand beside its files:
cells (table, row counted from 0, column, value), rows, rows left out, and every notice.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lodestar.engagement import load
from lodestar.engagement.model import Engagement
from tests.support.cases import GOOD, client_root, expected, names


@pytest.mark.parametrize("name", names(GOOD))
def test_untidy_input_is_read_as_meant(name: str, tmp_path: Path) -> None:
    case = GOOD / name
    wanted = expected(case)
    engagement = load("acme", "", client_root(case, tmp_path))
    for table, position, column, value in wanted.get("cells", []):
        assert _said(engagement.wave.tables[table][column].iloc[position]) == value
    for table, rows in wanted.get("rows", {}).items():
        assert len(engagement.wave.tables.get(table, ())) == rows
    assert {"transactions": 1, **wanted.get("left_out", {})} == dict(engagement.wave.left_out)
    assert [w.period.id for w in engagement.waves] == wanted.get("periods", ["2026-Q4"])
    assert _told(engagement) == sorted(map(tuple, wanted["notices"]), key=repr)


def _said(value: Any) -> Any:
    """The cell as JSON would hold it."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return None if pd.isna(value) else value


def _told(engagement: Engagement) -> list[tuple[Any, ...]]:
    """The notices beyond those of the base client."""
    told = [(n.code, n.file, n.row, n.column) for n in engagement.notices]
    base = [("corrected", "inputs/2026-Q4/metrics.csv", 4, "incentive")]
    base += [("no-customer", "inputs/2026-Q4/transactions.csv", None, "customer")]
    return sorted((one for one in told if one not in base), key=repr)
