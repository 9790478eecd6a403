"""`intake` never writes over a workbook that somebody may have filled.

Oracle: the bytes of the file that stood there before.
"""

from __future__ import annotations

from pathlib import Path

from click.testing import Result
from typer.testing import CliRunner

from lodestar.cli.app import app
from lodestar.errors import InputError


def _intake(root: Path, output: Path) -> Result:
    told = ["--data-root", str(root), "--output", str(output)]
    return CliRunner().invoke(app, ["intake", "acme", *told])


def _refused(done: Result) -> str:
    assert isinstance(done.exception, InputError)
    return done.exception.problems[0].code


def test_a_filled_workbook_is_never_written_over(tmp_path: Path) -> None:
    CliRunner().invoke(app, ["new", "acme", "--data-root", str(tmp_path)])
    path = tmp_path / "intake.xlsx"
    assert _intake(tmp_path, path).exit_code == 0
    path.write_bytes(b"weeks of work")
    assert _refused(_intake(tmp_path, path)) == "file-exists"
    assert path.read_bytes() == b"weeks of work"


def test_a_folder_that_is_not_there_is_the_inputs_fault(tmp_path: Path) -> None:
    CliRunner().invoke(app, ["new", "acme", "--data-root", str(tmp_path)])
    assert _refused(_intake(tmp_path, tmp_path / "nowhere" / "intake.xlsx")) == "no-folder"
