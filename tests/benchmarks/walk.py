"""The walk of the demo beside a plain loop of papermill."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.harness import ROOT, Row, call, compared, seconds

ABOUT = "The nine notebooks of the demo, beside papermill one by one (two minutes)."
BIN = Path(sys.executable).parent
DEMO = ROOT / "client_data" / "demo"


def run() -> list[Row]:
    """Time ``lodestar run``, the same with nothing changed, and the peer."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(DEMO, Path(folder) / "demo", ignore=shutil.ignore_patterns("runs"))
        first = seconds(lambda: _lodestar(folder))
        again = seconds(lambda: _lodestar(folder))
        peer = seconds(lambda: _papermill(Path(folder)))
    return [
        compared("nine notebooks, `lodestar run demo`", first, "papermill, one by one", peer),
        compared("the same, nothing changed", again, "papermill, one by one", peer),
    ]


def _lodestar(folder: str) -> None:
    call(str(BIN / "lodestar"), "run", "demo", "--data-root", folder)


def _papermill(folder: Path) -> None:
    for notebook in sorted((ROOT / "workbooks").glob("*.ipynb")):
        out = folder / f"{notebook.stem}.out.ipynb"
        papermill = (str(BIN / "papermill"), str(notebook), str(out), "-p", "client", "demo")
        call(*papermill, LODESTAR_DATA=str(folder))
