"""setup-git at the command line: done, undone, and refused in words."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from typer.testing import CliRunner

from lodestar.cli import app
from lodestar.errors import InputError

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def test_setup_and_undo_speak_and_leave_the_repository_as_it_was(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    before = (tmp_path / ".git" / "config").read_bytes()
    done = CliRunner().invoke(app, ["setup-git", "--repo", str(tmp_path)])
    assert "git difftool --tool=lodestar" in done.output
    undone = CliRunner().invoke(app, ["setup-git", "--repo", str(tmp_path), "--undo"])
    assert undone.exit_code == 0
    assert "as they were before" in undone.output
    assert (tmp_path / ".git" / "config").read_bytes() == before


def test_a_folder_outside_any_repository_is_the_inputs_fault(tmp_path):
    done = CliRunner().invoke(app, ["setup-git", "--repo", str(tmp_path / "nowhere")])
    assert isinstance(done.exception, InputError)
    assert done.exception.exit_code == 2
