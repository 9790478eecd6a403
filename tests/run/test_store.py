"""The store on disk. Oracle: what a reader finds while and after it is written."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from lodestar.errors import FaultError
from lodestar.provenance import MANIFEST, write
from lodestar.run.store import Store


def built(store: Store, key: str, text: str) -> Path:
    folder = store.building(key)
    write(folder / "a.ipynb", text.encode())
    write(folder / "tables" / "t.csv", text.encode())
    write(folder / MANIFEST, f'{{"key": "{key}", "text": "{text}"}}'.encode())
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "acme" / "runs")
    with store.lock():
        return store


def test_publishing_again_gives_the_same_folder(store: Store) -> None:
    first = store.publish(built(store, "k" * 20, "one"), "2026-Q4")
    again = store.publish(built(store, "k" * 20, "one"), "2026-Q4")
    assert first == again
    assert not list(store.folder.glob(".building-*"))


def test_only_what_was_published_counts(store: Store) -> None:
    assert store.published("2026-Q4") is None
    (store.runs / "2026-Q4").mkdir()
    assert store.published("2026-Q4") is None


def test_a_folder_in_the_links_place_is_left_alone(store: Store) -> None:
    mine = store.runs / "2026-Q4" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("keep")
    with pytest.raises(FaultError, match="Move it away"):
        store.publish(built(store, "k" * 20, "one"), "2026-Q4")
    assert mine.read_text() == "keep"


def test_left_overs_of_other_material_go_and_torn_files_too(store: Store) -> None:
    other = built(store, "o" * 20, "other")
    torn = store.building("k" * 20) / "b.ipynb.part"
    torn.write_text("half")
    mine = store.building("k" * 20)
    assert not other.exists()
    assert not torn.exists()
    assert mine.is_dir()


def test_a_reader_never_meets_a_gap_while_runs_are_swapped(store: Store) -> None:
    store.publish(built(store, "0" * 20, "0"), "2026-Q4")
    stop, missing = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            pinned = store.published("2026-Q4")
            if (
                pinned is None
                or (pinned / "a.ipynb").read_text() not in (pinned / MANIFEST).read_text()
            ):
                missing.append(pinned)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 40):
        store.publish(built(store, f"{number:020}", str(number)), "2026-Q4")
    stop.set()
    reader.join()
    assert not missing


def test_the_lock_is_free_again_after_an_error(store: Store) -> None:
    with pytest.raises(ValueError, match="stop"), store.lock():
        raise ValueError("stop")
    with store.lock():
        pass
