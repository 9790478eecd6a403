"""Locks on the store. Oracle: the list of locks that Linux keeps."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from lodestar.access.database import FILE, Database


def held(path: Path) -> int:
    """Return how many locks this process holds on a file."""
    lines = Path("/proc/locks").read_text(encoding="ascii").splitlines()
    inode, process = f":{path.stat().st_ino}", str(os.getpid())
    return sum(process in line.split() and inode in line for line in lines)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc/locks is Linux's")
def test_another_thread_that_opens_the_store_lets_go_of_no_lock(tmp_path: Path) -> None:
    """A lock let go lets another process take the log away: the file is then malformed."""
    database = Database(tmp_path / ".access")
    database.connection.execute("SELECT * FROM person").fetchall()
    before = held(tmp_path / ".access" / FILE)
    assert before
    thread = threading.Thread(target=lambda: database.connection.execute("SELECT 1").fetchall())
    thread.start()
    thread.join()
    assert held(tmp_path / ".access" / FILE) >= before
