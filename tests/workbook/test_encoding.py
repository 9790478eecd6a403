"""Values as plain JSON. Oracle: the value itself, bit for bit, after the way there and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from lodestar.workbook.encoding import decoded, encoded


@dataclass(frozen=True, eq=False)
class Inner:
    numbers: np.ndarray
    day: date


@dataclass(frozen=True, eq=False)
class Outer:
    inner: Inner
    name: str
    maybe: float | None
    pairs: tuple[tuple[int, str], ...]
    marks: frozenset[tuple[str, str]]
    costs: Mapping[tuple[str, str], float]
    plain: Mapping[str, float]
    rows: pd.DataFrame
    inners: tuple[Inner, ...] = ()


NUMBERS = npst.arrays(
    st.sampled_from([np.float64, np.int64, np.bool_]), npst.array_shapes(max_dims=3, max_side=4)
)
NAMES = st.text(max_size=6)


@st.composite
def outers(draw: st.DrawFn) -> Outer:
    numbers = draw(NUMBERS.filter(lambda a: a.dtype.kind != "f" or bool(np.isfinite(a).all())))
    inner = Inner(numbers, draw(st.dates()))
    count = draw(st.integers(0, 3))
    return Outer(
        inner,
        draw(NAMES),
        draw(st.none() | st.floats(allow_nan=False, allow_infinity=False)),
        tuple(draw(st.lists(st.tuples(st.integers(-(2**40), 2**40), NAMES), max_size=3))),
        draw(st.frozensets(st.tuples(NAMES, NAMES), max_size=3)),
        draw(st.dictionaries(st.tuples(NAMES, NAMES), st.floats(-1, 1), max_size=3)),
        draw(st.dictionaries(NAMES, st.floats(-1, 1), max_size=3)),
        pd.DataFrame(
            {"a": np.arange(count), "b": np.full(count, np.nan), "c": ["x"] * count}
        ).astype({"a": np.int64, "b": float, "c": object}),
        (inner,) * count,
    )


@given(outers())
def test_what_is_read_is_what_was_written(value: Outer) -> None:
    content = encoded(value)
    again = decoded(content, Outer)
    assert encoded(again) == content
    np.testing.assert_array_equal(again.inner.numbers, value.inner.numbers)
    assert again.inner.numbers.dtype == value.inner.numbers.dtype
    for part in ("name", "maybe", "pairs", "marks", "costs", "plain"):
        assert getattr(again, part) == getattr(value, part), part
    pd.testing.assert_frame_equal(again.rows, value.rows)
    assert len(again.inners) == len(value.inners)


def test_missing_numbers_stay_missing_and_nothing_is_nan_in_the_text() -> None:
    value = Inner(np.array([1.5, np.nan]), date(2026, 1, 2))
    assert b"NaN" not in encoded(value)
    np.testing.assert_array_equal(decoded(encoded(value), Inner).numbers, value.numbers)


@pytest.mark.parametrize("odd", [object(), {"a": object()}, [b"bytes"], {1, 2}])
def test_what_has_no_plain_form_is_refused(odd: object) -> None:
    with pytest.raises(TypeError, match="no plain form"):
        encoded(odd)


def test_content_cannot_ask_for_objects() -> None:
    bad = b'{"numbers":{"shape":[1],"type":"|O","values":[1]},"day":"2026-01-02"}'
    with pytest.raises(TypeError, match="objects"):
        decoded(bad, Inner)
