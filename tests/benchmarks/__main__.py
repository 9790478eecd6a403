"""Time the command's start and the walk of the demo beside a plain loop of papermill."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
DEMO = ROOT / "client_data" / "demo"


def seconds(work: Callable[[], object]) -> float:
    """Return the wall time of one call."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def call(*command: str, **environment: str) -> None:
    """Run a command quietly; a failure raises."""
    subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True
    )


def start() -> dict[str, float]:
    """Time ``lodestar --help`` and its peer, the same interpreter doing nothing."""
    helped = [seconds(lambda: call(str(BIN / "lodestar"), "--help")) for _ in range(9)]
    nothing = [seconds(lambda: call(sys.executable, "-c", "pass")) for _ in range(9)]
    return {
        "lodestar --help": statistics.median(helped),
        "python -c pass": statistics.median(nothing),
    }


def walk() -> dict[str, float]:
    """Time the nine notebooks of the demo with ``lodestar run`` and with papermill one by one."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(DEMO, Path(folder) / "demo", ignore=shutil.ignore_patterns("runs"))
        ours = seconds(lambda: call(str(BIN / "lodestar"), "run", "demo", "--data-root", folder))
        again = seconds(lambda: call(str(BIN / "lodestar"), "run", "demo", "--data-root", folder))
        peer = seconds(lambda: [_papermill(path, Path(folder)) for path in _notebooks()])
    return {"lodestar run demo": ours, "unchanged again": again, "papermill, one by one": peer}


def _notebooks() -> list[Path]:
    return sorted((ROOT / "workbooks").glob("*.ipynb"))


def _papermill(notebook: Path, folder: Path) -> None:
    out = folder / f"{notebook.stem}.out.ipynb"
    call(
        str(BIN / "papermill"),
        str(notebook),
        str(out),
        "-p",
        "client",
        "demo",
        LODESTAR_DATA=str(folder),
    )


def main() -> None:
    """Print each time and its ratio to the last, the peer."""
    for measured in (start(), walk()):
        peer = list(measured.values())[-1]
        for name, taken in measured.items():
            print(f"{name:<24} {taken:8.2f} s   {peer / taken:6.2f} x the peer's speed")
        print()


if __name__ == "__main__":
    main()
