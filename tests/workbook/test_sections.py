"""Sections shared between processes and results taken as reviewed. Oracle: a count of what was
computed, and the results computed alone."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from lodestar.assess.results import Results
from lodestar.workbook.sections import SHARED, SharedResults, results_of
from tests.support.builders import engagement


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count which sections are computed; each rests on the one before."""
    names: list[str] = []

    def compute(self: Any, name: str) -> Any:
        names.append(name)
        before = {"level": "purpose", "conflicts": "level"}.get(name)
        return {"name": name, "before": self[before]["name"] if before else None}

    monkeypatch.setattr(Results, "_compute", compute)
    return names


def test_each_section_is_computed_once_for_all(computed: list[str], tmp_path: Path) -> None:
    made = engagement()

    def read(number: int) -> list[Any]:
        results = SharedResults(made, tmp_path)
        order = ("conflicts", "level", "purpose") if number % 2 else ("purpose", "conflicts")
        return [results[name] for name in order]

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(read, range(12)))
    assert sorted(computed) == ["conflicts", "level", "purpose"]
    assert {json.dumps(value) for values in found for value in values if value["name"] == "level"}
    assert all(
        value == found[1][0] for values in found for value in values if value["name"] == "conflicts"
    )


def test_what_is_shared_is_what_one_computes_alone(tmp_path: Path) -> None:
    made = engagement()
    alone, shared, read = (
        Results(made),
        SharedResults(made, tmp_path),
        SharedResults(made, tmp_path),
    )
    for name in ("purpose", "level", "conflicts"):
        assert alone[name] == shared[name] == read[name]


def test_a_fault_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: Any, name: str) -> Any:
        raise ValueError(name)

    with monkeypatch.context() as patch:
        patch.setattr(Results, "_compute", fails)
        with pytest.raises(ValueError, match="purpose"):
            SharedResults(engagement(), tmp_path)["purpose"]
    assert SharedResults(engagement(), tmp_path)["purpose"] == Results(engagement())["purpose"]


def test_without_a_run_everything_is_computed_on_demand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SHARED, raising=False)
    assert type(results_of(engagement())) is Results
    monkeypatch.setenv(SHARED, str(tmp_path))
    assert type(results_of(engagement())) is SharedResults
