"""Hashes of what a run is made from. Oracle: hashlib, and files changed by hand."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from lodestar.engagement import load
from lodestar.provenance import (
    changed_inputs,
    code_hash,
    digest,
    file_hash,
    input_hashes,
    package_versions,
    sources,
)
from tests.support.clients import small_client


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_client(tmp_path)


def test_a_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    assert file_hash(path) == hashlib.sha256(b"abc").hexdigest()


def test_a_digest_knows_no_order_of_keys_but_every_value() -> None:
    assert digest({"a": [1, 2.5], "b": None}) == digest({"b": None, "a": (1, 2.5)})
    assert digest({"a": 1}) != digest({"a": "1"}) != digest({"a": 2})


def test_inputs_are_the_files_of_the_periods_read(folder: Path) -> None:
    earlier = load("small", "2026-Q3", folder.parent)
    (folder / "README.md").write_text("not an input")
    (folder / "inputs" / "2026-Q3" / ".hidden").write_text("not an input")
    assert set(input_hashes(earlier)) == {"engagement.yml", "inputs/2026-Q3/outcomes.csv"}


def test_a_changed_new_or_missing_file_is_told(folder: Path) -> None:
    recorded = input_hashes(load("small", "", folder.parent))
    assert changed_inputs(folder, recorded) == []
    (folder / "inputs" / "2026-Q4" / "notes.md").write_text("## level.four\n\nNew.\n")
    (folder / "inputs" / "2026-Q3" / "outcomes.csv").write_text("outcome\n")
    (folder / "engagement.yml").unlink()
    assert changed_inputs(folder, recorded) == [
        "engagement.yml",
        "inputs/2026-Q3/outcomes.csv",
        "inputs/2026-Q4/notes.md",
    ]


def test_sources_name_everything_that_decides(folder: Path, tmp_path: Path) -> None:
    book = tmp_path / "02_level.ipynb"
    book.write_text("{}")
    found = sources(load("small", "", folder.parent), [book])
    assert set(found) == {
        "client",
        "period",
        "seed",
        "inputs",
        "framework",
        "code",
        "workbooks",
        "packages",
    }
    assert found["workbooks"] == {"02_level": file_hash(book)}
    assert found["framework"]["id"] == "customer-alignment"
    assert found["code"]["sha256"] == code_hash()


def test_packages_are_those_asked_for() -> None:
    assert {"pandas", "numpy", "altair", "papermill", "python"} <= set(package_versions())
