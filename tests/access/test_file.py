"""The file itself: private, shared by processes, whole after a kill. Oracle: what processes saw."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from lodestar.access import Access
from lodestar.access.database import FILE, VERSION
from lodestar.engagement.places import client_names
from lodestar.errors import FaultError
from tests.support.access import opened

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and file modes")
FORK = multiprocessing.get_context("fork")


def test_folder_and_files_are_their_owners_alone_under_any_mask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = opened(tmp_path)
        store.enter(store.guest_link("demo"), "192.0.2.1")
    finally:
        os.umask(before)
    assert store.folder.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in store.folder.iterdir()}
    assert {FILE, "audit.jsonl", f"{FILE}-wal"} <= set(modes)
    assert set(modes.values()) == {0o600}


def test_a_folder_open_to_others_is_shut(tmp_path: Path) -> None:
    (tmp_path / ".access").mkdir(mode=0o755)
    assert opened(tmp_path).folder.stat().st_mode & 0o777 == 0o700


def test_it_is_no_client(tmp_path: Path) -> None:
    opened(tmp_path)
    (tmp_path / ".access" / "engagement.yml").write_text("name: hidden\n")
    assert client_names(tmp_path) == []


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.add("ana", "client", ["demo"])
    store._database.connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    store.close()
    with pytest.raises(FaultError, match="newer"):
        opened(tmp_path).people()


def test_a_folder_that_cannot_be_made_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / ".access").write_text("a file in the way")
    with pytest.raises(FaultError, match="--data-root"):
        opened(tmp_path)


def _spend(folder: Path, keys: list[str], told: multiprocessing.Queue) -> None:
    store = opened(folder)
    told.put([key for key in keys if store.enter(key, "192.0.2.1")])


def test_processes_that_spend_the_same_links_open_each_once(tmp_path: Path) -> None:
    store = opened(tmp_path)
    keys = [store.guest_link("demo") for _ in range(30)]
    told = FORK.Queue()
    racers = [FORK.Process(target=_spend, args=(tmp_path, keys, told)) for _ in range(3)]
    for racer in racers:
        racer.start()
    spent = [key for _ in racers for key in told.get(timeout=60)]
    for racer in racers:
        racer.join()
    assert sorted(spent) == sorted(keys)
    events = [json.loads(line) for line in (store.folder / "audit.jsonl").read_text().splitlines()]
    assert len([event for event in events if event["event"] == "signed-in"]) == 30


def _begin(folder: Path, told: multiprocessing.Queue) -> None:
    told.put(opened(folder).guest_link("demo"))


def test_processes_that_begin_at_once_make_one_file(tmp_path: Path) -> None:
    told = FORK.Queue()
    starters = [FORK.Process(target=_begin, args=(tmp_path, told)) for _ in range(6)]
    for starter in starters:
        starter.start()
    keys = [told.get(timeout=60) for _ in starters]
    for starter in starters:
        starter.join()
    store = opened(tmp_path)
    assert all(store.enter(key, "192.0.2.1") for key in keys)


def _work(folder: Path, pipe: int) -> None:
    store = opened(folder)
    for number in range(10_000):
        name = f"person{number}"
        store.add(name, "client", ["demo"])
        link = store.new_link(name, once=False)
        os.write(pipe, f"{name} {link}\n".encode())
        if number % 2:
            store.revoke(name)
            os.write(pipe, f"{name} revoked\n".encode())


@pytest.mark.parametrize("after", [0.01, 0.03, 0.07, 0.12, 0.2])
def test_a_kill_at_any_moment_leaves_all_that_was_told_and_a_whole_file(
    after: float, tmp_path: Path
) -> None:
    reading, writing = os.pipe()
    worker = FORK.Process(target=_work, args=(tmp_path, writing))
    worker.start()
    os.close(writing)
    first = os.read(reading, 1000)
    time.sleep(after)
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    with os.fdopen(reading, "rb") as rest:
        told = (first + rest.read()).decode().splitlines()
    store = opened(tmp_path)
    _agrees(store, [tuple(line.split()) for line in told])
    check = sqlite3.connect(store.folder / FILE).execute("PRAGMA integrity_check").fetchone()
    assert check == ("ok",)


def _agrees(store: Access, told: list[tuple[str, ...]]) -> None:
    """What was told before the kill stands; only the last person may be further on than told."""
    revoked = {name for name, what in told if what == "revoked"}
    links = {name: what for name, what in told if what != "revoked"}
    people = {person.name: person for person in store.people()}
    assert set(links) <= set(people)
    assert len(people) - len(links) <= 1
    *settled, _last = links
    for name in settled:
        assert people[name].revoked == (name in revoked)
        assert (store.enter(links[name], "192.0.2.1") is None) == people[name].revoked
    store.add("somebody.new", "client", ["demo"])
    lines = (store.folder / "audit.jsonl").read_text().splitlines()
    assert all(json.loads(line) for line in lines)


def test_a_connection_is_not_carried_over_a_fork(tmp_path: Path) -> None:
    store = opened(tmp_path)
    key = store.guest_link("demo", once=False)
    process = os.fork()
    if process == 0:
        os._exit(0 if store.enter(key, "192.0.2.1") else 1)
    assert os.waitpid(process, 0)[1] == 0
    assert store.enter(key, "192.0.2.1")
