"""Thresholds of a published period: never lower; higher is told and frozen in turn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lodestar.engagement import check
from lodestar.errors import InputError
from tests.support.clients import known_results, small_client, small_run, walk_of


@pytest.fixture(autouse=True)
def _fixed_results(monkeypatch: pytest.MonkeyPatch) -> None:
    known_results(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_client(tmp_path)


@pytest.fixture
def one(tmp_path: Path) -> Path:
    return walk_of(tmp_path / "one", **{"00_a": "good"})


def ask(folder: Path, thresholds: str) -> None:
    """Ask for thresholds in engagement.yml, in its last row."""
    path = folder / "engagement.yml"
    rows = [row for row in path.read_text().splitlines() if not row.startswith("confidentiality")]
    path.write_text("\n".join([*rows, f"confidentiality: {thresholds}"]) + "\n")


def test_a_lower_threshold_is_refused_once_the_period_is_published(folder: Path, one: Path) -> None:
    """Oracle: DESIGN §7; the published manifest holds 5 and 10, the defaults."""
    ask(folder, "{minimum: 4, comments: 10}")
    assert check("small", data_root=folder.parent).ok
    ask(folder, "{minimum: 5, comments: 10}")
    report = small_run(folder.parent, one)
    held = json.loads((report.folder / "manifest.json").read_text())["confidentiality"]
    assert held == {"minimum": 5, "comments": 10}
    ask(folder, "{minimum: 4, comments: 9}")
    with pytest.raises(InputError) as refused:
        small_run(folder.parent, one)
    second, first = refused.value.problems
    assert {p.code for p in (first, second)} == {"threshold-lowered"}
    assert (first.file, first.row, first.value) == ("engagement.yml", 6, "4")
    assert first.message.endswith("when 2026-Q4 was published: 5.")
    assert "minimum: 5" in first.remedy
    assert "comments: 10" in second.remedy


def test_a_raised_threshold_is_told_and_then_frozen(folder: Path, one: Path) -> None:
    small_run(folder.parent, one)
    ask(folder, "{minimum: 8}")
    told = check("small", data_root=folder.parent)
    assert told.ok
    assert "2026-Q4 (5)" in next(n.message for n in told.notices if n.code == "threshold-raised")
    assert small_run(folder.parent, one).status == "published"
    assert not check("small", data_root=folder.parent).notices
    ask(folder, "{minimum: 7}")
    assert not check("small", data_root=folder.parent).ok


def test_a_later_period_shows_earlier_ones_and_keeps_their_threshold(
    folder: Path, one: Path
) -> None:
    """Only a period that shows nothing of a published one is free to ask for less."""
    ask(folder, "{minimum: 6}")
    small_run(folder.parent, one, period="2026-Q3")
    ask(folder, "{minimum: 5}")
    assert not check("small", "2026-Q4", folder.parent).ok
    (folder / "runs" / "2026-Q3").unlink()
    small_run(folder.parent, one, period="2026-Q4")
    ask(folder, "{minimum: 4}")
    assert check("small", "2026-Q3", folder.parent).ok


def test_a_manifest_that_cannot_be_read_freezes_nothing(folder: Path, one: Path) -> None:
    published = folder / "runs" / "2026-Q4"
    published.mkdir(parents=True)
    (published / "manifest.json").write_text("[")
    ask(folder, "{minimum: 3}")
    assert check("small", data_root=folder.parent).ok
