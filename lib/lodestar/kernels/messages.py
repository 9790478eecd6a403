"""Messages between a kernel's owner, the fork server and a kernel: JSON behind its length."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator
from typing import Any

__all__ = ["Inbox", "Message", "receive", "send"]

_LENGTH = struct.Struct("!I")
_LONGEST = 1 << 24
"""Bytes of a message; an environment is far shorter."""

Message = dict[str, Any]


class Inbox:
    r"""Bytes as they come in, and the whole messages among them.

    Examples
    --------
    >>> inbox = Inbox()
    >>> list(inbox.messages(b'\x00\x00\x00\x0a{"pi'))
    []
    >>> list(inbox.messages(b'd": 1}'))
    [{'pid': 1}]
    """

    def __init__(self) -> None:
        self._held = b""

    def messages(self, more: bytes) -> Iterator[Message]:
        """Yield each message that is complete with these bytes.

        Raises
        ------
        ValueError
            A message is too long or no JSON: whoever sends it does not speak this protocol.
        """
        self._held += more
        while len(self._held) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._held)
            if length > _LONGEST:
                raise ValueError("the message is too long")
            end = _LENGTH.size + length
            if len(self._held) < end:
                return
            content, self._held = self._held[_LENGTH.size : end], self._held[end:]
            yield json.loads(content)


def send(connection: socket.socket, message: Message) -> None:
    """Send one message."""
    content = json.dumps(message).encode()
    connection.sendall(_LENGTH.pack(len(content)) + content)


def receive(connection: socket.socket) -> Message | None:
    """Wait for one message; None when the other end closed. Nothing may follow it."""
    inbox = Inbox()
    while more := connection.recv(1 << 16):
        for message in inbox.messages(more):
            return message
    return None
