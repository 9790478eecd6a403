"""Passwords. Oracle: argon2's own verifier, and a hasher that counts what it is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher, extract_parameters

from lodestar.access import Access, Passwords, Refused
from lodestar.errors import InputError
from tests.support.access import PASSWORD, Clock, opened, quick


class Counting:
    """A hasher that notes the work it does."""

    def __init__(self) -> None:
        self.inner, self.work = quick(), []

    def __getattr__(self, name: str) -> Any:
        def done(*arguments: str) -> Any:
            self.work.append((name, *map(len, arguments)))
            return getattr(self.inner, name)(*arguments)

        return done


def kept(store: Access) -> str:
    (row,) = store._database.connection.execute("SELECT password FROM person").fetchall()
    return row["password"]


def test_what_is_kept_is_argon2id_of_the_password(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.add("ana", "client", ["demo"])
    store.set_password("ana", PASSWORD)
    assert kept(store).startswith("$argon2id$")
    assert quick().verify(kept(store), PASSWORD)
    assert PASSWORD.encode() not in b"".join(p.read_bytes() for p in store.folder.iterdir())


def test_the_library_s_parameters_are_used_by_default() -> None:
    parameters = extract_parameters(Passwords().hash(PASSWORD))
    assert parameters == extract_parameters(PasswordHasher().hash("x"))
    assert parameters.memory_cost >= 19 * 1024, "the least that OWASP advises, in KiB"


def test_older_parameters_are_renewed_at_the_next_sign_in(tmp_path: Path) -> None:
    clock = Clock()
    opened(tmp_path, clock).add("ana", "client", ["demo"])
    opened(tmp_path, clock).set_password("ana", PASSWORD)
    stronger = opened(tmp_path, clock, quick(time_cost=2))
    assert isinstance(stronger.sign_in("ana", PASSWORD, "192.0.2.1"), str)
    assert extract_parameters(kept(stronger)).time_cost == 2
    assert isinstance(opened(tmp_path, clock).sign_in("ana", PASSWORD, "192.0.2.1"), str)


def test_known_and_unknown_names_take_the_same_work_and_answer(tmp_path: Path) -> None:
    hasher = Counting()
    store = opened(tmp_path, hasher=hasher)
    store.add("ana", "client", ["demo"])
    store.add("bo", "client", ["demo"])
    store.set_password("ana", PASSWORD)
    store.sign_in("nobody", "first attempt makes the decoy", "192.0.2.9")
    told, worked = [], []
    for name in ("ana", "bo", "eve", "", "é" * 500, "guest"):
        hasher.work.clear()
        told.append(store.sign_in(name, "wrong but long enough", "192.0.2.1"))
        worked.append(list(hasher.work))
    assert set(told) == {Refused("wrong")}
    assert all(work == worked[0] for work in worked)


@pytest.mark.parametrize(
    "password", ["short", "a" * 40, "abababababababab", "x" * 2000, "two lines\nof a password", ""]
)
def test_weak_passwords_are_refused_and_change_nothing(password: str, tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.add("ana", "client", ["demo"])
    store.set_password("ana", PASSWORD)
    before = kept(store)
    with pytest.raises(InputError) as caught:
        store.set_password("ana", password)
    assert [problem.code for problem in caught.value.problems] == ["weak-password"]
    assert password == "" or password not in str(caught.value)
    assert kept(store) == before


def test_one_letter_typed_in_two_ways_is_one_password(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.add("ana", "client", ["demo"])
    store.set_password("ana", "caf\u00e9 beside the old station")
    assert isinstance(store.sign_in("ana", "cafe\u0301 beside the old station", "192.0.2.1"), str)


def test_who_has_ended_is_told_so_only_after_the_right_password(tmp_path: Path) -> None:
    clock = Clock()
    store = opened(tmp_path, clock)
    store.add("ana", "client", ["demo"])
    store.set_password("ana", PASSWORD)
    store.expire("ana", "2026-09-22")
    clock.now += 48 * 3600
    assert store.sign_in("ana", PASSWORD, "192.0.2.1") == Refused("ended")
    assert store.sign_in("ana", PASSWORD + "?", "192.0.2.1") == Refused("wrong")


def test_a_password_changed_while_the_old_one_was_checked_opens_nothing(tmp_path: Path) -> None:
    """The change comes in the middle: a hasher that makes it while it verifies."""
    store = opened(tmp_path)
    store.add("ana", "client", ["demo"])
    store.set_password("ana", PASSWORD)

    class Slow:
        def __getattr__(self, name: str) -> Any:
            if name == "verify":
                store.set_password("ana", "quite another " + PASSWORD)
            return getattr(quick(), name)

    late = opened(tmp_path, hasher=Slow())
    assert late.sign_in("ana", PASSWORD, "192.0.2.1") == Refused("wrong")
