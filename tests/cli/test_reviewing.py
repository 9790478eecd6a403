"""verify and sign as typed. Oracle: exit status, JSON, and a run published by hand."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from lodestar.engagement import load
from lodestar.provenance import PublishedRun, find_run, sources
from lodestar.provenance.reviews import record_path
from lodestar.review.checklist import load_checklist
from tests.cli.test_help import run as typed
from tests.support.clients import contents, small_client
from tests.support.published import publish

WHO = ("--reviewer", "Ana Ruiz", "--note", "Looked.")


@pytest.fixture
def run(tmp_path: Path) -> PublishedRun:
    return publish(small_client(tmp_path), **{"00_a": b"{}"})


def root_of(run: PublishedRun) -> Path:
    return run.folder.parents[3]


def answers(root: Path) -> Path:
    path = root / "answers.yml"
    path.write_text("".join(f"{item.id}: yes\n" for item in load_checklist().items))
    return path


def test_signing_listing_and_withdrawing(run: PublishedRun) -> None:
    root = root_of(run)
    place = ("small", "--data-root", str(root))
    filled = ("--checklist", str(answers(root)), "--answer", "harm=n/a: nothing is planned")
    done = typed("sign", *place, *WHO, *filled)
    assert done.returncode == 0, done.stderr
    assert "Reviewed by Ana Ruiz on " in done.stdout
    listed = json.loads(typed("sign", *place, "--list", "--json").stdout)
    (review,) = listed["reviews"]
    assert (listed["state"], review["state"], review["run"]) == ("reviewed", "stands", run.hash)
    assert review["answers"]["harm"] == "n/a: nothing is planned"
    assert typed("sign", *place, *WHO, "--withdraw").returncode == 0
    assert "Draft, not signed off" in typed("sign", *place, "--list").stdout


def test_what_is_open_is_told_in_one_pass_and_nothing_is_written(run: PublishedRun) -> None:
    done = typed("sign", "small", "--data-root", str(root_of(run)))
    assert done.returncode == 2
    for said in ("--reviewer", "--note", *(item.question for item in load_checklist().items)):
        assert said in done.stderr
    assert not record_path(run.folder.parents[2], run.period).exists()


def test_a_record_changed_by_hand_ends_with_three(run: PublishedRun) -> None:
    root = root_of(run)
    place = ("small", "--data-root", str(root))
    typed("sign", *place, *WHO, "--checklist", str(answers(root)))
    record = record_path(run.folder.parents[2], run.period)
    record.write_bytes(record.read_bytes().replace(b"Looked", b"Nodded"))
    assert typed("sign", *place, "--list").returncode == 3
    assert typed("sign", *place, *WHO, "--checklist", str(answers(root))).returncode == 3


def test_verify_says_what_is_missing_to_make_a_run_again(tmp_path: Path) -> None:
    folder = small_client(tmp_path)
    made_from = {**sources(load("small", "", tmp_path)), "seed": 7}
    publish(folder, made_from=made_from, **{"00_a": b"{}"})
    done = typed("verify", "small", "--json", "--data-root", str(tmp_path))
    assert done.returncode == 3
    found = json.loads(done.stdout)
    assert found["verdict"] == "impossible"
    assert found["moved"]["seed"] == ["7", "0"]


@pytest.mark.slow
def test_the_demo_reproduces_and_one_changed_cell_is_found(demo_root: Path, tmp_path: Path) -> None:
    shutil.copytree(demo_root / "demo", tmp_path / "demo", symlinks=True)
    run = find_run("demo", "", tmp_path)
    assert run is not None
    before = contents(run.folder)
    done = typed("verify", "demo", "--data-root", str(tmp_path))
    assert (done.returncode, done.stdout.strip().endswith("reproduces to the byte.")) == (0, True)
    assert contents(run.folder) == before
    book = run.folder / "04_alignment.ipynb"
    book.chmod(0o644)
    content = book.read_text("utf-8")
    book.write_text(content.replace("Closeness to our target profile", "Nearness to it", 1))
    found = json.loads(typed("verify", "demo", "--json", "--data-root", str(tmp_path)).stdout)
    assert (found["verdict"], found["harmed"]) == ("differs", ["04_alignment.ipynb"])
    cell = found["cell"]
    assert (cell["notebook"], cell["cell"], cell["part"]) == ("04_alignment", "index-show", "text")
    assert "Nearness" in cell["published"]
    assert "Closeness" in cell["again"]
