"""What goes and what stays of old runs. Oracle: folders made by hand, with times set by hand."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from lodestar.provenance import KEPT, client_of, find_run, kept
from lodestar.run.pruning import GRACE, prune, prune_client
from tests.support.clients import known_results, small_client, walk_of
from tests.support.moments import pretended_run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A client with five runs of one period, a day and a bit apart, the last one standing."""
    known_results(monkeypatch)
    folder = small_client(tmp_path)
    walk = walk_of(tmp_path / "walk", **{"00_a": "good"})
    for number in range(5):
        text = f"outcome,name,beneficiary,importance\no1,Run {number},customer,0.5\n"
        (folder / "inputs" / "2026-Q4" / "outcomes.csv").write_text(text)
        made = pretended_run(tmp_path, walk).folder
        when = time.time() - (4 - number) * (GRACE + 60) - 30
        os.utime(made, (when, when))
    return folder


def stored(folder: Path) -> list[Path]:
    """Return the runs on disk, oldest first."""
    found = (folder / "runs" / ".store").glob("[0-9a-f]*")
    return sorted(found, key=lambda path: path.stat().st_mtime)


def test_the_newest_stay_and_the_others_go_with_the_inputs_that_only_they_had(folder: Path) -> None:
    runs, copies = stored(folder), len(list((folder / KEPT).iterdir()))
    gone = prune(folder, keep=2)
    assert sorted(gone.runs) == sorted(path.name for path in runs[:3])
    assert stored(folder) == runs[3:]
    assert len(gone.inputs) == 3
    assert len(list((folder / KEPT).iterdir())) == copies - 3


def test_a_run_that_somebody_may_still_be_reading_stays(folder: Path) -> None:
    """Replaced 90 seconds ago, the fourth run is within the grace; the third is not."""
    assert len(prune(folder, keep=1).runs) == 3
    assert len(stored(folder)) == 2


def test_what_a_review_names_stays(folder: Path) -> None:
    oldest = stored(folder)[0]
    (folder / "reviews").mkdir()
    (folder / "reviews" / "2026-Q4.jsonl").write_text(f'{{"run": "{oldest.name}"}}\n')
    prune(folder, keep=1, grace=0)
    assert stored(folder)[0] == oldest
    assert len(stored(folder)) == 2


def test_the_standing_run_stays_whatever_its_age(folder: Path) -> None:
    standing = (folder / "runs" / "2026-Q4").resolve()
    os.utime(standing, (1, 1))
    prune(folder, keep=1, grace=0)
    assert standing.is_dir()


def test_what_somebody_said_can_be_forgotten_and_the_runs_stay(folder: Path) -> None:
    """Only the copy of the file that is there now is left of that table."""
    runs = stored(folder)
    gone = prune_client("small", 10, forget_inputs=True, data_root=folder.parent)
    assert not gone.runs
    assert stored(folder) == runs
    run = find_run("small", "", folder.parent)
    assert run is not None
    answers = run.manifest()["inputs"]["inputs/2026-Q4/outcomes.csv"]
    assert kept(client_of(run), answers) is not None
    assert b"Run 3" not in b"".join(path.read_bytes() for path in (folder / KEPT).iterdir())
