"""Git revisions as sides: a clone of this repository with a formula and a framework changed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from lodestar.errors import FaultError, InputError
from lodestar.review import revisions
from lodestar.review.explained import attribute, number_at
from lodestar.review.sides import resolve
from tests.support.git import git
from tests.support.sides import few_tables

ROOT = Path(__file__).parents[2]
FORMULA = Path("lib/lodestar/assess/alignment/measure.py")
FRAMEWORK = Path("templates/frameworks/customer-alignment.yml")
INDEX = "/alignment/index"

pytestmark = pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None, reason="not a git checkout"
)


def _changed(clone, path, old, new, tag):
    text = (clone / path).read_text(encoding="utf-8")
    assert old in text
    (clone / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    git(clone, "commit", "-aqm", tag)
    git(clone, "tag", tag)


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """The files as they are, one short workbook; then another formula, then another framework."""
    root = tmp_path_factory.mktemp("clone")
    for part in revisions.PARTS:
        place = ROOT / part
        ignored = shutil.ignore_patterns("__pycache__", "0[0-9]_*.ipynb")
        if place.is_dir():
            shutil.copytree(place, root / part, ignore=ignored)
        else:
            shutil.copy(place, root)
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "first")
    git(root, "tag", "first")
    _changed(root, FORMULA, "index = 100 * (1 -", "index = 90 * (1 -", "formula")
    _changed(root, FRAMEWORK, "target: {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}", _HIGHER, "framework")
    return root


_HIGHER = "target: {1: 1, 2: 2, 3: 3, 4: 5, 5: 5}"


@pytest.fixture
def within(clone, monkeypatch):
    """Work as if the clone were the checkout around the working directory."""
    monkeypatch.setattr(revisions.resources, "checkout", lambda: clone)
    return clone


@pytest.fixture(scope="module")
def clients(tmp_path_factory):
    return few_tables(tmp_path_factory.mktemp("data")).parent


@pytest.mark.slow
def test_formula_and_framework_of_a_revision_are_told_apart(within, clients):
    """Oracle: the formula is a plain factor of nine tenths; mixtures by the law of the game."""
    before = resolve("demo", "first", clients)
    after = resolve("demo", "HEAD", clients)
    middle = resolve("demo", "framework~1", clients)
    first, last, formula = (s.results["alignment"]["index"] for s in (before, after, middle))
    found = attribute(before, after, [number_at(INDEX, before, after)])
    code_only = attribute(before, middle, [number_at(INDEX, before, middle)])
    split, other = found.numbers[INDEX].split, last / 0.9
    assert formula == pytest.approx(0.9 * first, abs=1e-5)
    assert code_only.numbers[INDEX].split.parts["code"] == pytest.approx(formula - first, abs=2e-6)
    assert code_only.differing == ("code",)
    assert found.differing == ("framework", "code")
    assert found.computed == 2
    assert split.parts["code"] == pytest.approx(-0.1 * (first + other) / 2, abs=1e-4)
    assert split.parts["framework"] == pytest.approx(0.95 * (other - first), abs=1e-4)
    assert split.parts["data"] == 0
    assert "demo" in {path.name for path in clients.iterdir()}
    assert not (clients / "demo" / "runs").exists()
    folders = [side.revision.root for side in (before, after, middle)]
    for side in (before, after, middle):
        side.revision.close()
    assert not any(folder.exists() for folder in folders)


def test_a_revision_that_cannot_run_is_told_and_leaves_nothing(
    within, clients, tmp_path, monkeypatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (clients / "demo" / "inputs" / "nowhere").mkdir()
    with pytest.raises(FaultError, match="Revision 'HEAD' could not run this material"):
        revisions.revision_run("HEAD", "demo", "", clients)
    (clients / "demo" / "inputs" / "nowhere").rmdir()
    assert not list(tmp_path.iterdir())


def test_a_name_that_means_no_commit_is_refused_with_what_to_do(within, clients):
    with pytest.raises(InputError) as told:
        revisions.revision_run("no-such-branch", "demo", "", clients)
    assert "git log" in told.value.problems[0].remedy
    assert revisions.find_revision("--all") is None


def test_without_git_or_a_checkout_that_is_said(clients, monkeypatch):
    monkeypatch.setattr(revisions.shutil, "which", lambda name: None)
    with pytest.raises(InputError, match="git is not installed"):
        revisions.revision_run("HEAD", "demo", "", clients)
    monkeypatch.setattr(revisions.resources, "checkout", lambda: None)
    with pytest.raises(InputError, match="No checkout"):
        revisions.revision_run("HEAD", "demo", "", clients)
