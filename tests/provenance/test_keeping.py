"""Kept material. Oracle: the files as they were, hashlib, and the modes the system reports."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from lodestar.engagement import load
from lodestar.errors import FaultError
from lodestar.provenance import (
    KEPT,
    PublishedRun,
    client_of,
    digest,
    find_run,
    forget,
    framework_text,
    keep,
    kept,
    material,
    sources,
)
from tests.support.clients import contents, known_results, small_client, small_run, walk_of


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PublishedRun:
    known_results(monkeypatch)
    small_client(tmp_path)
    small_run(tmp_path, walk_of(tmp_path / "walk", **{"00_a": "good"}))
    found = find_run("small", "", tmp_path)
    assert found is not None
    return found


def test_every_input_of_a_run_is_kept_by_its_content_for_the_owner_alone(run: PublishedRun) -> None:
    folder = client_of(run)
    for name, sha in run.manifest()["inputs"].items():
        copy = kept(folder, sha)
        assert copy is not None
        assert copy.read_bytes() == (folder / name).read_bytes()
        assert hashlib.sha256(copy.read_bytes()).hexdigest() == copy.name
        assert copy.stat().st_mode & 0o777 == 0o600
    assert (folder / KEPT).stat().st_mode & 0o777 == 0o700


def test_the_merged_framework_is_kept_under_the_hash_that_the_manifest_names(
    run: PublishedRun,
) -> None:
    text = framework_text(load("small", "", client_of(run).parent).framework)
    copy = kept(client_of(run), run.manifest()["framework"]["sha256"])
    assert copy is not None
    assert copy.read_bytes() == text


def test_an_old_run_can_be_loaded_again_after_its_inputs_changed(run: PublishedRun) -> None:
    """Equal sources are equal runs: their digest is the key."""
    inputs = client_of(run) / "inputs" / "2026-Q4"
    (inputs / "outcomes.csv").write_text("outcome,name,beneficiary,importance\no9,New,customer,1\n")
    with material(run) as copy:
        again = load(copy.name, run.period, copy.parent)
        assert list(again.table("outcomes")["outcome"]) == ["o1"]
        found = {**sources(again), "workbooks": run.manifest()["workbooks"]}
    assert digest(found) == run.manifest()["key"]
    assert not copy.exists()


@pytest.mark.parametrize("period", ["", "  period: 2026-Q4\n"], ids=["found", "named"])
def test_a_later_periods_correction_leaves_an_earlier_run_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, period: str
) -> None:
    """Oracle: the earlier run's notebooks and results before the correction, byte for byte."""
    known_results(monkeypatch)
    folder, walk = small_client(tmp_path), walk_of(tmp_path / "walk", **{"00_a": "good"})
    later = folder / "inputs" / "2026-Q4" / "outcomes.csv"
    later.write_text(later.read_text().replace("0.5", "0.7"))
    before = contents(small_run(tmp_path, walk, period="2026-Q3").folder)
    (folder / "corrections.yml").write_text(
        "- table: outcomes\n  where: {outcome: o1}\n  column: importance\n"
        f"  old: 0.7\n  new: 0.6\n  reason: typed wrongly\n{period}"
    )
    after = contents(small_run(tmp_path, walk, period="2026-Q3").folder)
    assert {n: after[n] for n in after if n != "manifest.json"} == {
        n: before[n] for n in before if n != "manifest.json"
    }
    run = find_run("small", "2026-Q3", tmp_path)
    assert run is not None
    assert run.manifest()["corrections"] == []
    with material(run) as copy:
        again = load(copy.name, run.period, copy.parent)
        assert [wave.period.id for wave in again.waves] == ["2026-Q3"]
        found = {**sources(again), "workbooks": run.manifest()["workbooks"]}
    assert digest(found) == run.manifest()["key"]


def test_kept_copies_are_no_input_and_stay_under_inputs(run: PublishedRun) -> None:
    again = load("small", "", client_of(run).parent)
    assert not [name for name in sources(again)["inputs"] if ".kept" in name]
    assert not again.notices


def test_what_was_forgotten_is_gone_and_named(run: PublishedRun) -> None:
    folder, inputs = client_of(run), run.manifest()["inputs"]
    answers = inputs["inputs/2026-Q4/outcomes.csv"]
    named = {sha for sha in inputs.values() if sha != answers}
    assert forget(folder, named) == sorted({answers, run.manifest()["framework"]["sha256"]})
    assert kept(folder, answers) is None
    (folder / "inputs" / "2026-Q4" / "outcomes.csv").unlink()
    with pytest.raises(FaultError, match=r"no longer kept: .*inputs/2026-Q4/outcomes\.csv"):
        material(run).__enter__()


def test_a_file_that_changes_meanwhile_is_not_kept_under_a_wrong_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("now")
    with pytest.raises(FaultError, match=r"'a\.csv' changed while it was read"):
        keep(tmp_path, {"a.csv": hashlib.sha256(b"before").hexdigest()})
    assert not list((tmp_path / KEPT).iterdir())


def test_a_harmed_copy_counts_as_none(run: PublishedRun) -> None:
    sha = run.manifest()["inputs"]["engagement.yml"]
    (client_of(run) / KEPT / sha).write_text("harmed")
    assert kept(client_of(run), sha) is None
