"""Rows that charts carry. Oracle: Altair's own, for any table."""

from __future__ import annotations

import json
from datetime import date

import altair as alt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.charts.rows import MOST, chart_rows

NUMBERS = st.floats(allow_nan=True, allow_infinity=True)
ANYTHING = st.one_of(st.none(), st.text(max_size=3), st.integers(-9, 9), st.booleans(), NUMBERS)
COLUMNS = {
    "float64": NUMBERS,
    "int64": st.integers(-(2**40), 2**40),
    "bool": st.booleans(),
    "str": st.one_of(st.none(), st.text(max_size=3)),
    "string": st.one_of(st.none(), st.text(max_size=3)),
    "object": ANYTHING,
    "Int64": st.one_of(st.none(), st.integers(-9, 9)),
    "category": st.sampled_from(["a", "b"]),
    "float32": st.floats(width=32),
    "datetime64[ns]": st.datetimes(pd.Timestamp(1990, 1, 1), pd.Timestamp(2090, 1, 1)),
}


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    size = draw(st.integers(0, 4))
    kinds = draw(st.lists(st.sampled_from(sorted(COLUMNS)), max_size=4))
    made = {
        f"c{place}": pd.Series(
            draw(st.lists(COLUMNS[kind], min_size=size, max_size=size)), dtype=kind
        )
        for place, kind in enumerate(kinds)
    }
    return pd.DataFrame(made, index=draw(st.permutations(range(size))) if made else range(size))


def _told(rows: object) -> str:
    """Return rows as the chart writes them; types count: 1 is not 1.0, nor true."""
    return json.dumps(rows, allow_nan=True)


@given(tables())
def test_rows_are_altairs(table: pd.DataFrame) -> None:
    assert _told(chart_rows(table)) == _told(alt.default_data_transformer(table))


@pytest.mark.parametrize(
    "odd",
    [
        pd.DataFrame({"x": [[1, 2], [3]]}),
        pd.DataFrame({"x": [np.array([1, 2]), 3]}),
        pd.DataFrame({"x": [np.float64(2), np.int64(3), np.nan]}, dtype=object),
        pd.DataFrame([[1, "a"], [2, "b"]]),
        pd.DataFrame(index=range(3)),
        {"values": [{"x": 1}]},
        {"values": []},
    ],
)
def test_what_is_not_plain_is_left_to_altair(odd: object) -> None:
    assert _told(chart_rows(odd)) == _told(alt.default_data_transformer(odd))


def test_what_altair_refuses_is_refused() -> None:
    with pytest.raises(alt.MaxRowsError):
        chart_rows(pd.DataFrame({"x": range(6 * MOST)}))
    with pytest.raises(ValueError, match="invalid column name"):
        chart_rows(pd.DataFrame({date(2026, 1, 1): [1]}))
