"""Messages arrive whole. Oracle: what was sent, however the bytes were cut."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.kernels.messages import Inbox, receive, send

TEXTS = st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=4)


@given(st.lists(TEXTS, max_size=4), st.lists(st.integers(1, 30), max_size=60))
def test_messages_survive_any_cut(sent: list[dict[str, str]], cuts: list[int]) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for message in sent:
            send(ours, message)
        ours.shutdown(socket.SHUT_WR)
        content = b"".join(iter(lambda: theirs.recv(4096), b""))
    inbox, heard = Inbox(), []
    for cut in [*cuts, len(content)]:
        piece, content = content[:cut], content[cut:]
        heard += inbox.messages(piece)
    heard += inbox.messages(content)
    assert heard == sent


def test_a_closed_connection_says_nothing() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        ours.close()
        assert receive(theirs) is None


@pytest.mark.parametrize("bytes_", [b"\xff\xff\xff\xff", b"\x00\x00\x00\x01{"])
def test_what_is_no_message_is_refused(bytes_: bytes) -> None:
    with pytest.raises(ValueError):
        list(Inbox().messages(bytes_))
