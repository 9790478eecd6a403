"""The record of who did what. Oracle: JSON read line by line, and the events as written."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.access import journal as module
from lodestar.access.journal import Journal
from lodestar.access.keys import new_key
from tests.support.access import PASSWORD, Clock, opened


def lines(folder: Path) -> list[dict[str, Any]]:
    """Return what a program that splits at line ends reads."""
    text = (folder / "audit.jsonl").read_bytes().decode("ascii")
    assert text.endswith("\n")
    return [json.loads(line) for line in text.splitlines()]


HOSTILE = st.text(max_size=300) | st.sampled_from(
    ['ana"}\n{"event": "signed-in"}', "a\r\nb", "a\u2028b", "\x1b[2J", "\udc80", "a\x85b", "\x00"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE), min_size=1, max_size=8))
def test_each_event_is_one_line_whatever_it_holds(events: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder), Clock())
        for event, person, page in events:
            journal.write(event, {"person": person, "page": page})
        read = lines(Path(folder))
        assert len(read) == len(events)
        assert all(set(line) == {"at", "event", "person", "page"} for line in read)
        raw = (Path(folder) / "audit.jsonl").read_bytes()
        assert all(0x20 <= byte < 0x7F or byte == 0x0A for byte in raw)


@settings(max_examples=30, deadline=None)
@given(before=st.text(max_size=30), after=st.text(max_size=30))
def test_no_key_is_written_in_whatever_fact_it_is_hidden(before: str, after: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        key = new_key()
        text = f"{before}/enter?key={key}&{after}"
        Journal(Path(folder), Clock()).write("refused", {"page": text, "run": [key]})
        assert key not in (Path(folder) / "audit.jsonl").read_text()


@pytest.mark.parametrize("name", ["key", "password", "token", "csrf", "cookie"])
def test_facts_named_like_secrets_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="never written"):
        opened(tmp_path).record("signed-in", **{name: "x"})


def test_all_that_happens_to_access_is_recorded_and_no_secret_is(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.add("ana", "client", ["demo"])
    store.change("ana", clients=["demo", "acme"])
    store.expire("ana", "never")
    store.set_password("ana", PASSWORD)
    link = store.new_link("ana")
    key = store.enter(link, "192.0.2.1")
    store.enter(link, "192.0.2.1")
    store.sign_in("ana", "not the " + PASSWORD, "192.0.2.1")
    other = store.sign_in("ana", PASSWORD, "192.0.2.1")
    store.looked(store.session(key), "demo", "2026-Q4", "0" * 64, "02_level", "192.0.2.1")
    store.end(key)
    store.end_all("ana")
    store.revoke("ana")
    store.restore("ana")
    read = lines(store.folder)
    assert [line["event"] for line in read] == [
        *("person-added", "person-changed", "person-ends", "password-set", "link-made"),
        *("signed-in", "refused", "refused", "signed-in", "looked", "signed-out", "signed-out"),
        *("person-revoked", "person-restored"),
    ]
    assert read[9] == {
        **{"at": "2026-09-21T14:13:20Z", "event": "looked", "address": "192.0.2.1"},
        **{"client": "demo", "page": "02_level", "period": "2026-Q4", "person": "ana"},
        "run": "0" * 64,
    }
    text = (store.folder / "audit.jsonl").read_text()
    assert not [secret for secret in (PASSWORD, link, key, other) if secret in text]


def test_an_address_cannot_fill_the_disk_with_refusals(tmp_path: Path) -> None:
    clock = Clock()
    store = opened(tmp_path, clock)
    for _ in range(500):
        store.enter("no such key", "198.51.100.7")
    store.enter("no such key", "192.0.2.1")
    clock.now += 60
    store.enter("no such key", "198.51.100.7")
    read = lines(store.folder)
    assert [line["address"] for line in read].count("198.51.100.7") == module.PER_MINUTE + 1
    assert read[-1]["left_out"] == 500 - module.PER_MINUTE
    assert read[-2]["address"] == "192.0.2.1"


def test_a_full_file_is_kept_under_its_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST", 1000)
    journal = Journal(tmp_path, Clock())
    for number in range(60):
        journal.write("looked", {"page": number})
    files = sorted(tmp_path.iterdir(), key=lambda p: (p.name == "audit.jsonl", len(p.name), p.name))
    assert all(path.stat().st_size <= 1000 for path in files)
    assert len(files) > 3
    pages = [json.loads(line)["page"] for path in files for line in path.read_text().splitlines()]
    assert pages == list(range(60))


def test_a_torn_line_stays_alone(tmp_path: Path) -> None:
    (tmp_path / "audit.jsonl").write_text('{"at": "2026')
    Journal(tmp_path, Clock()).write("looked", {"page": "a"})
    torn, whole = (tmp_path / "audit.jsonl").read_text().splitlines()
    assert torn == '{"at": "2026'
    assert json.loads(whole)["page"] == "a"
