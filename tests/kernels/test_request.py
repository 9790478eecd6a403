"""A forked kernel is as a new one would be. Oracle: a new kernel asked the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lodestar.kernels.messages import receive, send
from lodestar.kernels.server import fork_server
from lodestar.provenance import kernel_environment
from tests.support.kernels import Running, needs_fork, running

pytestmark = needs_fork

ASKED = {
    "environment": (
        "import os; same = {**os.environ}; "
        "[same.pop(n, 0) for n in ('JPY_PARENT_PID', '_', 'LODESTAR_CONVERTER')]; "
        "print(sorted(same.items()))"
    ),
    "folder": "import os; print(os.getcwd())",
    "time zone": "import time; print(time.tzname, time.localtime(0)[:5])",
    "locale": "import locale; print(locale.setlocale(locale.LC_ALL), locale.getencoding())",
    "hash order": "print(hash('lodestar'), set('lodestar'))",
    "path": "import sys; print([p for p in sys.path], sys.flags, sys.argv[1:])",
    "mask of permissions": "import os; print(os.umask(0o22))",
    "temporary files": "import tempfile; print(tempfile.gettempdir())",
    "signals": "import signal; print([signal.getsignal(n) for n in (2, 15, 17)])",
    "main": "import __main__, sys; print(__name__, sys.modules['__main__'].__dict__ is globals())",
    "history": "print(In[-1], Out, get_ipython().execution_count)",
    "widgets": "import comm, ipywidgets; print(sorted(comm.get_comm_manager().targets))",
    "session": "import os; print(os.getsid(0) == os.getpid())",
}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Running]]:
    folder = tmp_path_factory.mktemp("k")
    (folder / "there").mkdir()
    environment = {"TMPDIR": str(folder), "WHO": "a client", "TZ": "Asia/Tokyo"}
    started = []
    for warm in (True, False):
        place = tmp_path_factory.mktemp("s")
        options = {
            "env": {**kernel_environment(folder), **environment},
            "cwd": str(folder / "there"),
        }
        started.append(running(place, warm, **options))
    with started[0] as forked, started[1] as new:
        yield [forked, new]


@pytest.mark.parametrize("code", ASKED.values(), ids=ASKED)
def test_the_answer_is_that_of_a_new_kernel(both: list[Running], code: str) -> None:
    forked, new = (kernel.says(code) for kernel in both)
    assert forked
    assert forked.replace(str(both[0].manager.connection_file), "") == new.replace(
        str(both[1].manager.connection_file), ""
    )


def test_a_forked_kernel_holds_no_file_of_another(tmp_path: Path) -> None:
    listing = (
        "import os; print(sorted(os.readlink(f'/proc/self/fd/{n}') "
        "for n in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{n}')))"
    )
    with running(tmp_path) as first, running(tmp_path) as second:
        assert first.says(listing).count("socket:") == second.says(listing).count("socket:")
        assert "lock" not in first.says(listing)


def test_chance_is_new_in_every_kernel_without_the_extension(tmp_path: Path) -> None:
    code = "import random, numpy; print(random.random(), numpy.random.random())"
    with running(tmp_path) as first, running(tmp_path) as second:
        one, other = first.says(code).split(), second.says(code).split()
    assert not set(one) & set(other)


def test_a_socket_is_for_its_user_alone(tmp_path: Path) -> None:
    from lodestar.kernels.server import fork_server

    with running(tmp_path):
        folder = fork_server().folder
        assert folder.stat().st_mode & 0o777 == 0o700
        modes = {path.name: path.stat().st_mode & 0o077 for path in folder.glob("k*-*")}
        assert modes
        assert not any(modes.values())


def test_the_warm_process_knows_no_client(tmp_path: Path) -> None:
    with running(tmp_path, env={**kernel_environment(tmp_path), "WHO": "a client"}) as kernel:
        server = fork_server().process.pid
        assert b"a client" not in Path(f"/proc/{server}/environ").read_bytes()
        assert kernel.says("import os; print(os.environ['WHO'])") == "a client"
    assert os.environ.get("WHO") is None


STRANGER = """
import socket, sys
from lodestar.kernels.messages import receive, send
with socket.socket(socket.AF_UNIX) as connection:
    connection.settimeout(30)
    connection.connect(sys.argv[1])
    try:
        send(connection, {"call": "os:getpid", "arguments": []})
        print(receive(connection))
    except OSError:
        print(None)
"""


def test_another_process_of_the_same_user_is_given_nothing(tmp_path: Path) -> None:
    """Oracle: the same words, spoken by whoever started the server and by somebody else."""
    with running(tmp_path):
        server = fork_server()
        call = [sys.executable, "-c", STRANGER, str(server.folder / "s")]
        said = subprocess.run(call, capture_output=True, text=True, check=True, timeout=60)
        assert said.stdout.strip() == "None"
        with server.connect() as connection:
            send(connection, {"call": "os:getpid", "arguments": []})
            assert (receive(connection) or {})["returned"] != server.process.pid


def test_a_cluster_in_the_same_process_costs_nobody_a_forked_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Oracle: what Dask itself leaves in the environment of whoever starts its workers."""
    pytest.importorskip("distributed")
    from dask import config

    with running(tmp_path) as kernel:
        server = kernel.server
    for name, value in config.get("distributed.nanny.pre-spawn-environ").items():
        monkeypatch.setenv(name, str(value))
    with running(tmp_path) as kernel:
        assert kernel.server == server
