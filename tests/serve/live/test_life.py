"""Whose a live copy is and when it ends. Oracle: the system's processes, what sockets say last."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import websocket

from lodestar.serve.live.names import LOST, SIGNED_OUT
from tests.support.live import Live, living, until
from tests.support.server import TOKEN


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with living(tmp_path_factory.mktemp("life") / "clients") as found:
        yield found


def refused(live: Live, client: str, kernel: str, who: str, **options: str) -> int:
    """Return the status with which a connection to a kernel is refused."""
    with pytest.raises(websocket.WebSocketBadStatusException) as error:
        live.connect(client, kernel, who, **options)
    return int(error.value.status_code)


def test_a_kernel_is_its_session_s_alone(live: Live) -> None:
    """A colleague, another client and a stranger can neither see, join nor end it."""
    _, kernel, _ = live.open("acme")
    live.cookies["stranger"] = "lodestar-1=guessed"
    for who, status in (("colleague", 404), ("bravo", 404), ("stranger", 403)):
        assert live.state("acme", kernel, who) == status
        assert refused(live, "acme", kernel, who) == status
        path = f"/c/acme/live/voila/api/shutdown/{kernel}"
        reply, _ = live.server.ask(path, live.cookies[who], "POST", "x=1", Origin=live.server.base)
        assert reply.status == status
    assert live.state("bravo", kernel, "bravo") == 404
    assert refused(live, "acme", kernel, "acme", origin="http://evil.example") in (403, 404)
    assert live.state("acme", kernel) == 200


def test_the_last_word_of_a_page_ends_its_kernel(live: Live) -> None:
    """The beacon brings no token of the kind that Voila asks for; it works all the same."""
    _, kernel, _ = live.open("acme")
    path = f"/c/acme/live/voila/api/shutdown/{kernel}"
    reply, _ = live.server.ask(path, live.cookies["acme"], "POST", "x=1", Origin=live.server.base)
    assert reply.status == 204
    assert live.state("acme", kernel) == 404


def test_a_page_that_just_vanishes_takes_its_kernel_along(live: Live) -> None:
    """A tab that crashed says nothing; its connection ends. To ask after it would keep it."""
    _, kernel, _ = live.open("acme")
    socket = live.connect("acme", kernel)
    assert live.state("acme", kernel) == 200
    socket.close()
    time.sleep(13)
    assert live.state("acme", kernel) == 404


def test_signing_out_ends_what_is_open(live: Live) -> None:
    _, kernel, _ = live.open("acme", "colleague")
    socket = live.connect("acme", kernel, "colleague")
    page = live.server.ask("/", live.cookies["colleague"])[1].decode()
    token = TOKEN.search(page)
    assert token is not None
    live.server.post("/sign-out", live.cookies["colleague"], token=token[1])
    assert socket.closed() == SIGNED_OUT


def test_a_live_process_that_died_is_told_of_and_comes_again(live: Live) -> None:
    _, kernel, _ = live.open("bravo")
    socket = live.connect("bravo", kernel)
    before = live.processes("lodestar-live")
    for pid in before:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert socket.closed() == LOST
    until(lambda: live.state("bravo", kernel) == 404)
    status, again, _ = live.open("bravo")
    assert (status, live.state("bravo", again)) == (200, 200)
    assert not set(live.processes("lodestar-live")) & set(before)


def test_a_kernel_that_died_is_told_of(live: Live) -> None:
    """Started again it would know nothing of the controls on the page."""
    _, kernel, _ = live.open("bravo")
    socket = live.connect("bravo", kernel)
    for pid in live.processes("lodestar-kernel"):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert socket.closed() == LOST


def test_nothing_outlives_a_front_that_was_killed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Not a process and, once another front starts, not a folder."""
    base = tmp_path_factory.mktemp("killed")
    with contextlib.suppress(AssertionError), living(base / "clients") as first:
        assert first.open("acme")[0] == 200
        folder, processes = first.folder(), first.processes()
        assert processes
        first.server.process.kill()
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in processes))
    with living(base / "others") as second:
        until(lambda: second.processes("lodestar-nurser"))
        assert not folder.exists()
