"""Many clients in one batch. Oracle: their folders on disk, and what each was planted with."""

from __future__ import annotations

import _thread
import json
import threading
from pathlib import Path

import pytest

from lodestar.provenance.attempts import kept_attempts
from lodestar.provenance.files import input_look
from lodestar.run.batch import ClientOutcome, run_clients
from lodestar.run.log import log_path, remembered_seconds
from lodestar.run.pool import LocalExecutor
from lodestar.run.progress import Board
from tests.support.clients import contents, known_results, small_client, small_run, walk_of


@pytest.fixture(autouse=True)
def _fixed_results(monkeypatch: pytest.MonkeyPatch) -> None:
    known_results(monkeypatch)


@pytest.fixture
def walk(tmp_path: Path) -> Path:
    return walk_of(tmp_path / "walk", **{"00_a": "good", "01_b": "good"})


def _run(root: Path, clients: list[str], walk: Path, jobs: int = 2) -> dict[str, ClientOutcome]:
    board = Board(clients, jobs)
    with LocalExecutor(jobs) as executor:
        done = run_clients(clients, executor, board, "", root, workbooks=walk)
    assert [outcome.client for outcome in done] == clients
    json.dumps([outcome.as_dict() for outcome in done])
    return {outcome.client: outcome for outcome in done}


def test_a_batch_gives_the_bytes_of_single_runs(tmp_path: Path, walk: Path) -> None:
    for root in ("one", "many"):
        for client in ("a", "b", "c"):
            small_client(tmp_path / root, client)
    done = _run(tmp_path / "many", ["a", "b", "c"], walk)
    for client, outcome in done.items():
        assert (outcome.status, outcome.exit_code) == ("published", 0)
        single = small_run(tmp_path / "one", walk, client)
        assert outcome.report is not None
        assert contents(outcome.report.folder) == contents(single.folder)


def test_why_a_client_has_no_run_is_kept_until_a_run_overtakes_it(
    tmp_path: Path, walk: Path
) -> None:
    folder = small_client(tmp_path, "acme")
    outcomes = folder / "inputs" / "2026-Q4" / "outcomes.csv"
    good = outcomes.read_text()
    outcomes.write_text("outcome,name,beneficiary,importance\no1,On time,customer,9\n")
    done = _run(tmp_path, ["acme"], walk)["acme"]
    (kept,) = kept_attempts(folder)
    assert (kept.verb, kept.status, kept.number) == ("run", "refused", len(done.problems))
    assert kept.causes[0].startswith("inputs/2026-Q4/outcomes.csv, row 2, column importance: ")
    assert kept.look == input_look(folder)
    outcomes.write_text(good)
    assert _run(tmp_path, ["acme"], walk)["acme"].status == "published"
    assert kept_attempts(folder) == []
    broken = walk_of(tmp_path / "broken", **{"00_a": "good", "01_b": "failing"})
    done = _run(tmp_path, ["acme"], broken)["acme"]
    (kept,) = kept_attempts(folder)
    assert (kept.status, kept.causes) == ("failed", tuple(map(str, done.failures)))
    assert _run(tmp_path, ["acme"], walk)["acme"].status == "unchanged"
    assert kept_attempts(folder) == []


def test_one_refused_one_failed_and_one_unknown_keep_nobody_from_a_run(
    tmp_path: Path, walk: Path
) -> None:
    for client in ("good", "bad"):
        small_client(tmp_path, client)
    earlier = small_run(tmp_path, walk, "bad")
    outcomes = tmp_path / "bad" / "inputs" / "2026-Q4" / "outcomes.csv"
    outcomes.write_text("outcome,name,beneficiary,importance\no1,On time,customer,9\n")
    done = _run(tmp_path, ["bad", "good", "nobody"], walk)
    assert {name: outcome.status for name, outcome in done.items()} == {
        "bad": "refused",
        "good": "published",
        "nobody": "refused",
    }
    assert (done["bad"].stands, done["nobody"].stands) == (("2026-Q4",), ())
    assert max(outcome.exit_code for outcome in done.values()) == 2
    assert (tmp_path / "bad" / "runs" / "2026-Q4").resolve() == earlier.folder


def test_a_failed_client_says_what_stopped_and_where_its_log_lies(tmp_path: Path) -> None:
    folder = small_client(tmp_path, "bad")
    walk = walk_of(tmp_path / "walk", **{"00_a": "good", "01_b": "failing"})
    outcome = _run(tmp_path, ["bad"], walk)["bad"]
    assert (outcome.status, outcome.exit_code, outcome.stands) == ("failed", 1, ())
    assert [str(failure) for failure in outcome.failures] == [
        "01_b, cell 4 (divide): ZeroDivisionError: division by zero"
    ]
    assert outcome.log == log_path(folder, "2026-Q4")
    text = outcome.log.read_text(encoding="utf-8")
    assert "attempt 1: done" in text
    assert "ZeroDivisionError" in text
    assert outcome.log.stat().st_mode & 0o077 == 0
    assert list(remembered_seconds(folder)) == ["00_a"]


def test_a_log_that_cannot_be_written_harms_no_run(tmp_path: Path, walk: Path) -> None:
    folder = small_client(tmp_path, "a")
    (folder / "runs").mkdir()
    (folder / "runs" / ".log").write_text("a file where the folder should be")
    outcome = _run(tmp_path, ["a"], walk)["a"]
    assert (outcome.status, outcome.log) == ("published", None)


def test_ctrl_c_ends_everything_and_says_what_stands(tmp_path: Path, walk: Path) -> None:
    """The interrupt comes while the second client's notebook sleeps and the third waits."""
    clients = ["a", "b", "c"]
    for client in clients:
        small_client(tmp_path, client)
    earlier = small_run(tmp_path, walk, "b")
    slow = walk_of(tmp_path / "slow", **{"00_a": "slow"})
    board = Board(clients, 1)

    def interrupt() -> None:
        if any(state.cells[0] > 1 for state in board.states.values()):
            _thread.interrupt_main()

    with LocalExecutor(1) as executor:
        done = run_clients(
            clients, executor, board, "", tmp_path, workbooks=slow, at_once=2, tick=interrupt
        )
    assert [outcome.status for outcome in done] == ["stopped"] * 3
    assert {outcome.exit_code for outcome in done} == {130}
    assert [outcome.stands for outcome in done] == [(), ("2026-Q4",), ()]
    assert (tmp_path / "b" / "runs" / "2026-Q4").resolve() == earlier.folder
    assert [t.name for t in threading.enumerate() if t.name.startswith("lodestar-")] == []
