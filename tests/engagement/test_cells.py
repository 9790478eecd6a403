"""Cells read one by one: the value where there is one way to read it, else a refusal.

Oracle: how the marks are used in print (ISO 80000-1 for numbers, ISO 8601 for days).
"""

from __future__ import annotations

from datetime import date

import pytest

from lodestar.engagement.cells.dates import read_dates, read_quarters
from lodestar.engagement.cells.numbers import read_numbers
from lodestar.schema.columns import number, share, whole

PLAIN, SHARE, WHOLE = number("x", "X."), share("x", "X."), whole("x", "X.", low=None)
EXCEL = date(1899, 12, 30)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("+7.50", 7.5),
        (".5", 0.5),
        ("1e3", 1000),
        ("1,5", 1.5),
        ("0,125", 0.125),
        ("12345,678", 12345.678),
        ("-1 234 567,5", -1234567.5),
        ("1\u202f234", 1234),
        ("1'234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1,234,567", 1234567),
        ("1.234.567", 1234567),
        ("−3", -3),
        ("1.234", 1.234),
    ],
)
def test_numbers_that_can_be_read_in_one_way(text: str, value: float) -> None:
    (cell,) = read_numbers([text], PLAIN)
    assert cell.fault is None
    assert cell.value == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1,234", "ambiguous-number"),
        ("-12,345", "ambiguous-number"),
        ("1,23,456", "not-a-number"),
        ("1.2.3", "not-a-number"),
        ("12 34", "not-a-number"),
        ("(5)", "not-a-number"),
        ("€5", "not-a-number"),
        ("5 %", "percent"),
        ("٣", "not-a-number"),
        ("0x1f", "not-a-number"),
        ("nan", "not-finite"),
        ("-Infinity", "not-finite"),
        ("1e400", "not-finite"),
    ],
)
def test_numbers_that_are_refused(text: str, code: str) -> None:
    (cell,) = read_numbers([text], PLAIN)
    assert cell.fault is not None
    assert cell.fault.code == code


def test_a_mark_is_told_by_the_other_cells_of_the_column() -> None:
    told = read_numbers(["1,5", "1,234"], PLAIN)
    assert [cell.value for cell in told] == [1.5, 1.234]
    mixed = read_numbers(["1,5", "2.5", "1,234", "1.234"], PLAIN)
    assert [cell.fault and cell.fault.code for cell in mixed] == [
        None,
        None,
        "ambiguous-number",
        "ambiguous-number",
    ]


@pytest.mark.parametrize(("text", "value"), [("30 %", 0.3), ("12,5%", 0.125), ("0.3", 0.3)])
def test_shares_may_be_written_as_per_cent(text: str, value: float) -> None:
    assert read_numbers([text], SHARE)[0].value == value


def test_steps_and_ranges() -> None:
    halves = number("x", "X.", low=1, high=5, step=0.5)
    codes = [c.fault and c.fault.code for c in read_numbers(["1", "2.5", "2.4", "5.5"], halves)]
    assert codes == [None, None, "not-a-step", "out-of-range"]
    assert [c.fault and c.fault.code for c in read_numbers(["3", "3.5"], WHOLE)] == [
        None,
        "not-whole",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-31",
        "2026/3/31",
        "2026.03.31",
        "20260331",
        "31/03/2026",
        "03/31/2026",
        "31.3.2026",
        "31 March 2026",
        "Mar 31, 2026",
        "31-Mar-2026",
        "31 mars 2026",
        "2026-03-31 00:00:00",
        "2026-03-31T23:59:59Z",
    ],
)
def test_days_that_can_be_read_in_one_way(text: str) -> None:
    (cell,) = read_dates([text])
    assert cell.fault is None
    assert cell.value == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("03/04/2026", "ambiguous-date"),
        ("01-02-2026", "ambiguous-date"),
        ("31/03/26", "ambiguous-date"),
        ("46112", "ambiguous-date"),
        ("2026-13-01", "not-a-date"),
        ("2026-02-29", "not-a-date"),
        ("31/31/2026", "not-a-date"),
        ("2026-03", "not-a-date"),
        ("2026", "not-a-date"),
        ("31 Foo 2026", "not-a-date"),
        ("1850-01-01", "not-a-date"),
        ("soon", "not-a-date"),
    ],
)
def test_days_that_are_refused(text: str, code: str) -> None:
    (cell,) = read_dates([text])
    assert cell.fault is not None
    assert cell.fault.code == code


def test_the_same_day_and_month_need_no_order() -> None:
    assert read_dates(["05/05/2026"])[0].value == date(2026, 5, 5)


def test_day_numbers_count_from_the_workbooks_own_day_zero() -> None:
    assert read_dates(["46112"], EXCEL)[0].value == date(2026, 3, 31)
    assert read_dates(["44650"], date(1904, 1, 1))[0].value == date(2026, 3, 31)
    assert read_dates(["2026"], EXCEL)[0].fault is not None


def test_quarters() -> None:
    cells = read_quarters(["2027-Q1", "2027 q2", "Q3/2027", "2027-Q5", ""])
    assert [cell.value for cell in cells] == ["2027-Q1", "2027-Q2", "2027-Q3", None, None]
    assert [bool(cell.fault) for cell in cells] == [False, False, False, True, False]
