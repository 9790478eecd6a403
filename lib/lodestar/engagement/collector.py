"""Everything that one pass over a client's folder finds: problems, notices, rows left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from lodestar.errors import Problem

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Collector", "Report"]

SHOWN = 50
"""Rows of the same fault in the same column that are listed before the rest is counted."""

LONGEST = 200
"""Characters of a cell that a problem quotes."""

QUOTED = {"message": 5_000, "remedy": 5_000, "column": LONGEST, "value": LONGEST}
"""Characters of each part of a problem: sentences of ours, with a name of the client's in them."""

Words = str | Callable[[str], str]


@dataclass(frozen=True)
class Report:
    """What ``check`` found: problems stop a run, notices do not."""

    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Tell whether nothing needs mending."""
        return not self.problems

    def as_dict(self) -> dict[str, Any]:
        """Return the report as ``check --json`` prints it."""
        return {
            "ok": self.ok,
            "problems": [problem.as_dict() for problem in self.problems],
            "notices": [notice.as_dict() for notice in self.notices],
        }


class Collector:
    """Gathers problems and notices; equal faults beyond the first fifty are counted."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._notices: list[Problem] = []
        self._counts: Counter[tuple[str, str, str | None]] = Counter()

    def problem(self, code: str, file: str, message: str, remedy: str, **place: Any) -> None:
        """Add a problem; ``place`` may give row, column and value."""
        self.extend([Problem(code, file, message, remedy, **place)])

    def notice(self, code: str, file: str, message: str, remedy: str = "", **place: Any) -> None:
        """Add something that a reader should know and need not mend."""
        said = remedy or "Nothing to do, if that is what was meant."
        self._notices.append(_short(Problem(code, file, message, said, **place)))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add problems found elsewhere."""
        for problem in map(_short, problems):
            key = (problem.code, problem.file, problem.column)
            self._counts[key] += 1
            if self._counts[key] <= SHOWN:
                self._problems.append(problem)

    def cells(
        self,
        code: str,
        file: str,
        rows: Sequence[int] | np.ndarray,
        columns: Callable[[int], str],
        values: Sequence[str],
        message: Words,
        remedy: Words,
    ) -> None:
        """Add one problem a cell; places and words are made only for those that are listed."""
        for position, (row, value) in enumerate(zip(rows, values, strict=True)):
            column = _cut(columns(position))
            key = (code, file, column)
            self._counts[key] += 1
            if self._counts[key] <= SHOWN:
                what, mend = (w if isinstance(w, str) else w(value) for w in (message, remedy))
                self._problems.append(
                    Problem(code, file, what, mend, int(row), column, _cut(value))
                )

    def report(self) -> Report:
        """Return what was found, file by file and row by row."""
        problems = [*self._problems, *self._rest()]
        return Report(tuple(sorted(problems, key=_order)), tuple(sorted(self._notices, key=_order)))

    def _rest(self) -> list[Problem]:
        """Return one problem for each kind of which more were found than are listed."""
        last = {(p.code, p.file, p.column): p for p in self._problems}
        return [
            replace(
                last[key],
                row=None,
                value=None,
                message=f"The same is wrong in {count - SHOWN:,} more rows.",
                remedy="Mend them like the rows listed.",
            )
            for key, count in self._counts.items()
            if count > SHOWN
        ]


def _short(problem: Problem) -> Problem:
    """Return a problem that quotes no more of the input than a person reads."""
    words = {
        name: _cut(text, most)
        for name, most in QUOTED.items()
        if isinstance(text := getattr(problem, name), str)
    }
    return replace(problem, **words)  # type: ignore[arg-type]


def _cut(text: str, most: int = LONGEST) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _order(problem: Problem) -> tuple[str, bool, int, str, str, str]:
    """Return the place of a problem in a report; a count of the rest stands last."""
    row = problem.row
    unplaced = row is None and problem.column is not None
    return (
        problem.file,
        unplaced,
        row or 0,
        problem.column or "",
        problem.code,
        problem.value or "",
    )
