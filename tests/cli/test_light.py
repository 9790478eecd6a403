"""What a run imports before it works. Oracle: ``sys.modules`` of a fresh process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.clients import known_results, small_client, small_run, walk_of

HEAVY = {"altair", "ipykernel", "nbformat", "numpy", "pandas", "papermill", "scipy", "vl_convert"}
RUN = """
import sys
from pathlib import Path
from lodestar.cli import main
from lodestar.run.batch import run_clients
from lodestar.run.pool import LocalExecutor
from lodestar.run.progress import Board
root, books = map(Path, sys.argv[1:])
with LocalExecutor(1) as executor:
    (done,) = run_clients(
        ["small"], executor, Board(["small"], 1, lambda client: None),
        data_root=root, workbooks=books,
    )
assert done.status == "unchanged", done
"""


def _imported(code: str, *arguments: str) -> set[str]:
    """Return the packages a fresh process has imported after this code."""
    told = "\nimport json\nprint()\nprint(json.dumps(sorted(sys.modules)))"
    command = [sys.executable, "-c", code + told, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


def test_an_unchanged_run_only_hashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, books = tmp_path / "data", walk_of(tmp_path / "books", **{"01_one": "good"})
    small_client(root)
    known_results(monkeypatch)
    assert small_run(root, books).status == "published"
    assert not _imported(RUN, str(root), str(books)) & HEAVY
