"""What a live process reaches. Oracle: the system's own answers, given inside a real kernel."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.live import SECRET, Live, living

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no UNIX users")

LOOKS = """
import os, socket
from pathlib import Path

def words(path):
    try:
        return Path(path).read_text(errors="replace")
    except OSError as error:
        return type(error).__name__

def reached(family, address):
    try:
        with socket.socket(family) as one:
            one.settimeout(1)
            one.connect(address)
    except OSError as error:
        return type(error).__name__
    return "reached"

seen = []
for folder, folders, files in os.walk(HIDDEN):
    seen += [os.path.join(folder, name) for name in files]
tried = {}
for place in ("/", "/tmp", "/usr/own", os.path.expanduser("~")):
    try:
        Path(place, "written").write_text("x")
        tried[place] = "written"
    except OSError as error:
        tried[place] = type(error).__name__
status, RIGHTS = words("/proc/self/status"), ("CapEff", "NoNewPrivs")
found = {
    "user": os.getuid(), "groups": os.getgroups(), "seen": seen, "secret": words(GUESSED),
    "environment": sorted(os.environ), "here": [p.name for p in Path.cwd().iterdir()],
    "processes": sorted({words(p / "comm").strip() for p in Path("/proc").glob("[0-9]*")}),
    "front": reached(socket.AF_INET, ("127.0.0.1", 1)),
    "abroad": reached(socket.AF_INET, ("192.0.2.1", 80)),
    "rights": [row.split()[1] for row in status.splitlines() if row.startswith(RIGHTS)],
    "tried": tried, "mask": oct(os.umask(0o077)),
    "tokens": [str(p) for p in Path("/tmp").glob("lodestar-*/*/own/token")],
}
"""
"""What the workbook's cell finds out; it stands for a kernel that somebody has taken over."""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    root = tmp_path_factory.mktemp("apart") / "clients"
    guessed = root / "acme" / "inputs" / "2026-Q4" / "secret.txt"
    names = f"HIDDEN, GUESSED = {str(root)!r}, {str(guessed)!r}\n"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANK_PASSWORD", SECRET)
        with living(root, names + LOOKS) as found:
            yield found


@pytest.fixture(scope="module")
def told(live: Live) -> dict[str, object]:
    status, _, found = live.open("acme")
    assert status == 200
    return found


def test_nothing_of_any_client_s_folder_can_be_seen(told: dict[str, object]) -> None:
    """Neither by walking the data root nor by a path that is known."""
    assert told["seen"] == []
    assert told["secret"] in ("FileNotFoundError", "PermissionError")


def test_the_environment_is_made_anew(told: dict[str, object]) -> None:
    assert "BANK_PASSWORD" not in told["environment"]  # type: ignore[operator]


def test_the_token_is_gone_before_the_first_kernel_is_there(told: dict[str, object]) -> None:
    assert told["tokens"] == []


def test_nobody_can_be_reached(told: dict[str, object]) -> None:
    """A refusal by the other side would mean that there was a way."""
    assert {told["front"], told["abroad"]} <= {"PermissionError", "OSError"}


def test_it_can_write_in_its_own_folder_alone(told: dict[str, object]) -> None:
    tried = dict(told["tried"])  # type: ignore[call-overload]
    assert [place for place, how in tried.items() if how == "written"] == [list(tried)[-1]]


def test_it_gains_no_rights(told: dict[str, object]) -> None:
    assert told["rights"] == ["0000000000000000", "1"]
    assert told["mask"] == "0o77"


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give others a user of their own")
def test_each_client_is_a_user_of_its_own(live: Live, told: dict[str, object]) -> None:
    """And none that has a name, a group or another process."""
    status, _, other = live.open("bravo")
    assert status == 200
    assert len({told["user"], other["user"], os.getuid()}) == 3
    assert told["groups"] == []
    assert set(told["processes"]) <= {  # type: ignore[call-overload]
        *("lodestar-live", "lodestar-warm", "lodestar-charts", "lodestar-kernel"),
    }


def test_sockets_and_folders_are_private(live: Live, told: dict[str, object]) -> None:
    folder = live.folder()
    doors = list(folder.glob("*/own/door"))
    assert doors
    for door in doors:
        assert stat.S_IMODE(door.stat().st_mode) == 0o600
        assert stat.S_IMODE(door.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(door.parents[1].stat().st_mode) == 0o750
    assert not stat.S_IMODE(folder.stat().st_mode) & 0o066


@pytest.mark.parametrize("token", ["", "X-Lodestar-Token: guessed\r\n", "X-Lodestar-Token:\r\n"])
def test_without_the_token_the_socket_says_nothing(
    live: Live, told: dict[str, object], token: str
) -> None:
    door = next(live.folder().glob("*/own/door"))
    with socket.socket(socket.AF_UNIX) as one:
        one.connect(str(door))
        one.sendall(f"GET /c/acme/live/api/kernels HTTP/1.1\r\nHost: live\r\n{token}\r\n".encode())
        assert one.recv(1 << 16).startswith(b"HTTP/1.1 404")


def test_no_port_is_listened_on(live: Live, told: dict[str, object]) -> None:
    """Listening sockets of the system that any live process, kernels included, holds."""
    held = set()
    for pid in live.processes():
        for number in Path(f"/proc/{pid}/fd").iterdir():
            held.add(str(number.readlink()))
        for table in ("tcp", "tcp6", "udp", "udp6"):
            rows = Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]
            listening = {
                f"socket:[{row.split()[9]}]" for row in rows if row.split()[3] in ("0A", "07")
            }
            assert not listening & held
    assert any(name.startswith("socket:") for name in held)
