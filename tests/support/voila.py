"""Plain Voila on the workbooks, started as a person would, without a server of ours."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["WORKBOOKS", "voila"]

ROOT = Path(__file__).parents[2]
WORKBOOKS = ROOT / "workbooks"


@contextmanager
def voila(cwd: Path, data_root: Path, jupyter: Path) -> Iterator[tuple[str, int]]:
    """Start Voila in a working directory; yield the address of its pages and its process's id."""
    template = jupyter / "voila" / "templates" / "lodestar"
    template.parent.mkdir(parents=True)
    template.symlink_to(ROOT / "templates" / "voila" / "lodestar")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "voila", str(WORKBOOKS), "--no-browser", f"--port={port}"],
        cwd=cwd,
        env={**os.environ, "LODESTAR_DATA": str(data_root), "JUPYTER_PATH": str(jupyter)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}/voila/"
    try:
        _wait_for(f"{address}static/voila.js", process)
        yield f"{address}render/", process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while True:
        assert process.poll() is None, "Voila did not start"
        try:
            urllib.request.urlopen(url).close()
        except OSError:
            assert time.monotonic() < end, "Voila does not answer"
            time.sleep(0.1)
        else:
            return
