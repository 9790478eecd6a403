"""Private folders for temporary files. Oracle: what lies there, and a process that is killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lodestar.provenance import PrivateFolder

HOLD = """
import time
from lodestar.provenance import PrivateFolder
folder = PrivateFolder()
print(folder.path, flush=True)
time.sleep(600)
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_nobody_else_may_look_in_and_it_goes_with_all_that_lies_in_it(place: Path) -> None:
    with PrivateFolder() as folder:
        assert folder.parent == place
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "a").write_text("a")
    assert not list(place.iterdir())


def test_what_a_killed_process_left_goes_with_the_next_and_what_is_held_stays(place: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(place)}
    command = [sys.executable, "-c", HOLD]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        folder = Path(holder.stdout.readline().strip())
        aged(folder)
        PrivateFolder().close()
        assert folder.is_dir()
        holder.kill()
    PrivateFolder().close()
    assert not folder.exists()


def test_folders_of_others_and_those_just_being_made_stay(place: Path) -> None:
    strange, fresh = place / "ls-strange", place / "ls-fresh"
    for folder in (strange, fresh):
        folder.mkdir()
    (strange / "lock").touch()
    os.utime(strange / "lock", (0, 0))
    (fresh / "lodestar.lock").touch()
    PrivateFolder().close()
    assert strange.is_dir()
    assert fresh.is_dir()


def aged(folder: Path) -> None:
    """Let a folder look an hour old."""
    then = time.time() - 3600
    os.utime(folder / "lodestar.lock", (then, then))
