"""Problems, notices and run reports as a person reads them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from lodestar.errors import Problem
from lodestar.schema.letters import visible

__all__ = ["print_json", "print_lines", "print_problems"]


def print_json(value: Any) -> None:
    """Print a value as JSON, alone on standard output."""
    text = json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False)
    sys.stdout.write(visible(text) + "\n")


def print_lines(lines: Iterable[str]) -> None:
    """Print lines on standard output."""
    sys.stdout.write("".join(f"{visible(line)}\n" for line in lines))


def print_problems(problems: Sequence[Problem]) -> None:
    """Print every problem on standard error: place, what is wrong, how to mend it."""
    count = len(problems)
    heading = f"{count} problem{'s' if count != 1 else ''} in the input; nothing was written.\n"
    sys.stderr.write(heading)
    for problem in problems:
        value = "" if problem.value is None else f" Found: {problem.value!r}."
        sys.stderr.write(f"\n{visible(problem.place())}  [{problem.code}]\n")
        said = visible(f"{problem.message}{value}")
        sys.stderr.write(f"  {said}\n  Mend: {visible(problem.remedy)}\n")
