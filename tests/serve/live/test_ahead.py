"""What is made ready before anybody asks, and what is given up. Oracle: doing it a second time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lodestar.schema import resources
from lodestar.serve.live.limits import Weight, family, memory_of
from lodestar.serve.live.statics import FrontEnd, front_end_file

LOCKED = """
import sys
from pathlib import Path
from lodestar.serve.live.landlock import restrict
seen, hidden = map(Path, sys.argv[1:])
if not restrict([seen], [], []):
    sys.exit(77)
print(seen.joinpath("file").read_text())
for path, mode in ((hidden / "file", "r"), (seen / "file", "w"), (seen / "new", "w")):
    try:
        open(path, mode)
    except PermissionError:
        print("refused")
"""


def test_templates_are_compiled_once() -> None:
    from lodestar.serve.live import templates

    templates.compile_ahead()
    known = dict(templates.KEPT.codes)
    templates.compile_ahead()
    assert templates.KEPT.codes == known
    assert len(known) > 5
    assert len(list(Path("/proc/self/task").iterdir())) >= 1


def test_the_front_end_is_one_script_of_whole_parts() -> None:
    """Every part that this Voila has is in it, unchanged, and the one that starts it comes last."""
    listed = resources.templates() / "voila" / "lodestar" / "front_end.txt"
    front_end = FrontEnd(listed)
    script = front_end.script.content.decode()
    files = [front_end_file(name) for name in listed.read_text().split()]
    found = [file.read_text(encoding="utf-8") for file in files if file]
    assert len(found) > 50
    assert all(text in script for text in found)
    main = front_end_file("static/voila.js")
    assert main is not None
    assert script.endswith(main.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", ["static/../../../etc/passwd", "static/", "files/x", "static"])
def test_nothing_else_is_a_file_of_the_front_end(path: str) -> None:
    assert front_end_file(path) is None


def test_landlock_keeps_a_process_to_what_it_was_given(tmp_path: Path) -> None:
    for name in ("seen", "hidden"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    command = [sys.executable, "-c", LOCKED, str(tmp_path / "seen"), str(tmp_path / "hidden")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 77:
        pytest.skip("this kernel has no Landlock")
    assert done.stdout.split() == ["seen", "refused", "refused", "refused"], done.stderr


def test_memory_is_that_of_a_process_and_its_children() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert child.pid in family(os.getpid())
        assert memory_of(os.getpid()) > memory_of(child.pid) > 0
    finally:
        child.communicate(b"\n")


def test_memory_is_weighed_at_once_when_it_grows_and_seldom_else() -> None:
    """A child that takes 100 MB is heard of at the next look; what it does without is not."""
    take = "a = b''; input(); a = b'x' * 100_000_000; print(flush=True); input()"
    child = subprocess.Popen(
        [sys.executable, "-c", take], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        weight = Weight(child.pid)
        weight.look()
        before = weight.bytes
        weight.bytes = 0
        weight.look()
        assert weight.bytes == 0
        assert child.stdin
        assert child.stdout
        child.stdin.write(b"\n")
        child.stdin.flush()
        child.stdout.readline()
        weight.look()
        assert weight.bytes >= before + 90_000_000
    finally:
        child.communicate(b"\n")
