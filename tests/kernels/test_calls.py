"""Functions called in forked processes. Oracle: /proc, and what the functions do called here."""

from __future__ import annotations

import ctypes
import os
import subprocess
import textwrap
import threading
from pathlib import Path

import pytest

from lodestar.kernels import calls, server
from lodestar.kernels.calls import CallDiedError, CallFailedError, call
from lodestar.kernels.server import fork_server
from tests.support.kernels import alive, needs_fork, soon, started_with


@pytest.fixture
def forks() -> None:
    fork_server()


@needs_fork
@pytest.mark.usefixtures("forks")
def test_it_is_called_elsewhere_and_its_answer_comes_back() -> None:
    assert call(os.getpid) not in (os.getpid(), fork_server().process.pid)
    assert call(textwrap.dedent, "  a\n  é") == "a\né"


@needs_fork
@pytest.mark.usefixtures("forks")
def test_what_it_raises_is_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(CallFailedError, match=r"^FileNotFoundError: .*nowhere"):
        call(os.listdir, str(tmp_path / "nowhere"))


@needs_fork
@pytest.mark.usefixtures("forks")
def test_a_process_that_dies_is_told_by_its_status() -> None:
    with pytest.raises(CallDiedError) as died:
        call(os.abort)
    assert died.value.status == -6


@needs_fork
@pytest.mark.usefixtures("forks")
def test_an_interrupt_of_who_waits_ends_it_and_what_it_started(tmp_path: Path) -> None:
    note, ended = tmp_path / "pid", []

    def wait() -> None:
        try:
            call(subprocess.getoutput, f"echo $$ > {note}.part; mv {note}.part {note}; sleep 600")
        except KeyboardInterrupt:
            ended.append(True)

    thread = threading.Thread(target=wait)
    thread.start()
    soon(note.exists)
    raised = ctypes.py_object(KeyboardInterrupt)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), raised)
    thread.join(30)
    assert ended == [True]
    soon(lambda: not alive(int(note.read_text())))


def test_without_a_server_it_is_called_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "standing_server", lambda: None)
    assert call(os.getpid) == os.getpid()


@needs_fork
def test_a_call_need_not_wait_until_kernels_can_be_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    code = textwrap.dedent("""
        import sys, time
        from lodestar.kernels import warming, zygote
        def warm_up(between):
            while True:
                between()
                time.sleep(0.01)
        warming.warm_up = warm_up
        zygote.main(*sys.argv[1:])
    """)
    monkeypatch.setattr(server.Server, "_start", lambda self, *ends: started_with(self, code, ends))
    one = server.Server()
    monkeypatch.setattr(calls, "standing_server", lambda: one)
    assert call(os.getppid) == one.process.pid
    one.end()
    assert one.process.returncode == 0
    assert not one.folder.exists()
