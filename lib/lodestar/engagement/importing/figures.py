"""Steps on numbers written as text: totals by group, ratios, decimals; exact in decimals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

import pandas as pd

from lodestar.engagement.importing.frames import StepError, need

__all__ = ["decimals", "group", "ratio"]


def group(
    frame: pd.DataFrame,
    by: Sequence[str],
    total: Sequence[str] = (),
    earliest: Sequence[str] = (),
    first: Sequence[str] = (),
    count: str = "",
) -> pd.DataFrame:
    """Return one row for each combination of some columns, sorted by them.

    Parameters
    ----------
    frame : DataFrame
        Cells as text.
    by : list of str
        Columns that tell the rows apart.
    total, earliest, first : list of str
        Columns added up; of which the smallest text is kept (ISO dates: the earliest day); of
        which the first row's cell is kept.
    count : str
        Name of a column for the number of rows.

    Examples
    --------
    >>> rows = pd.DataFrame({"m": ["a", "a"], "n": ["0.1", "0.2"]})
    >>> group(rows, ["m"], total=["n"]).iloc[0].tolist()
    ['a', '0.3']
    """
    need(frame, [*by, *total, *earliest, *first])
    exact = frame.copy()
    for name in total:
        exact[name] = pd.Series(_numbers(frame[name]), index=frame.index, dtype="object")
    groups = exact.groupby([*by], sort=True, dropna=False)
    parts = {name: groups[name].agg(_total) for name in total}
    parts |= {name: groups[name].min() for name in earliest}
    parts |= {name: groups[name].first() for name in first}
    if count:
        parts[count] = groups.size().astype("str")
    return pd.DataFrame(parts).reset_index() if parts else groups.size().reset_index()[[*by]]


def ratio(
    frame: pd.DataFrame,
    column: str,
    of: str,
    to: str,
    times: float = 1,
    plus: float = 0,
    decimals: int = 6,
) -> pd.DataFrame:
    """Return the frame with a column ``plus + times * of / to``, rounded half to even.

    Parameters
    ----------
    frame : DataFrame
        Cells as text.
    column : str
        Name of the new column.
    of, to : str
        Columns of the numerator and of the denominator.
    times, plus : float
        100 for per cent; -100 and 100 for what is missing to the whole.
    decimals : int
        Decimals kept.
    """
    need(frame, [of, to])
    below = _numbers(frame[to])
    if any(number == 0 for number in below):
        remedy = "Leave these rows out before this step, with a reason."
        raise StepError("A ratio to 0 has no value.", remedy, "0")
    factor, offset = Decimal(str(times)), Decimal(str(plus))
    pairs = zip(_numbers(frame[of]), below, strict=True)
    shares = [offset + factor * above / whole for above, whole in pairs]
    return frame.assign(**{column: [_rounded(share, decimals) for share in shares]})


def decimals(frame: pd.DataFrame, columns: Sequence[str], places: int) -> pd.DataFrame:
    """Return the frame with numbers written with so many decimals."""
    need(frame, columns)
    written = {
        name: [_rounded(number, places) for number in _numbers(frame[name])] for name in columns
    }
    return frame.assign(**written)


def _numbers(cells: pd.Series) -> list[Decimal]:
    """Return the cells as exact numbers."""
    found = []
    for cell in cells:
        try:
            number = Decimal(cell)
        except InvalidOperation:
            number = Decimal("nan")
        if not number.is_finite():
            remedy = "Leave these rows out before this step, with a reason."
            raise StepError("A cell is no number.", remedy, str(cell))
        found.append(number)
    return found


def _total(numbers: pd.Series) -> str:
    """Return the sum of exact numbers as text."""
    return f"{sum(numbers, Decimal(0)):f}"


def _rounded(number: Decimal, places: int) -> str:
    """Return a number with so many decimals, rounded half to even."""
    return f"{number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN):f}"
