"""A real dashboard server for tests: started as a person would, stopped by its process id."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

__all__ = ["Server", "serving"]

LINK = re.compile(r"(http://\S+/enter\?key=\S+)")
NAMED = re.compile(r"^(\S+): (http://\S+/enter\?key=\S+)$")


@dataclass
class Server:
    """A running server, what it printed, and requests to it that nothing tidies up."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    @property
    def links(self) -> dict[str, str]:
        """Return the first link of each client."""
        found = (NAMED.match(line) for line in self.lines)
        return {match[1]: match[2] for match in found if match}

    @property
    def port(self) -> int:
        """Return the port it listens on."""
        return int(urlsplit(next(iter(self.links.values()))).port or 0)

    @property
    def base(self) -> str:
        """Return its address without a path."""
        return f"http://127.0.0.1:{self.port}"

    def fresh_link(self) -> str:
        """Return the newest link that was printed; the one before it has been used."""
        return LINK.findall("\n".join(self.lines))[-1]

    def ask(
        self, path: str, cookie: str = "", method: str = "GET", body: str = "", **headers: str
    ) -> tuple[HTTPResponse, bytes]:
        """Send a path exactly as written and return the reply and its body."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookie:
            sent["Cookie"] = cookie
        connection.putrequest(method, path, skip_host="Host" in sent)
        for name, value in sent.items():
            connection.putheader(name, value)
        if body:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body.encode() if body else None)
        reply = connection.getresponse()
        content = reply.read()
        connection.close()
        return reply, content

    def sign_in(self, client: str) -> str:
        """Use a client's first link and return the session's cookie."""
        path = self.links[client].removeprefix(self.base)
        reply, _ = self.ask(path)
        assert reply.status == 303, reply.status
        return str(reply.headers["Set-Cookie"]).split(";")[0]


@contextmanager
def serving(root: Path, *clients: str, port: int = 0) -> Iterator[Server]:
    """Serve clients of a data root with the command line, on a free port."""
    command = [sys.executable, "-c", "from lodestar.cli import main; main()"]
    arguments = ["serve", *clients, "--data-root", str(root), "--port", str(port)]
    process = subprocess.Popen(
        [*command, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    server = Server(process)
    reader = threading.Thread(target=_read, args=(process, server.lines), daemon=True)
    reader.start()
    try:
        _wait_until_ready(server)
        yield server
    finally:
        process.terminate()
        status = process.wait(timeout=30)
        reader.join(timeout=5)
    assert status == 0, "it did not stop in order: " + "\n".join(server.lines)


def _read(process: subprocess.Popen[str], lines: list[str]) -> None:
    for line in process.stdout or ():
        lines.append(line.rstrip("\n"))


def _wait_until_ready(server: Server, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not any("Press Ctrl-C" in line for line in server.lines):
        assert server.process.poll() is None, "\n".join(server.lines)
        assert time.monotonic() < end, "\n".join(server.lines)
        time.sleep(0.05)
