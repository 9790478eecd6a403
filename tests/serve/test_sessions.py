"""One-time links and sessions. Oracle: a clock moved by hand."""

from __future__ import annotations

from lodestar.serve.sessions import SESSION_SECONDS, Sessions


def test_a_link_opens_once_and_only_its_client() -> None:
    sessions = Sessions()
    first, other = sessions.new_link("acme"), sessions.new_link("bravo")
    session = sessions.enter(first)
    assert session is not None
    assert sessions.client(session) == "acme"
    assert sessions.enter(first) is None
    assert sessions.client(sessions.enter(other) or "") == "bravo"


def test_no_guess_opens_anything() -> None:
    sessions = Sessions()
    link = sessions.new_link("acme")
    for guess in ("", "x", link[:-1], link + "A", link.swapcase()):
        assert sessions.enter(guess) is None
        assert sessions.client(guess) is None
    assert sessions.client(link) is None


def test_a_session_ends() -> None:
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    session = sessions.enter(sessions.new_link("acme")) or ""
    now[0] = SESSION_SECONDS - 1
    assert sessions.client(session) == "acme"
    now[0] = SESSION_SECONDS
    assert sessions.client(session) is None


def test_keys_themselves_are_not_kept() -> None:
    sessions = Sessions()
    link = sessions.new_link("acme")
    session = sessions.enter(link) or ""
    assert link not in repr(vars(sessions))
    assert session not in repr(vars(sessions))
