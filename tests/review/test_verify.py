"""Verifying a run. Oracle: executions that give back the published files, or others, as told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lodestar.engagement import load
from lodestar.errors import InputError
from lodestar.provenance import PublishedRun, keep, sources
from lodestar.review.verified import verification_lines
from lodestar.review.verify import Execute, verify
from lodestar.schema import resources
from tests.support.clients import OUTCOMES, contents, small_client
from tests.support.published import publish

BOOK = b'{"cells": [{"id": "why", "cell_type": "markdown", "source": "Up 3", "metadata": {}}]}'
OUTPUTS = "inputs/2026-Q4/outcomes.csv"


@pytest.fixture
def run(tmp_path: Path) -> PublishedRun:
    folder = small_client(tmp_path)
    return publish(folder, made_from=made_from(tmp_path), **{"00_a": BOOK, "01_b": BOOK})


def made_from(root: Path) -> dict[str, object]:
    return sources(load("small", "", root), resources.workbooks().glob("*.ipynb"))


def gives(run: PublishedRun, change: Callable[[Path], object] = lambda folder: None) -> Execute:
    """Return an execution that comes out as the run published, but for a change."""

    def execute(client: str, period: str, root: Path) -> Path:
        assert (client, period) == (run.client, run.period)
        assert (root / client / OUTPUTS).read_text() == OUTCOMES
        fresh = root / "fresh"
        shutil.copytree(run.folder, fresh)
        change(fresh)
        return fresh

    return execute


def never(client: str, period: str, root: Path) -> Path:
    raise AssertionError("nothing should have been executed")


def root_of(run: PublishedRun) -> Path:
    return run.folder.parents[3]


def test_a_run_that_comes_out_the_same_reproduces_and_is_not_touched(run: PublishedRun) -> None:
    before = contents(root_of(run))
    found = verify("small", gives(run), data_root=root_of(run))
    assert found.verdict == "reproduces"
    assert verification_lines(found) == [
        f"small 2026-Q4, run {run.hash[:12]}: reproduces to the byte."
    ]
    assert contents(root_of(run)) == before


def test_every_differing_file_and_the_first_cell_are_named(run: PublishedRun) -> None:
    def change(fresh: Path) -> None:
        for stem in ("00_a", "01_b"):
            (fresh / f"{stem}.ipynb").write_bytes(BOOK.replace(b"Up 3", b"Up 4"))
        (fresh / "results.json").write_bytes(b"{}")
        (fresh / "tables" / "a.csv").rename(fresh / "tables" / "b.csv")

    found = verify("small", gives(run, change), data_root=root_of(run))
    assert found.verdict == "differs"
    assert [(file.file, file.what) for file in found.files] == [
        ("00_a.ipynb", "changed"),
        ("01_b.ipynb", "changed"),
        ("results.json", "changed"),
        ("tables/a.csv", "missing"),
        ("tables/b.csv", "added"),
    ]
    text = "\n".join(verification_lines(found))
    assert "First difference: 00_a, cell 1 (why), source:" in text
    assert "published: Up 3\n  again:     Up 4" in text


def test_what_was_changed_after_publishing_is_told_and_found_in_its_cell(
    run: PublishedRun, tmp_path: Path
) -> None:
    honest = publish(run.folder.parents[2], made_from=made_from(tmp_path), **{"00_a": BOOK})
    shutil.copytree(honest.folder, tmp_path / "as-made")
    (honest.folder / "00_a.ipynb").write_bytes(BOOK.replace(b"Up 3", b"Up 9"))

    def as_made(client: str, period: str, root: Path) -> Path:
        return tmp_path / "as-made"

    found = verify("small", as_made, data_root=tmp_path)
    assert (found.verdict, found.harmed) == ("differs", ("00_a.ipynb",))
    assert found.cell is not None
    assert (found.cell.published, found.cell.again) == ("Up 9", "Up 3")


def test_a_changed_manifest_ends_before_anything_is_executed(run: PublishedRun) -> None:
    (run.folder / "manifest.json").write_bytes(b"{}")
    found = verify("small", never, data_root=root_of(run))
    assert (found.verdict, found.harmed) == ("impossible", ("manifest.json",))


def test_a_run_whose_inputs_moved_is_made_from_what_was_kept(run: PublishedRun) -> None:
    folder = run.folder.parents[2]
    keep(folder, run.manifest()["inputs"])
    (folder / OUTPUTS).write_text(OUTCOMES.replace("0.5", "0.6"))
    found = verify("small", gives(run), data_root=folder.parent)
    assert (found.verdict, found.inputs) == ("reproduces", (OUTPUTS,))
    assert OUTPUTS in verification_lines(found)[1]


def test_without_kept_inputs_it_says_which_are_lost(run: PublishedRun) -> None:
    folder = run.folder.parents[2]
    (folder / OUTPUTS).write_text(OUTCOMES.replace("0.5", "0.6"))
    found = verify("small", never, data_root=folder.parent)
    assert found.verdict == "impossible"
    assert OUTPUTS in found.reason
    assert "engagement.yml" not in found.reason


@pytest.mark.parametrize(
    ("part", "value", "needed"),
    [
        ("code", {"version": "0.0.9", "sha256": "ab" * 32}, "0.0.9 (abababababab)"),
        ("packages", {"altair": "1.0"}, "altair 1.0"),
        ("seed", 77, "77"),
    ],
)
def test_code_or_packages_that_moved_are_named_and_nothing_is_executed(
    tmp_path: Path, part: str, value: object, needed: str
) -> None:
    folder = small_client(tmp_path)
    publish(folder, made_from={**made_from(tmp_path), part: value}, **{"00_a": BOOK})
    found = verify("small", never, data_root=tmp_path)
    assert (found.verdict, list(found.moved)) == ("impossible", [part])
    assert found.moved[part][0] == needed
    text = "\n".join(verification_lines(found))
    assert f"{part.capitalize()} needed: {needed}; here: " in text


def test_what_was_never_published_is_the_input_s_fault(tmp_path: Path) -> None:
    small_client(tmp_path)
    with pytest.raises(InputError, match="Run `lodestar run small` first"):
        verify("small", never, data_root=tmp_path)
