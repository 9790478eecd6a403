"""Runs publish at once or not at all. Oracle: the files on disk before and after."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lodestar.errors import FaultError
from lodestar.provenance import file_hash
from lodestar.run import run_client
from lodestar.run.store import Store
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


def test_a_run_is_a_link_to_an_immutable_folder_whose_manifest_names_every_file(
    root: Path, one: Path
) -> None:
    report = small_run(root, one)
    link = root / "small" / "runs" / "2026-Q4"
    assert (report.status, report.executed) == ("published", ("00_a",))
    assert link.is_symlink()
    assert not link.readlink().is_absolute()
    assert link.resolve() == report.folder
    manifest = json.loads((link / "manifest.json").read_text())
    assert manifest["notebooks"] == {"00_a": file_hash(link / "00_a.ipynb")}
    assert manifest["results"] == file_hash(link / "results.json")
    assert manifest["tables"] == {
        "tables/alignment.gaps.csv": file_hash(link / "tables" / "alignment.gaps.csv")
    }
    assert set(manifest["inputs"]) == {
        "engagement.yml",
        "inputs/2026-Q3/outcomes.csv",
        "inputs/2026-Q4/outcomes.csv",
    }
    assert not (link / "00_a.ipynb").stat().st_mode & 0o222


def test_nothing_of_the_machine_or_the_day_is_in_a_run(
    root: Path, one: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Two runs from another folder, time zone and hash seed are the same bytes."""
    first = contents(small_run(root, one).folder)
    (root / "small" / "runs" / "2026-Q4").unlink()
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("PYTHONHASHSEED", "77")
    monkeypatch.chdir(tmp_path)
    assert contents(small_run(root, one).folder) == first
    for content in first.values():
        assert str(root).encode() not in content


def test_an_unchanged_client_is_not_run_again(root: Path, one: Path) -> None:
    first = small_run(root, one)
    again = small_run(root, one)
    assert (again.status, again.folder, again.executed) == ("unchanged", first.folder, ())


def test_a_harmed_run_is_made_again(root: Path, one: Path) -> None:
    first = small_run(root, one)
    whole = contents(first.folder)
    book = first.folder / "00_a.ipynb"
    book.chmod(0o644)
    book.write_text("{}")
    assert small_run(root, one).status == "published"
    assert contents(first.folder) == whole


def test_new_inputs_make_a_new_run_beside_the_old(root: Path, one: Path) -> None:
    first = small_run(root, one)
    kept = contents(first.folder)
    note = root / "small" / "inputs" / "2026-Q4" / "notes.md"
    note.write_text("## level.four\n\nOur words.\n", encoding="utf-8")
    second = small_run(root, one)
    assert second.status == "published"
    assert second.folder != first.folder
    assert contents(first.folder) == kept


def test_a_later_wave_leaves_an_earlier_run_unchanged(root: Path, one: Path) -> None:
    small_run(root, one, period="2026-Q3")
    (root / "small" / "inputs" / "2026-Q4" / "notes.md").write_text("## level.four\n\nNew.\n")
    assert small_run(root, one, period="2026-Q3").status == "unchanged"


def test_two_runs_at_once_are_told_apart(root: Path, one: Path) -> None:
    with (
        Store(root / "small" / "runs").lock(),
        pytest.raises(FaultError, match="Another run of 'small' is under way"),
    ):
        small_run(root, one)


def test_progress_counts_every_cell_once(root: Path, one: Path) -> None:
    told: list[tuple[int, int, str]] = []
    run_client("small", "", root, workbooks=one, progress=lambda *step: told.append(step))
    assert [done for done, _, _ in told] == list(range(1, len(told) + 1))
    assert {total for _, total, _ in told} == {len(told)}
