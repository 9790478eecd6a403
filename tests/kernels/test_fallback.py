"""Where no kernel can be forked an ordinary one serves. Oracle: what the kernel says it is."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from lodestar.errors import FaultError
from lodestar.kernels import Kernels, server
from lodestar.kernels.system import unfit
from lodestar.provenance import kernel_environment
from tests.support.kernels import needs_fork, running, started_with

WHO = "print(open('/proc/self/comm').read())"


def test_macos_and_windows_start_ordinary_kernels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("darwin", "win32"):
        monkeypatch.setattr(sys, "platform", name)
        assert unfit() == "this system cannot fork them safely"
        assert not Kernels(tmp_path).warm
        with pytest.raises(FaultError, match="cannot fork them safely"):
            Kernels(tmp_path, warm=True)


@needs_fork
@pytest.mark.parametrize("name", ["OMP_MAX_ACTIVE_LEVELS", "PYTHONPATH"])
def test_what_is_read_only_at_the_start_asks_for_a_new_process(tmp_path: Path, name: str) -> None:
    value = str(tmp_path) if name == "PYTHONPATH" else "7"
    environment = {**kernel_environment(tmp_path), name: value}
    with running(tmp_path, env=environment) as kernel:
        assert kernel.says(WHO) != "lodestar-kernel"
        assert kernel.says(f"import os; print(os.environ[{name!r}])") == value


@needs_fork
def test_an_option_only_a_new_process_takes_is_taken(tmp_path: Path) -> None:
    options = ["--InteractiveShell.ast_node_interactivity=none"]
    with running(tmp_path, extra_arguments=options) as kernel:
        assert kernel.says(WHO) != "lodestar-kernel"
        assert kernel.says("print(get_ipython().ast_node_interactivity)") == "none"


@needs_fork
def test_a_server_that_does_not_come_up_is_not_started_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(server, "_SERVERS", [])
    monkeypatch.setattr("lodestar.kernels.words._SAID", set())
    started = []

    def stillborn(self: server.Server, *sockets: object) -> object:
        started.append(1)
        return subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])

    monkeypatch.setattr(server.Server, "_start", stillborn)
    for _ in range(2):
        with running(tmp_path) as kernel:
            assert kernel.says("print(1)") == "1"
    assert len(started) == 1
    assert len(caplog.records) <= 2
    for each in server._SERVERS:
        each.end()


@needs_fork
def test_a_process_with_a_second_thread_forks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = textwrap.dedent("""
        import sys, threading, time
        from lodestar.kernels import warming, zygote
        def warm_up(between):
            threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
        warming.warm_up = warm_up
        zygote.main(*sys.argv[1:])
    """)
    monkeypatch.setattr(
        server.Server, "_start", lambda self, *sockets: started_with(self, code, sockets)
    )
    one = server.Server()
    request = {
        "env": one.environment,
        "cwd": str(tmp_path),
        "arguments": [],
        "connection": {"ip": str(tmp_path / "c"), "key": "k", "file": "f"},
    }
    with pytest.raises(server.NoKernelError, match="more than one thread"):
        one.kernel(request)
    one.end()


@needs_fork
def test_folders_of_the_dead_are_swept_and_those_of_the_living_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/tmp")
    living = server.fork_server()
    dead = Path("/tmp") / f"lodestar-dead{os.getpid()}"
    dead.mkdir(mode=0o700)
    (dead / "lock").touch()
    folder = server.private_folder()
    assert not dead.exists()
    assert living.folder.exists()
    folder.rmdir()
