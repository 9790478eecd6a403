"""The comparison of two runs beside plain nbdiff on the same notebooks."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.harness import ROOT, Row, call, compared, seconds

ABOUT = "Two runs of the demo, a rating and a share apart, beside nbdiff one by one (four minutes)."
BIN = Path(sys.executable).parent
DEMO = ROOT / "client_data" / "demo"
CHANGES = (("ratings.csv", ",3.5,", ",4.5,"), ("metrics.csv", "0.25", "0.2"))
"""In which table which text becomes which: what most pages rest on, and what 03 rests on."""


def run() -> list[Row]:
    """Time ``diff`` and nbdiff on two runs, then on two executions of the same material."""
    with tempfile.TemporaryDirectory() as folder:
        client = Path(folder) / "demo"
        shutil.copytree(DEMO, client, ignore=shutil.ignore_patterns("runs", "lab"))
        before = _run(client)
        _run(client, "--force")
        same = _differences(before, _run(client, "--force"))
        for table, old, new in CHANGES:
            path = client / "inputs" / "2026-Q4" / table
            path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        after = _run(client)
        ours = seconds(lambda: _compare(client, before, after), 5)
        command = seconds(lambda: _diff(client), 5)
        peer = seconds(lambda: _differences(before, after))
    return [
        compared("two runs, the whole comparison", ours, "nbdiff, nine notebooks", peer),
        compared("`lodestar diff --no-why --json`", command, "nbdiff, nine notebooks", peer),
        {"what": "lines of nbdiff between two executions", "lines": f"{same}"},
    ]


def _run(client: Path, *options: str) -> Path:
    """Run the demo; return the folder that was published."""
    call(str(BIN / "lodestar"), "run", "demo", "--data-root", str(client.parent), *options)
    return (client / "runs" / "2026-Q4").resolve()


def _compare(client: Path, before: Path, after: Path) -> None:
    from lodestar.review.difference import compare_sides
    from lodestar.review.sides import sides

    compare_sides(*sides("demo", before.name, after.name, "", client.parent))


def _diff(client: Path) -> None:
    root = str(client.parent)
    call(str(BIN / "lodestar"), "diff", "demo", "--no-why", "--json", "--data-root", root)


def _differences(before: Path, after: Path) -> int:
    """Return how many lines plain nbdiff prints over all notebooks."""
    lines = 0
    for path in sorted(before.glob("*.ipynb")):
        command = [str(BIN / "nbdiff"), "--no-color", str(path), str(after / path.name)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        lines += len(done.stdout.splitlines())
    return lines
