"""Kernels to talk to, and what the system shows of them."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from lodestar.kernels import Kernels, words
from lodestar.kernels.specification import refused
from lodestar.provenance import kernel_environment

__all__ = [
    "Running",
    "alive",
    "kinds",
    "needs_fork",
    "parent",
    "running",
    "sockets",
    "soon",
    "started_with",
]

needs_fork = pytest.mark.skipif(bool(refused()), reason=f"no kernel is forked: {refused()}")
"""Skip where kernels start anew; the reason says why they do."""

kinds = pytest.mark.parametrize(
    "warm", [pytest.param(True, marks=needs_fork, id="forked"), pytest.param(False, id="new")]
)
"""Run a test with both kinds of kernel."""


class Running:
    """A kernel that is running, and its client."""

    def __init__(self, manager_class: type, folder: Path, **options: Any) -> None:
        self.loop = asyncio.new_event_loop()
        self.manager = manager_class(**options.pop("manager", {}))
        options.setdefault("env", kernel_environment(folder))
        self.wait(self.manager.start_kernel(**options))
        self.client = self.manager.client()
        self.client.start_channels()
        self.wait(self.client.wait_for_ready(60))

    @property
    def pid(self) -> int:
        """Return the kernel's process."""
        return int(self.manager.provisioner.process.pid)

    @property
    def server(self) -> int:
        """Return the process it was forked from; an ordinary one is the child of the test."""
        found = parent(self.pid)
        assert found != os.getpid(), f"the kernel was not forked: {sorted(words._SAID)}"
        return found

    def wait(self, work: Any) -> Any:
        """Return what a coroutine returns."""
        return self.loop.run_until_complete(work)

    def ask(self, code: str) -> None:
        """Have code executed and do not wait for it."""
        self.client.execute(code)

    def says(self, code: str, seconds: float = 30) -> str:
        """Return what code prints in its time; an error's name and text when it fails."""
        said: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            if message["msg_type"] in ("stream", "error"):
                content = message["content"]
                said.append(content.get("text") or f"{content['ename']}: {content['evalue']}")

        self.wait(
            self.client.execute_interactive(
                code, timeout=seconds, allow_stdin=False, output_hook=hear
            )
        )
        return "".join(said).strip()

    def end(self) -> None:
        """End the kernel as a run does."""
        self.client.stop_channels()
        if self.wait(self.manager.is_alive()):
            self.wait(self.manager.shutdown_kernel(now=True))
        self.wait(self.manager.cleanup_resources())
        self.loop.close()


@contextmanager
def running(folder: Path, warm: bool = True, **options: Any) -> Iterator[Running]:
    """Start a kernel of a run and end it."""
    kernel = Running(Kernels(folder, warm).manager_class("kernel"), folder, **options)
    try:
        yield kernel
    finally:
        kernel.end()


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be reaped does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state.rsplit(")", 1)[1].split()[0] != "Z"


def soon(holds: Callable[[], object], seconds: float = 20) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


def parent(pid: int) -> int:
    """Return a process's parent."""
    state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    return int(state.rsplit(")", 1)[1].split()[1])


def sockets(folder: Path) -> list[str]:
    """Return the sockets, and links to them, that lie in a folder."""
    return sorted(path.name for path in folder.rglob("*") if path.is_symlink() or path.is_socket())


def started_with(server: Any, code: str, sockets: tuple[Any, ...]) -> subprocess.Popen[bytes]:
    """Start a fork server that runs other code, with what `Server._start` hands it."""
    numbers = [*(file.fileno() for file in sockets), server._lock]
    return subprocess.Popen(
        [sys.executable, "-c", code, str(server.folder), *map(str, numbers)],
        pass_fds=numbers,
        env=server.environment,
    )
