"""Requests byte for byte as written, and what came back: nothing is tidied up on the way."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass, field

__all__ = ["Answer", "Request", "sent"]

REASON = re.compile(rb'data-reason="([a-z-]+)"')


@dataclass(frozen=True)
class Request:
    """One request.

    Parameters
    ----------
    target : str
        As it stands in the first line; bytes beyond ASCII are sent as Latin-1.
    method, version : str
        The rest of the first line.
    headers : tuple of (str, str)
        In this order; a Host is added unless one is among them.
    body : str
        Sent as it is; its length is told unless a header tells one.
    """

    target: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    version: str = "HTTP/1.1"

    def bytes(self, host: str, cookie: str = "") -> bytes:
        """Return what goes over the wire."""
        names = {name.lower() for name, _ in self.headers}
        lines = [f"{self.method} {self.target} {self.version}"]
        lines += [f"Host: {host}"] if "host" not in names else []
        lines += [f"Cookie: {cookie}"] if cookie else []
        lines += [f"{name}: {value}" for name, value in self.headers]
        told = {"content-length", "transfer-encoding"} & names
        lines += [f"Content-Length: {len(self.body.encode())}"] if self.body and not told else []
        lines += ["Connection: close"] if "connection" not in names else []
        return ("\r\n".join(lines) + "\r\n\r\n" + self.body).encode("latin-1")


@dataclass(frozen=True)
class Answer:
    """All that came back until the connection ended."""

    raw: bytes
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def reason(self) -> str:
        """Return the reason that a page names; empty without a page."""
        found = REASON.search(self.body)
        return found[1].decode() if found else ""


def sent(port: int, content: bytes, seconds: float = 60.0) -> Answer:
    """Send bytes and return what comes back until the server closes."""
    parts = []
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        try:
            connection.sendall(content)
            while not _whole(content, b"".join(parts)) and (part := connection.recv(65536)):
                parts.append(part)
        except (ConnectionError, TimeoutError):
            pass
    return _read(b"".join(parts))


def _whole(content: bytes, raw: bytes) -> bool:
    """Tell that a reply is complete where the connection was not asked to be closed."""
    head, end, body = raw.partition(b"\r\n\r\n")
    told = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    return b"Connection: close" not in content and bool(end and told) and len(body) >= int(told[1])


def _read(raw: bytes) -> Answer:
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    first = lines[0].split(" ")
    if len(first) < 2 or not first[1].isdigit():
        return Answer(raw)
    headers: dict[str, str] = {}
    for name, _, value in (line.partition(":") for line in lines[1:]):
        key = name.lower()
        headers[key] = f"{headers[key]}, {value.strip()}" if key in headers else value.strip()
    return Answer(raw, int(first[1]), headers, body)
