"""Problems as a person reads them: one fault is told once, with each of its places.

Oracle: the places put in, counted here by hand; the law that no row is lost between what is told
first, what is added under *Also* and what is counted.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.cli.report import PLACES, _also, _runs, print_problems
from lodestar.errors import Problem


def _unknown(file: str, row: int, column: str, value: str = "success") -> Problem:
    remedy = "Add it to functions of engagement.yml."
    return Problem("unknown-id", file, "No function has this id.", remedy, row, column, value)


def test_one_undeclared_function_in_many_places_is_told_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    problems = [_unknown("ratings.csv", row, "function") for row in (2, 3, 4, 9)]
    print_problems([*problems, _unknown("metrics.csv", 7, "function")])
    told = capsys.readouterr().err
    assert told.startswith("5 problems, 1 to mend, in the input; nothing was written.\n")
    assert told.count("Mend:") == 1
    assert "  Also: ratings.csv, rows 3-4, 9, column function\n" in told
    assert "  Also: metrics.csv, row 7, column function\n" in told


def test_what_differs_in_text_or_has_no_row_is_told_apart(
    capsys: pytest.CaptureFixture[str],
) -> None:
    whole = Problem("empty-file", "a.csv", "The file is empty.", "Fill it.")
    two = [_unknown("ratings.csv", 2, "function"), _unknown("ratings.csv", 3, "function", "suport")]
    print_problems([whole, whole, *two])
    told = capsys.readouterr().err
    assert told.startswith("4 problems in the input; nothing was written.\n")
    assert told.count("Mend:") == 4


def test_a_fault_in_very_many_columns_counts_the_rest() -> None:
    lines = _also([_unknown(f"{at}.csv", 2, "function") for at in range(PLACES + 7)])
    assert len(lines) == PLACES + 1
    assert lines[-1].startswith("Also in 7 more columns;")


@given(st.lists(st.integers(1, 60), min_size=1))
def test_rows_run_together_are_the_rows_given(rows: list[int]) -> None:
    pieces = [re.fullmatch(r"(\d+)(?:-(\d+))?", piece) for piece in _runs(rows).split(", ")]
    ends = [(int(piece[1]), int(piece[2] or piece[1])) for piece in pieces if piece]
    assert [row for a, b in ends for row in range(a, b + 1)] == sorted(set(rows))
