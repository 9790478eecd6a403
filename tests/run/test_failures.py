"""A workbook that stops. Oracle: its planted fault, and the earlier run's bytes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lodestar.errors import InputError
from lodestar.run import RunFailedError
from tests.support.clients import contents, known_results, small_client, small_run, walk_of


@pytest.fixture
def root(tmp_path: Path) -> Path:
    small_client(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def _fixed_results(monkeypatch: pytest.MonkeyPatch) -> None:
    known_results(monkeypatch)


@pytest.fixture
def one(tmp_path: Path) -> Path:
    return walk_of(tmp_path / "one", **{"00_a": "good"})


def test_names_cell_and_cause_publishes_nothing_and_keeps_what_finished(
    root: Path, one: Path, tmp_path: Path
) -> None:
    before = contents(small_run(root, one).folder)
    walk = walk_of(tmp_path / "walk", **{"00_a": "good", "01_b": "failing", "02_c": "good"})
    with pytest.raises(RunFailedError) as caught:
        small_run(root, walk)
    assert [(f.workbook, f.cell, f.cause) for f in caught.value.failures] == [
        ("01_b", "divide", "ZeroDivisionError: division by zero")
    ]
    assert contents((root / "small" / "runs" / "2026-Q4").resolve()) == before
    building = next((root / "small" / "runs" / ".store").glob(".building-*"))
    assert {path.name for path in building.glob("*.ipynb")} == {"00_a.ipynb", "02_c.ipynb"}


@pytest.mark.parametrize(
    ("source", "cell", "cause"),
    [
        ("slow", "sleep", "it took longer than 2 s and was stopped"),
        ("dying", "exit", "its kernel ended by itself (exit status 1)"),
        ("address", "show", "its output carries 'at 0x"),
    ],
)
def test_other_ways_to_stop(
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    source: str,
    cell: str,
    cause: str,
) -> None:
    monkeypatch.setattr("lodestar.run.making.CELL_TIMEOUT", 2)
    with pytest.raises(RunFailedError) as caught:
        small_run(root, walk_of(tmp_path / "walk", **{"00_a": source}))
    (failure,) = caught.value.failures
    assert (failure.workbook, failure.cell) == ("00_a", cell)
    assert failure.cause.startswith(cause)


@pytest.mark.skipif(sys.platform != "linux", reason="only here a process's memory can be limited")
def test_memory_that_runs_out_in_a_cell_is_told_and_the_earlier_run_stands(
    root: Path, one: Path, tmp_path: Path
) -> None:
    before = contents(small_run(root, one).folder)
    with pytest.raises(RunFailedError, match="the earlier run stands") as caught:
        small_run(root, walk_of(tmp_path / "walk", **{"00_a": "greedy"}))
    (failure,) = caught.value.failures
    assert (failure.cell, failure.cause) == ("fill", "memory ran out (MemoryError)")
    assert contents((root / "small" / "runs" / "2026-Q4").resolve()) == before


def test_a_fault_in_the_results_is_a_failure_too(
    root: Path, one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(shared: object) -> dict[str, bytes]:
        raise KeyError("level")

    monkeypatch.setattr("lodestar.run.making.results_files", fails)
    with pytest.raises(RunFailedError, match=r"results\.json: KeyError: 'level'"):
        small_run(root, one)


def test_bad_input_is_refused_before_anything_is_written(root: Path, one: Path) -> None:
    outcomes = root / "small" / "inputs" / "2026-Q4" / "outcomes.csv"
    outcomes.write_text("outcome,name,beneficiary,importance\no1,On time,customer,9\n")
    with pytest.raises(InputError):
        small_run(root, one)
    assert not (root / "small" / "runs").exists()
