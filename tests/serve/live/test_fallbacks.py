"""What a live process reaches where the system offers less. Oracle: the system's own answers.

The server runs as an ordinary user: with namespaces, with Landlock alone, and with neither.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.support import lesser
from tests.support.live import SECRET, living

USER = ["--user", "--map-user=1000", "--map-group=1000"]
NESTED = ["unshare", "--user", "--map-root-user", "--mount", "--pid", "--fork", "--mount-proc"]

LOOKS = """
import os, socket
from pathlib import Path
from lodestar.kernels.messages import send

def words(path):
    try:
        return Path(path).read_text(errors="replace")
    except OSError as error:
        return type(error).__name__

def connected(address):
    try:
        with socket.create_connection(address, 1):
            return "reached"
    except OSError as error:
        return type(error).__name__

def answered(path):
    with socket.socket(socket.AF_UNIX) as one:
        one.settimeout(2)
        try:
            one.connect(path)
            send(one, {"call": "os:getpid", "arguments": []})
            return bool(one.recv(1))
        except OSError:
            return False

places = sorted({row.split()[-1] for row in words("/proc/net/unix").splitlines()})
own = str(Path.cwd()).split("/own/")[0]
near = [p for p in places if p.startswith(os.path.dirname(own) + "/") and p.endswith("/s")]
others = [p for p in near if not p.startswith(own + "/")]
found = {
    "user": os.getuid(), "secret": words(SECRET_OF_BRAVO), "own": words(SECRET_OF_ACME),
    "walked": [name for _, _, files in os.walk(ROOT) for name in files],
    "front": connected(("127.0.0.1", 1)),
    "others": len(others), "gave": [p for p in others if answered(p)],
    "rights": [r.split()[1] for r in words("/proc/self/status").splitlines()
               if r.startswith(("CapEff", "NoNewPrivs"))],
}
try:
    Path("/tmp", "lodestar-written").write_text("x")
    found["written"] = True
    Path("/tmp", "lodestar-written").unlink()
except OSError:
    found["written"] = False
"""


class Told(NamedTuple):
    """What a kernel of acme's found out, and what the server said."""

    found: dict[str, Any]
    said: list[str]


def ordinary() -> list[str]:
    """Return what makes the rest of a command that of an ordinary user."""
    if os.getuid() != 0:
        return []
    tried = ["unshare", *USER, "true"]
    if not shutil.which("unshare") or subprocess.run(tried, check=False).returncode != 0:
        pytest.skip("this system lets root become no other user")
    return ["unshare", *USER]


def refusing(*names: str) -> list[str]:
    """Return what makes the system refuse the rest of a command these."""
    if os.uname().machine not in lesser.CALLS:
        pytest.skip("the numbers of this machine's calls are not known here")
    return [sys.executable, str(lesser.__file__), *names, "--"]


def opened(root: Path, through: list[str]) -> Told:
    """Open bravo's what-if, then acme's, whose workbook looks about."""
    paths = {name: root / name / "inputs" / "2026-Q4" / "secret.txt" for name in ("acme", "bravo")}
    named = "".join(f"SECRET_OF_{k.upper()} = {str(v)!r}\n" for k, v in paths.items())
    with living(root, f"ROOT = {str(root)!r}\n{named}{LOOKS}", through=through) as live:
        assert live.open("bravo")[0] == 200
        status, _, found = live.open("acme")
        assert status == 200
        return Told(found, [line for line in live.server.lines if line.startswith("Live what-ifs")])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "clients"


def holds_always(told: Told) -> None:
    """No right, and nothing from the process that another client's kernels are forked from."""
    assert told.found["user"] != 0
    assert told.found["rights"] == ["0000000000000000", "1"]
    assert told.found["gave"] == []
    assert len(told.said) == 1


def test_an_ordinary_user_with_namespaces(root: Path) -> None:
    before = ordinary()
    if subprocess.run([*before, *NESTED, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets ordinary users have no namespaces")
    told = opened(root, before)
    holds_always(told)
    assert told.said == [
        "Live what-ifs: each client has its own process, but here they run as the same user."
    ]
    assert told.found["secret"] == told.found["own"] == "FileNotFoundError"
    assert told.found["walked"] == []
    assert told.found["front"] in ("OSError", "PermissionError")
    assert told.found["others"] == 0
    assert not told.found["written"]


def test_an_ordinary_user_with_landlock_alone(root: Path) -> None:
    if ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1) < 4:
        pytest.skip("this kernel has no Landlock that knows of connections")
    told = opened(root, [*ordinary(), *refusing("namespaces")])
    holds_always(told)
    assert told.said == [
        "Live what-ifs: each client has its own process, but here they run as the "
        "same user, and they could reach the network."
    ]
    assert told.found["secret"] == told.found["own"] == "PermissionError"
    assert told.found["walked"] == []
    assert told.found["front"] == "PermissionError"
    assert told.found["others"] >= 1
    assert not told.found["written"]


def test_an_ordinary_user_with_neither(root: Path) -> None:
    """Nothing keeps the files apart, and it is said so."""
    told = opened(root, [*ordinary(), *refusing("namespaces", "landlock")])
    holds_always(told)
    assert told.said == [
        "Live what-ifs: each client has its own process, but here they run as the "
        "same user, and they could read what this user can, and they could reach "
        "the network."
    ]
    assert unescape(told.found["secret"]) == unescape(told.found["own"]) == SECRET
    assert told.found["front"] == "ConnectionRefusedError"
    assert told.found["others"] >= 1
    assert told.found["written"]
