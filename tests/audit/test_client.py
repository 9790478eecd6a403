"""A whole client audited. Oracle: the demo as it is published, and what is planted in a copy."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from lodestar.assess.perspectives import cells as gated
from lodestar.audit import audit, audit_folder
from lodestar.engagement import load
from lodestar.run import RunFailedError, run_client
from tests.cli.test_help import run as typed
from tests.support.clients import walk_of


@pytest.fixture
def published(demo_root: Path, tmp_path: Path) -> Path:
    """Return a data root with a copy of the demo and its run, which may be changed."""
    root = tmp_path / "data"
    shutil.copytree(demo_root / "demo", root / "demo", symlinks=True)
    for path in (root / "demo" / "runs" / ".store").rglob("*"):
        path.chmod(path.stat().st_mode | 0o200)
    return root


def test_the_demo_is_clean(demo_root: Path) -> None:
    found = audit("demo", demo_root)
    assert found.leaks == ()
    assert found.periods == ("2026-Q4",)
    assert found.figures > 400
    assert found.hidden > 10
    assert found.unexplained == ()
    assert len(found.narrowest) == 10
    assert found.narrowest == tuple(sorted(found.narrowest))


def test_every_published_mean_is_the_true_one_of_the_persons_behind_it(demo_root: Path) -> None:
    """The audit's sets are the results' sets: each figure is the mean over its persons."""
    from lodestar.audit.cells import people_cells
    from lodestar.audit.people import People

    material = load("demo", "", demo_root)
    path = demo_root / "demo" / "runs" / "2026-Q4" / "results.json"
    cells = people_cells(json.loads(path.read_bytes()), People(material, 5, {}))
    checked = [cell for cell in cells if cell.figure is not None]
    assert len(checked) > 400
    for cell in checked:
        weights = cell.weights if cell.weights is not None else 1 / cell.size
        assert (weights * cell.values).sum() == pytest.approx(cell.figure, abs=2e-6), cell.place


def test_the_command_ends_with_0_when_clean_and_3_when_not(published: Path) -> None:
    clean = typed("audit", "demo", "--data-root", str(published))
    assert clean.returncode == 0
    assert clean.stdout.splitlines()[-1] == "Nothing about too few persons gets out."
    book = next((published / "demo" / "runs" / ".store").glob("*/05_perspectives.ipynb"))
    document = json.loads(book.read_text(encoding="utf-8"))
    document["metadata"]["planted"] = ["r001", "r002"]
    book.write_text(json.dumps(document), encoding="utf-8")
    found = typed("audit", "demo", "--data-root", str(published), "--json")
    assert found.returncode == 3
    told = json.loads(found.stdout)
    assert not told["clean"]
    assert [leak["kind"] for leak in told["leaks"]] == ["named"]
    assert "r001" not in found.stdout


def test_a_client_without_a_run_is_told_to_run_first(published: Path) -> None:
    shutil.rmtree(published / "demo" / "runs")
    found = typed("audit", "demo", "--data-root", str(published))
    assert found.returncode == 2
    assert "lodestar run demo" in found.stderr


def test_a_run_that_would_tell_is_not_published(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the gate's test of overlaps, and with a function of three, nothing is published."""
    inputs = published / "demo" / "inputs" / "2026-Q4" / "respondents.csv"
    lines = inputs.read_text(encoding="utf-8").splitlines()
    place = [i for i, line in enumerate(lines) if ",employee,finance," in line][3:]
    for i in place:
        lines[i] = lines[i].replace(",employee,finance,", ",employee,sales,")
    inputs.write_text("\n".join(lines) + "\n", encoding="utf-8")
    standing = (published / "demo" / "runs" / "2026-Q4").resolve()
    monkeypatch.setattr(gated, "showable", lambda frame, counted, gate: counted.any(axis=1))
    # Computed here, where the gate is broken, not in a process forked from a warm one.
    monkeypatch.setattr("lodestar.kernels.calls.standing_server", lambda: None)
    with pytest.raises(RunFailedError, match=r"audit: .* is shown for 3 persons, too few"):
        run_client("demo", "", published, workbooks=walk_of(tmp_path / "w", **{"00_a": "good"}))
    assert (published / "demo" / "runs" / "2026-Q4").resolve() == standing


def test_a_run_is_audited_beside_periods_that_are_published(published: Path) -> None:
    """What is about to be published is read whole; a planted name is found before it stands."""
    material = load("demo", "", published)
    building = (published / "demo" / "runs" / "2026-Q4").resolve()
    assert audit_folder(building, material) == []
    (building / "tables" / "extra.csv").write_text("who\nr017\n", encoding="utf-8")
    (leak,) = audit_folder(building, material)
    assert (leak.kind, leak.where) == ("named", ("2026-Q4 tables/extra.csv",))
