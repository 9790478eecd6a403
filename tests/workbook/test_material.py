"""Material shared within a run. Oracle: the same material read from its files."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
import pytest

from lodestar.engagement import load
from lodestar.engagement.model import Engagement
from lodestar.schema.resources import client_data
from lodestar.workbook import material
from lodestar.workbook.material import material_of, share_material
from lodestar.workbook.sections import SHARED

CLIENT, PERIOD = "gift-wholesaler", "2011-Q4"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data root whose client's material a run has shared."""
    place = tmp_path / "data"
    ignored = shutil.ignore_patterns("runs", "source")
    shutil.copytree(client_data() / CLIENT, place / CLIENT, ignore=ignored)
    shared = tmp_path / "shared"
    shared.mkdir()
    share_material(load(CLIENT, PERIOD, place), shared)
    monkeypatch.setenv(SHARED, str(shared))
    return place


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Count what is read from files."""
    calls: list[Any] = []

    def counted(*arguments: Any) -> Engagement:
        calls.append(arguments)
        return load(*arguments)

    monkeypatch.setattr(material, "load", counted)
    return calls


def _assert_same(one: Engagement, other: Engagement) -> None:
    """Compare everything but what was read of it."""
    for name in ("settings", "framework", "corrections", "assumptions", "notes", "folder"):
        assert getattr(one, name) == getattr(other, name)
    assert one.notices == other.notices
    for mine, theirs in zip(one.waves, other.waves, strict=True):
        assert (mine.period, mine.left_out) == (theirs.period, theirs.left_out)
        assert list(mine.tables) == list(theirs.tables)
        for name, frame in mine.tables.items():
            pd.testing.assert_frame_equal(frame, theirs.tables[name], check_exact=True)


@pytest.mark.parametrize("client", ["demo", CLIENT])
def test_what_is_shared_is_what_one_reads(
    client: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loaded: list[Any]
) -> None:
    read = load(client, "", client_data())
    share_material(read, tmp_path)
    monkeypatch.setenv(SHARED, str(tmp_path))
    _assert_same(material_of(client, read.period.id, client_data()), read)
    assert not loaded


def test_a_file_that_changed_is_read_anew(root: Path, loaded: list[Any]) -> None:
    (root / CLIENT / "assumptions.yml").unlink()
    assert material_of(CLIENT, PERIOD, root).assumptions == ()
    assert loaded


def test_another_folder_period_or_client_is_read_from_its_files(
    root: Path, loaded: list[Any], tmp_path: Path
) -> None:
    shutil.copytree(root, tmp_path / "elsewhere")
    material_of(CLIENT, PERIOD, tmp_path / "elsewhere")
    material_of(CLIENT, "", root)
    shutil.copytree(root / CLIENT, root / "other")
    text = (root / "other" / "engagement.yml").read_text(encoding="utf-8")
    (root / "other" / "engagement.yml").write_text(text.replace(CLIENT, "other"), encoding="utf-8")
    assert material_of("other", PERIOD, root).settings.client == "other"
    assert len(loaded) == 3


def test_nothing_shared_is_read_from_files(
    root: Path, loaded: list[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(SHARED, str(tmp_path))
    material_of(CLIENT, PERIOD, root)
    monkeypatch.delenv(SHARED)
    material_of(CLIENT, PERIOD, root)
    assert len(loaded) == 2


def test_mappings_stay_read_only(root: Path) -> None:
    corrections = load("demo", "", client_data()).corrections
    assert corrections
    assert all(isinstance(entry, MappingProxyType) for entry in corrections)
    shared = root / "corrections"
    shared.mkdir()
    share_material(load("demo", "", client_data()), shared)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SHARED, str(shared))
        again = material_of("demo", "2026-Q4", client_data()).corrections
    assert [type(entry) for entry in again] == [type(entry) for entry in corrections]
