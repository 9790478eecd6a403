"""Problems, notices and run reports as a person reads them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from lodestar.errors import Problem
from lodestar.schema.letters import visible

__all__ = ["print_json", "print_lines", "print_problems"]

PLACES = 5
"""Columns that are named for a fault found in many, before the rest is counted."""


def print_json(value: Any) -> None:
    """Print a value as JSON, alone on standard output."""
    text = json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False)
    sys.stdout.write(visible(text) + "\n")


def print_lines(lines: Iterable[str]) -> None:
    """Print lines on standard output."""
    sys.stdout.write("".join(f"{visible(line)}\n" for line in lines))


def print_problems(problems: Sequence[Problem]) -> None:
    """Print every problem on standard error: place, what is wrong, how to mend it.

    The same fault of the same text in several rows, columns or files is told once, with each
    of its places: a function that nobody declared is one thing to mend, however often it stands.
    """
    alike = _alike(problems)
    count, kinds = len(problems), len(alike)
    told = f"{count:,} problem{'s' if count != 1 else ''}"
    told += f", {kinds:,} to mend," if kinds < count else ""
    sys.stderr.write(f"{told} in the input; nothing was written.\n")
    for first, *others in alike:
        value = "" if first.value is None else f" Found: {first.value!r}."
        sys.stderr.write(f"\n{visible(first.place())}  [{first.code}]\n")
        said = visible(f"{first.message}{value}")
        sys.stderr.write(f"  {said}\n  Mend: {visible(first.remedy)}\n")
        sys.stderr.write("".join(f"  {visible(line)}\n" for line in _also(others)))


def _alike(problems: Sequence[Problem]) -> list[list[Problem]]:
    """Return problems of rows that one remedy mends together, in the order of the first of each."""
    groups: dict[tuple[Any, ...], list[Problem]] = {}
    for at, problem in enumerate(problems):
        said = (problem.code, problem.message, problem.remedy, problem.value)
        groups.setdefault(said if problem.row is not None else (at,), []).append(problem)
    return list(groups.values())


def _also(others: Sequence[Problem]) -> list[str]:
    """Return the further places of a fault: a line for each column, its rows run together."""
    rows: dict[tuple[str, str | None], list[int]] = {}
    for problem in others:
        rows.setdefault((problem.file, problem.column), []).append(problem.row or 0)
    lines = [
        f"Also: {file}, row{'s' if len(found) > 1 else ''} {_runs(found)}"
        + (f", column {column}" if column is not None else "")
        for (file, column), found in rows.items()
    ]
    rest = f"Also in {len(lines) - PLACES:,} more columns; `lodestar check --json` lists every row."
    return lines if len(lines) <= PLACES + 1 else [*lines[:PLACES], rest]


def _runs(rows: Iterable[int]) -> str:
    """Return row numbers with neighbours run together: 2, 4-6."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return ", ".join(f"{a}-{b}" if a < b else f"{a}" for a, b in runs)
