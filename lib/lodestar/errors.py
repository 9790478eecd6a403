"""One family of errors: what is wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["FaultError", "InputError", "LodestarError", "Problem"]


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the input, with its place and its remedy.

    Parameters
    ----------
    code : str
        Stable kebab-case code, e.g. ``unknown-id``.
    file : str
        File or sheet the problem is in, relative to the client's folder.
    message, remedy : str
        What is wrong, and how to mend it; one sentence each.
    row : int, optional
        Row in the file, the header being row 1.
    column, value : str, optional
        Column and the cell's text as written.
    """

    code: str
    file: str
    message: str
    remedy: str
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the problem as ``check --json`` prints it."""
        return asdict(self)

    def place(self) -> str:
        """Return file, row and column as a reader says them."""
        parts = [self.file]
        parts += [f"row {self.row}"] if self.row is not None else []
        parts += [f"column {self.column}"] if self.column is not None else []
        return ", ".join(parts)

    def __str__(self) -> str:
        shown = "" if self.value is None else f" ({self.value!r})"
        return f"{self.place()}: {self.message}{shown} {self.remedy} [{self.code}]"


class LodestarError(Exception):
    """Base of every error shown to a person; ``exit_code`` is the command's status."""

    exit_code = 1


class FaultError(LodestarError):
    """Our fault, or the machine's: the command ends with status 1."""


class InputError(LodestarError):
    """The input's fault: every problem found in one pass; the command ends with status 2."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
