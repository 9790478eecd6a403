"""Runs that are cut short. Oracle: the earlier run's bytes, and the processes that are left."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from lodestar.run import RunFailedError
from tests.support.clients import contents, known_results, small_client, small_run, walk_of
from tests.support.kernels import soon

PATIENCE = 30
"""Seconds for what happens in another process."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    small_client(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def _fixed_results(monkeypatch: pytest.MonkeyPatch) -> None:
    known_results(monkeypatch)


@pytest.fixture
def one(tmp_path: Path) -> Path:
    return walk_of(tmp_path / "one", **{"00_a": "good"})


def test_a_run_that_stopped_by_chance_is_taken_up(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = walk_of(tmp_path / "walk", **{"00_a": "good", "01_b": "moody"})
    monkeypatch.setenv("LODESTAR_MOODY", "yes")
    with pytest.raises(RunFailedError, match=r"01_b, cell 2 \(mood\): AssertionError: not today"):
        small_run(root, walk)
    monkeypatch.delenv("LODESTAR_MOODY")
    report = small_run(root, walk)
    assert (report.executed, report.resumed) == (("01_b",), ("00_a",))


def test_ctrl_c_stops_the_kernels_and_publishes_nothing(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(shared: object) -> dict[str, bytes]:
        soon(lambda: _children(os.getpid()), PATIENCE)
        raise KeyboardInterrupt

    monkeypatch.setattr("lodestar.run.making.results_files", interrupted)
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        small_run(root, walk_of(tmp_path / "walk", **{"00_a": "slow", "01_b": "slow"}))
    assert time.monotonic() - started < 30
    assert not (root / "small" / "runs" / "2026-Q4").exists()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see processes")
def test_a_killed_run_leaves_the_old_one_no_lock_and_no_kernel(
    root: Path, one: Path, tmp_path: Path
) -> None:
    before = small_run(root, one)
    kept = contents(before.folder)
    walk = walk_of(tmp_path / "walk", **{"00_a": "good", "01_b": "slow"})
    process = subprocess.Popen([sys.executable, "-c", _run_code(root, walk)])
    store = root / "small" / "runs" / ".store"
    soon(lambda: any(store.glob(".building-*/00_a.ipynb")), PATIENCE)
    soon(lambda: _children(process.pid), PATIENCE)
    kernels = _children(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert kernels
    assert (root / "small" / "runs" / "2026-Q4").resolve() == before.folder
    assert contents(before.folder) == kept
    assert small_run(root, one).status == "unchanged"
    soon(lambda: not any(Path(f"/proc/{pid}").exists() for pid in kernels), PATIENCE)


def _children(pid: int) -> list[str]:
    """Return the ids of a process's kernels, forked or started: all that descends from it."""
    own: list[str] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # that thread has just ended
            own += path.read_text().split()
    return [*own, *(child for parent in own for child in _children(int(parent)))]


def _run_code(root: Path, walk: Path) -> str:
    return textwrap.dedent(f"""
        from pathlib import Path
        import lodestar.run.client as client
        import lodestar.run.making as making
        making.results_files = lambda shared: {{"results.json": b"{{}}"}}
        client.run_client("small", "", Path({str(root)!r}), workbooks=Path({str(walk)!r}))
    """)
