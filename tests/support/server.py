"""A real dashboard server for tests: started as a person would, stopped by its process id."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

__all__ = ["Server", "serving", "session_cookie"]

LINK = re.compile(r"(http://\S+/enter\?key=\S+)")
TOKEN = re.compile(r'name="token" value="([0-9a-f]+)"')
NAMED = re.compile(r"^(\S+): (http://\S+/enter\?key=\S+)$")


@dataclass
class Server:
    """A running server, what it printed, and requests to it that nothing tidies up."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    @property
    def links(self) -> dict[str, str]:
        """Return the first link of each client."""
        found = (NAMED.match(line) for line in self.lines)
        return {match[1]: match[2] for match in found if match}

    @property
    def port(self) -> int:
        """Return the port it listens on."""
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", "\n".join(self.lines))
        return int(found[1]) if found else 0

    @property
    def base(self) -> str:
        """Return its address without a path."""
        return f"http://127.0.0.1:{self.port}"

    def fresh_link(self) -> str:
        """Return the newest link that was printed; the one before it has been used."""
        end = time.monotonic() + 10
        while (link := LINK.findall("\n".join(self.lines))[-1]) in self.used:
            assert time.monotonic() < end, "no fresh link was printed"
            time.sleep(0.02)
        return str(link)

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
        reply = self.enter(self.links[client])
        assert reply.status == 303, reply.status
        return session_cookie(reply)

    def enter(self, link: str, cookie: str = "") -> HTTPResponse:
        """Open a link as a browser does: its page sends a form, whose reply is returned."""
        reply, page = self.ask(link.removeprefix(self.base), cookie)
        found = TOKEN.search(page.decode())
        if reply.status != 200 or found is None:
            return reply
        key = link.partition("key=")[2]
        self.used.add(link)
        return self.post("/enter", cookie or session_cookie(reply), token=found[1], key=key)[0]

    def post(self, path: str, cookie: str = "", **fields: str) -> tuple[HTTPResponse, bytes]:
        """Send a form as a page of this server does."""
        form = "application/x-www-form-urlencoded"
        body = urlencode(fields)
        return self.ask(path, cookie, "POST", body, Origin=self.base, Content_Type=form)


def session_cookie(reply: HTTPResponse) -> str:
    """Return the first cookie that a reply sets, as a request carries it back."""
    return str(reply.headers["Set-Cookie"]).split(";")[0]


@contextmanager
def serving(
    root: Path,
    *clients: str,
    port: int = 0,
    options: Sequence[str] = (),
    through: Sequence[str] = (),
) -> Iterator[Server]:
    """Serve clients of a data root with the command line, on a free port.

    A command given by ``through`` is put before ours; it becomes the server.
    """
    command = [*through, sys.executable, "-c", "from lodestar.cli import main; main()"]
    arguments = ["serve", *clients, "--data-root", str(root), "--port", str(port), *options]
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
