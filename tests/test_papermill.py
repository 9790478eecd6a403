"""A notebook runs by papermill alone, without the lodestar command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("stem", ["02_level", "90_method"])
def test_plain_papermill_executes_a_workbook(stem: str, tmp_path: Path) -> None:
    """From another folder, with the client's root by environment, as a consultant would."""
    made = tmp_path / "out.ipynb"
    command = [sys.executable, "-m", "papermill", str(ROOT / "workbooks" / f"{stem}.ipynb")]
    environment = {**os.environ, "LODESTAR_DATA": str(ROOT / "client_data")}
    done = subprocess.run(
        [*command, str(made), "-p", "client", "demo", "-p", "period", "2026-Q4"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    cells = {cell["id"]: cell for cell in nbformat.read(made, as_version=4).cells}
    shown = "".join(cells["answer"].outputs[0].data["text/html"])
    assert "ls-lead" in shown
    assert not [o for c in cells.values() for o in c.get("outputs", []) if o.output_type == "error"]
