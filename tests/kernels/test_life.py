"""No kernel outlives its need. Oracle: /proc, and what lies in the folders of sockets."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from lodestar.kernels.child import CHANNELS
from lodestar.kernels.server import fork_server
from tests.support.kernels import Running, alive, kinds, needs_fork, running, sockets, soon

pytestmark = needs_fork

BUSY = {
    "sleeps": "import time; time.sleep(600)",
    "computes": "while True: pass",
    # One call into C that does not let go of the interpreter.
    "holds the interpreter": "import re; re.match('(a*)*b', 'a' * 60)",
}


@pytest.fixture
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("k")


@pytest.mark.parametrize("code", BUSY.values(), ids=BUSY)
def test_a_kernel_ends_with_its_owner_and_leaves_nothing(short: Path, code: str) -> None:
    with running(short) as kernel:
        pid = kernel.pid
        kernel.ask(code)
        own = [(short / name).resolve() for name in sockets(short)]
    assert len(own) == len(CHANNELS)
    soon(lambda: not alive(pid))
    soon(lambda: not sockets(short))
    soon(lambda: not any(path.exists() for path in own))


@pytest.mark.parametrize("code", BUSY.values(), ids=BUSY)
def test_a_killed_worker_takes_its_kernels_server_and_folder_along(short: Path, code: str) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-c", _worker(short, code)], stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout
    kernel, server, folder = worker.stdout.readline().split()
    assert alive(int(kernel))
    assert alive(int(server))
    worker.kill()
    worker.wait()
    worker.stdout.close()
    soon(lambda: not alive(int(kernel)))
    soon(lambda: not alive(int(server)))
    soon(lambda: not Path(folder).exists())
    assert not sockets(short)


@pytest.mark.parametrize("code", BUSY.values(), ids=BUSY)
def test_a_killed_server_takes_its_kernels_along_and_another_follows(
    short: Path, code: str
) -> None:
    with running(short) as kernel:
        server, pid, folder = fork_server(), kernel.pid, fork_server().folder
        children = _children(server.process.pid)
        kernel.ask(code)
        os.kill(server.process.pid, signal.SIGKILL)
        soon(lambda: not kernel.wait(kernel.manager.is_alive()))
        soon(lambda: not any(map(alive, [pid, *children])))
    with running(short) as kernel:
        assert kernel.says("print(1 + 1)") == "2"
        assert kernel.server == fork_server().process.pid != server.process.pid
    assert not folder.exists()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_a_kernel_that_dies_is_reaped_and_its_end_is_known(short: Path, how: int) -> None:
    with running(short) as kernel:
        pid, process = kernel.pid, kernel.manager.provisioner.process
        assert len(sockets(short)) == 5
        kernel.ask(f"import os; os.kill(os.getpid(), {int(how)})")
        soon(lambda: process.poll() is not None)
        assert process.returncode == -how
        assert not Path(f"/proc/{pid}").exists()
        assert not sockets(short)


def test_what_a_notebook_starts_ends_with_its_kernel(short: Path) -> None:
    with running(short) as kernel:
        started = int(
            kernel.says("import subprocess; print(subprocess.Popen(['sleep', '600']).pid)")
        )
        assert alive(started)
    soon(lambda: not alive(started))


@kinds
def test_an_interrupted_cell_says_so_and_the_kernel_goes_on(short: Path, warm: bool) -> None:
    with running(short, warm) as kernel:
        pid = kernel.pid
        kernel.loop.call_later(0.5, lambda: kernel.loop.create_task(_interrupt(kernel)))
        assert "KeyboardInterrupt" in kernel.says("while True: pass")
        assert kernel.says("import os; print(os.getpid())") == str(pid)


@kinds
@pytest.mark.parametrize("now", [True, False], ids=["at once", "politely"])
def test_a_restarted_kernel_is_new_and_heard_by_the_same_client(
    short: Path, warm: bool, now: bool
) -> None:
    with running(short, warm) as kernel:
        kernel.says("kept = 1")
        first = kernel.pid
        kernel.wait(kernel.manager.restart_kernel(now=now))
        kernel.wait(kernel.client.wait_for_ready(60))
        assert kernel.says("print('kept' in globals())") == "False"
        assert kernel.pid != first
        soon(lambda: not alive(first))


def test_a_process_that_ends_takes_its_server_along(short: Path) -> None:
    code = _worker(short, "pass").replace("time.sleep(600)", "kernel.end()")
    said = subprocess.run(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    kernel, server, folder = said.split()
    assert not alive(int(server))
    assert not Path(folder).exists()
    soon(lambda: not alive(int(kernel)))


async def _interrupt(kernel: Running) -> None:
    await kernel.manager.interrupt_kernel()


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8")
    return [int(child) for child in listed.split()]


def _worker(folder: Path, code: str) -> str:
    return textwrap.dedent(f"""
        import time
        from pathlib import Path
        from lodestar.kernels import Kernels
        from lodestar.kernels.server import fork_server
        from tests.support.kernels import Running
        folder = Path({str(folder)!r})
        kernel = Running(Kernels(folder, True).manager_class("kernel"), folder)
        kernel.ask({code!r})
        print(kernel.pid, fork_server().process.pid, fork_server().folder, flush=True)
        time.sleep(600)
    """)
