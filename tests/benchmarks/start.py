"""The command's start beside the interpreter's own."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.benchmarks.harness import Row, call, compared, seconds

ABOUT = "Start of the command, beside the same interpreter doing nothing."


def run() -> list[Row]:
    """Time ``lodestar --help`` and its peer."""
    lodestar = str(Path(sys.executable).parent / "lodestar")
    helped = seconds(lambda: call(lodestar, "--help"), times=9)
    nothing = seconds(lambda: call(sys.executable, "-c", "pass"), times=9)
    return [compared("`lodestar --help`, median of 9", helped, "`python -c pass`", nothing)]
