"""What attempts leave beside the runs. Oracle: files written, changed and torn by hand."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.errors import Problem
from lodestar.provenance import changed_inputs, file_hash
from lodestar.provenance.attempts import forget_attempts, keep_attempt, kept_attempts
from lodestar.provenance.files import input_look, input_stats
from lodestar.serve.upkeep import changed_since

KEPT = Path("runs", ".log", "attempts.json")
WRONG = Problem("range", "ratings.csv", "This is no rating.", "Write 0 to 4.", 3, "r1", "secret")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inputs" / "2026-Q4").mkdir(parents=True)
    (tmp_path / "engagement.yml").write_text("client: acme\n")
    (tmp_path / "inputs" / "2026-Q4" / "ratings.csv").write_text("a,b\n1,2\n")
    return tmp_path


def test_each_kind_is_kept_once_newest_first_without_the_text_of_cells(folder: Path) -> None:
    now = time.time() + 1
    keep_attempt(folder, "run", "failed", now - 9, ["old"])
    keep_attempt(folder, "run", "refused", now, [WRONG] * 7)
    keep_attempt(folder, "check", "clean", now + 5)
    check, run = kept_attempts(folder)
    assert (check.verb, check.status, check.number, check.causes) == ("check", "clean", 0, ())
    said = "ratings.csv, row 3, column r1: This is no rating. Write 0 to 4."
    assert (run.verb, run.status, run.number, run.causes) == ("run", "refused", 7, (said,) * 3)
    assert run.look == check.look == input_look(folder)
    assert "secret" not in (folder / KEPT).read_text()
    assert os.name == "nt" or (folder / KEPT).stat().st_mode & 0o077 == 0
    forget_attempts(folder)
    forget_attempts(folder)
    assert kept_attempts(folder) == []


def test_an_attempt_is_of_the_inputs_that_it_read(folder: Path) -> None:
    keep_attempt(folder, "run", "failed", time.time() + 1, ["x"])
    table = folder / "inputs" / "2026-Q4" / "ratings.csv"
    before = table.stat()
    assert kept_attempts(folder)[0].look == input_look(folder)
    table.write_text("a,b\n1,3\n")
    os.utime(table, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert kept_attempts(folder)[0].look != input_look(folder)
    keep_attempt(folder, "run", "failed", before.st_mtime - 1, ["x"])
    assert kept_attempts(folder)[0].look == ""


@pytest.mark.parametrize(
    "torn", [b"", b"{", b"[]", b"\xff", b'{"run": 1}', b'{"run": {"status": "x"}}', b"null"]
)
def test_a_torn_or_foreign_file_is_no_attempt_and_is_replaced(folder: Path, torn: bytes) -> None:
    (folder / KEPT).parent.mkdir(parents=True)
    (folder / KEPT).write_bytes(torn)
    assert kept_attempts(folder) == []
    keep_attempt(folder, "check", "clean", time.time() + 1)
    assert [attempt.verb for attempt in kept_attempts(folder)] == ["check"]


def test_where_nothing_can_be_written_nothing_is_harmed(folder: Path) -> None:
    (folder / "runs").write_text("a file where the folder should be")
    keep_attempt(folder, "run", "failed", time.time(), ["x"])
    forget_attempts(folder)
    assert kept_attempts(folder) == []


def test_a_long_cause_is_cut_and_is_one_line(folder: Path) -> None:
    keep_attempt(folder, "run", "failed", time.time() + 1, ["a\nb" * 4000])
    (cause,) = kept_attempts(folder)[0].causes
    assert len(cause) == 241
    assert "\n" not in cause
    assert json.loads((folder / KEPT).read_text())["run"]["number"] == 1


NAMES = st.sampled_from(
    [
        "engagement.yml",
        "assumptions.yml",
        "notes.txt",
        "inputs/2026-Q4/a.csv",
        "inputs/2026-Q4/.hidden",
        "inputs/2026-Q4/~$a.xlsx",
        "inputs/2026-Q4/deep/b.csv",
        "inputs/2027-Q1/later.csv",
        "inputs/.kept/0000",
        "inputs/loose.csv",
    ]
)


@given(
    now=st.dictionaries(NAMES, st.sampled_from(["1", "2"])),
    then=st.dictionaries(NAMES, st.sampled_from(["1", "2"])),
)
def test_what_changed_is_what_the_run_itself_would_say(
    tmp_path_factory: pytest.TempPathFactory, now: dict[str, str], then: dict[str, str]
) -> None:
    """Oracle: ``changed_inputs``, which reads every file."""
    folder = tmp_path_factory.mktemp("client")
    recorded = {}
    for name, text in then.items():
        (folder / "one").write_text(text)
        if name.startswith(("inputs/2026", "engagement", "assumptions")):
            recorded[name] = file_hash(folder / "one")
    for name, text in now.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    assert changed_since(folder, recorded) == changed_inputs(folder, recorded)
    assert not {"inputs/.kept/0000", "notes.txt"} & input_stats(folder).keys()
