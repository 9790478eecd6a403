"""Which functions a published mean rests on, where several would give the same figure.

Oracle: three functions made so that the mean of the second is also that of the first and third;
the number of persons beside the figure tells them apart.
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from lodestar.audit.levels import _over_functions

FUNCTION = ["a"] * 3 + ["b"] * 2 + ["c"] * 4
VALUES = np.array([2.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 4.0, 4.0])
SETS = SimpleNamespace(
    people=SimpleNamespace(
        respondents=pd.DataFrame({"function": FUNCTION}),
        engagement=SimpleNamespace(function_shares=lambda: pd.Series(1.0, index=["a", "b", "c"])),
    )
)


@pytest.mark.parametrize(
    ("n", "functions"), [(9, {"a", "b", "c"}), (7, {"a", "c"}), (2, {"b"}), (None, set("abc"))]
)
def test_the_number_of_persons_tells_which_functions_count(
    n: int | None, functions: set[str]
) -> None:
    members, weights = _over_functions(SETS, VALUES, {"estimate": 3.0, "n": n})  # type: ignore[arg-type]
    assert set(np.array(FUNCTION)[members]) == functions
    assert weights is not None
    assert np.nansum(weights * VALUES) == pytest.approx(3.0)


def test_a_figure_of_no_functions_rests_on_nobody() -> None:
    members, weights = _over_functions(SETS, VALUES, {"estimate": 2.9, "n": 9})  # type: ignore[arg-type]
    assert (members.any(), weights) == (False, None)
