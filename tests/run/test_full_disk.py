"""A disk that is really full, and one that may only be read. Oracle: the system itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lodestar.errors import FaultError
from tests.support.clients import contents, known_results, small_client, walk_of
from tests.support.moments import forked, pretended_run

ALONE = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
RUN = """\
import sys
from pathlib import Path
import lodestar.run.making as making
from lodestar.errors import FaultError
from tests.support.clients import contents
from tests.support.moments import pretended_run
root, walk = Path(sys.argv[1]), Path(sys.argv[2])
making.results_files = lambda shared: {"results.json": b'{"a": 1}'}
old = contents(pretended_run(root, walk).folder)
outcomes = root / "small" / "inputs" / "2026-Q4" / "outcomes.csv"
outcomes.write_text(outcomes.read_text() + "o2,Kept,customer,1\\n")
(root / "fill").write_bytes(bytes(int(sys.argv[3]) * 1000))
try:
    pretended_run(root, walk)
except FaultError as fault:
    print(fault)
assert contents((root / "small" / "runs" / "2026-Q4").resolve()) == old
(root / "fill").unlink()
print(pretended_run(root, walk).status)
"""


def _may_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    tried = subprocess.run([*ALONE, "mount -t tmpfs none /mnt"], capture_output=True, check=False)
    return tried.returncode == 0


@pytest.fixture
def walk(tmp_path: Path) -> Path:
    return walk_of(tmp_path / "walk", **{"00_a": "good", "01_b": "good"})


@pytest.mark.skipif(not _may_mount(), reason="this system lets nobody make a small disk")
def test_a_full_disk_is_told_and_room_is_all_it_takes(tmp_path: Path, walk: Path) -> None:
    small, script = tmp_path / "small-disk", tmp_path / "run.py"
    small.mkdir()
    script.write_text(RUN)
    small_client(tmp_path / "source")
    room = 400
    steps = [
        f"mount -t tmpfs -o size={room}k none {small}",
        f"cp -r {tmp_path}/source/small {small}",
        f"{sys.executable} {script} {small} {walk} {room - 130}",
    ]
    place = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [*ALONE, " && ".join(steps)], capture_output=True, text=True, env=place, check=False
    )
    assert done.returncode == 0, done.stderr
    said, status = done.stdout.strip().splitlines()
    assert "the disk is full. Free some space there, then run again." in said
    assert said.endswith("Nothing was published; the earlier run stands.")
    assert status == "published"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach."""
    with tempfile.TemporaryDirectory(dir="/tmp") as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_folder_that_may_only_be_read_is_told(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known_results(monkeypatch)
    walk = walk_of(open_folder / "walk", **{"00_a": "good"})
    small_client(open_folder)
    before = contents(pretended_run(open_folder, walk).folder)
    (open_folder / "small" / "inputs" / "2026-Q4" / "notes.md").write_text(
        "## level.four\n\nNew.\n"
    )
    for path in [open_folder / "small", *(open_folder / "small").rglob("*")]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o555)

    def refused() -> None:
        if os.geteuid() == 0:
            os.setuid(65534)
        with pytest.raises(FaultError, match="this user may not write there"):
            pretended_run(open_folder, walk)

    assert forked(refused) == 0
    assert contents((open_folder / "small" / "runs" / "2026-Q4").resolve()) == before
