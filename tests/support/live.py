"""Live what-ifs for tests: a server with two clients whose workbook tells what it can do."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import pytest
import websocket

from lodestar.provenance import find_run
from lodestar.serve.live.limits import family
from tests.support.clients import known_results, small_client, small_run
from tests.support.server import Server, serving

__all__ = ["PAGE", "Live", "Socket", "living", "until"]

PAGE = "/c/{}/2026-Q4/02_level/what-if"
SECRET = "a colleague's answer"
TOLD = re.compile(r"told:(\{.*?\}):told")
PARAMETERS = 'client: str = "demo"\nperiod: str = ""\ndata_root: str = ""'


NOTHING = "found = {}"


def workbook(folder: Path) -> Path:
    """Write a workbook of one control, which prints what a cell finds out as ``found``."""
    folder.mkdir()
    shown = 'import ipywidgets, json\nprint("told:" + json.dumps(found) + ":told")\n'
    cells = [
        nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(NOTHING),
        nbformat.v4.new_code_cell(f"{shown}ipywidgets.IntSlider(value=3)"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / "02_level.ipynb")
    return folder


def taken_over(root: Path, client: str, source: str) -> None:
    """Change what a published workbook does; no run of ours would have published it so."""
    run = find_run(client, "2026-Q4", root)
    assert run is not None
    path = run.folder / "02_level.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.source == NOTHING)
    cell.source = source
    path.chmod(0o644)
    nbformat.write(notebook, path)


@dataclass
class Socket:
    """A page's connection to its kernel."""

    connection: websocket.WebSocket
    kernel: str

    def closed(self) -> int:
        """Return the code that the server closes it with."""
        while True:
            opcode, frame = self.connection.recv_data_frame(control_frame=True)
            if opcode == websocket.ABNF.OPCODE_CLOSE:
                return int.from_bytes(frame.data[:2], "big")

    def close(self) -> None:
        """Go, as a tab does that crashes."""
        if self.connection.sock:
            self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.connection.close()


@dataclass
class Live:
    """A running server and what its live processes are."""

    server: Server
    root: Path
    cookies: dict[str, str] = field(default_factory=dict)

    def open(self, client: str, who: str = "") -> tuple[int, str, dict[str, Any]]:
        """Open a what-if; return the status, the kernel's name and what the workbook told."""
        reply, body = self.server.ask(PAGE.format(client), self.cookies[who or client])
        page = body.decode()
        kernel = re.search(r'"kernelId": ?"([0-9a-f-]{36})"', page)
        told = TOLD.search(page.replace("&#34;", '"').replace('\\"', '"'))
        return reply.status, kernel[1] if kernel else "", json.loads(told[1]) if told else {}

    def connect(self, client: str, kernel: str, who: str = "", **options: Any) -> Socket:
        """Connect to a kernel as its page does."""
        base = self.server.base.removeprefix("http")
        connection = websocket.create_connection(
            f"ws{base}/c/{client}/live/api/kernels/{kernel}/channels",
            **{"origin": self.server.base, "cookie": self.cookies[who or client], **options},
            timeout=20,
        )
        return Socket(connection, kernel)

    def state(self, client: str, kernel: str, who: str = "") -> int:
        """Return the status of asking after a kernel."""
        path = f"/c/{client}/live/api/kernels/{kernel}"
        return self.server.ask(path, self.cookies[who or client])[0].status

    def processes(self, name: str = "lodestar-") -> dict[int, str]:
        """Return the processes below the server whose names begin so."""
        named = {pid: _name(pid) for pid in family(self.server.process.pid)[1:]}
        return {pid: found for pid, found in named.items() if found.startswith(name)}

    def folder(self) -> Path:
        """Return the server's private folder."""
        nursery = next(iter(self.processes("lodestar-nurser")))
        return Path(f"/proc/{nursery}/cwd").resolve()


@contextmanager
def living(
    root: Path, source: str = NOTHING, *options: str, through: Sequence[str] = ()
) -> Iterator[Live]:
    """Serve two clients with a published workbook; there are two people of acme's."""
    root.mkdir()
    book = workbook(root.parent / f"{root.name}-walk")
    with pytest.MonkeyPatch.context() as patch:
        known_results(patch)
        for client in ("acme", "bravo"):
            folder = small_client(root, client, f"{client.title()} plc")
            (folder / "inputs" / "2026-Q4" / "secret.txt").write_text(SECRET)
            small_run(root, book, client)
            taken_over(root, client, source)
        with serving(root, "acme", "bravo", options=options, through=through) as server:
            live = Live(server, root)
            live.cookies = {client: server.sign_in(client) for client in ("acme", "bravo")}
            live.cookies["colleague"] = _colleague(root, server)
            # What it is like while libraries still load is no matter of these tests.
            until(lambda: live.processes("lodestar-nurser"), 120)
            yield live


def until(true: Callable[[], Any], seconds: float = 20) -> float:
    """Wait for something to become true; return how long it took."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < seconds, "it did not happen"
        time.sleep(0.1)
    return time.monotonic() - begun


def _colleague(root: Path, server: Server) -> str:
    """Open a second session of acme's."""
    from lodestar.access import Access

    access = Access(root / ".access")
    key = access.enter(access.guest_link("acme"), "127.0.0.1")
    access.close()
    return f"lodestar-{server.port}={key}"


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""
