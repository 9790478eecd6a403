"""Find published runs. Oracle: links and files made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lodestar.errors import InputError
from lodestar.provenance import find_run, published_periods, published_results
from tests.support.clients import small_client


@pytest.fixture
def root(tmp_path: Path) -> Path:
    runs = small_client(tmp_path) / "runs"
    for period in ("2026-Q3", "2026-Q4"):
        folder = runs / ".store" / f"hash-{period}"
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text("{}")
        results = {"period": period, "a/b": [{"n": 1}]}
        (folder / "results.json").write_text(json.dumps(results))
        (folder / "02_level.ipynb").write_text("{}")
        (runs / period).symlink_to(Path(".store") / folder.name)
    return tmp_path


def test_the_latest_run_is_found_and_pinned(root: Path) -> None:
    assert published_periods("small", root) == ["2026-Q3", "2026-Q4"]
    run = find_run("small", "", root)
    assert run is not None
    assert (run.period, run.hash, run.notebooks()) == ("2026-Q4", "hash-2026-Q4", ["02_level"])
    (root / "small" / "runs" / "2026-Q4").unlink()
    assert run.results()["period"] == "2026-Q4"


@pytest.mark.parametrize("period", ["2025-Q1", ".store", "../small", ".store/hash-2026-Q4"])
def test_only_periods_lead_to_runs(root: Path, period: str) -> None:
    assert find_run("small", period, root) is None


def test_only_notebooks_of_the_run_are_found(root: Path) -> None:
    run = find_run("small", "2026-Q3", root)
    assert run is not None
    assert run.notebook("02_level") is not None
    for stem in ("03_none", "../2026-Q4/02_level", "", ".", "02_level.ipynb"):
        assert run.notebook(stem) is None


def test_a_pointer_leads_into_the_results(root: Path) -> None:
    """RFC 6901: ~1 stands for a slash; a list takes a number."""
    assert published_results("small", "", root, "/a~1b/0/n") == 1
    assert published_results("small", "2026-Q3", root)["period"] == "2026-Q3"


@pytest.mark.parametrize("pointer", ["/none", "/a~1b/7", "/a~1b/x", "/period/0"])
def test_a_pointer_into_nothing_is_refused(root: Path, pointer: str) -> None:
    with pytest.raises(InputError) as caught:
        published_results("small", "", root, pointer)
    assert caught.value.problems[0].code == "pointer"


def test_without_a_run_the_remedy_is_to_run(root: Path) -> None:
    with pytest.raises(InputError) as caught:
        published_results("small", "2025-Q1", root)
    assert "lodestar run small --period 2025-Q1" in caught.value.problems[0].remedy
