"""Git itself is asked: what it shows of notebooks once set up, and that undoing leaves no trace."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lodestar.errors import InputError
from lodestar.review.git_setup import IGNORED, set_up_git, undo_git
from tests.support.cards import card_notebook
from tests.support.git import git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
OWN = ("config", "info/attributes", "info/exclude")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A person's home of their own, so that nothing of this machine's is read or written."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("GIT_CONFIG_GLOBAL", "XDG_CONFIG_HOME", "GIT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(folder / ".jupyter"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return folder


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q")
    return folder


def written(folder: Path, **changes: object) -> Path:
    path = folder / "02_level.ipynb"
    path.write_text(json.dumps(card_notebook(**changes), indent=1), encoding="utf-8")
    return path


def changed_lines(folder: Path) -> list[str]:
    lines = git(folder, "diff").splitlines()
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def everything(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and "objects" not in path.parts]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_changed_chart_shows_its_data_and_encoding_and_nothing_else(repository):
    written(repository)
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "first")
    set_up_git(repository)
    written(repository, value=2.5, title="Stages", count=2)
    assert changed_lines(repository) == [
        "-  sales | 1.5",
        "+  sales | 2.5",
        '-  {"level": 1.5, "name": "sales"}',
        '+  {"level": 2.5, "name": "sales"}',
        '-  encoding.x.title = "Levels"',
        '+  encoding.x.title = "Stages"',
    ]
    assert "@@ cell show (code)" in git(repository, "diff", "-U0")
    assert "base64" not in git(repository, "diff", "-U99")


def test_noise_of_another_execution_shows_nothing(repository):
    written(repository)
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "first")
    set_up_git(repository)
    written(repository, count=2)
    assert changed_lines(repository) == []
    assert git(repository, "show", "--stat", "HEAD")


def test_a_file_that_is_no_notebook_is_shown_as_it_is(repository):
    (repository / "broken.ipynb").write_text("one\n", encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "first")
    set_up_git(repository)
    (repository / "broken.ipynb").write_text("two\n", encoding="utf-8")
    assert changed_lines(repository) == ["-one", "+two"]


def test_nbdime_itself_finds_nothing_in_noise_and_something_in_a_change(repository):
    set_up_git(repository)
    nbdiff = [str(Path(sys.executable).with_name("nbdiff"))]
    paths = []
    for name, changes in [("a", {}), ("b", {"count": 2}), ("c", {"value": 2.5})]:
        path = repository / f"{name}.ipynb"
        path.write_text(json.dumps(card_notebook(**changes)), encoding="utf-8")
        paths.append(path.name)
    said = [
        subprocess.run([*nbdiff, paths[0], other], cwd=repository, capture_output=True, check=True)
        for other in paths[1:]
    ]
    assert said[0].stdout == b""
    assert b"2.5" in said[1].stdout


@pytest.mark.parametrize("tail", ["", "[alias]\n\tst = status\n", "[alias]\n\tst = status"])
@pytest.mark.parametrize("lines", [None, "", "*.csv text\n", "*.csv text"])
def test_undoing_restores_every_file_to_the_byte(repository, tail, lines):
    """Oracle: every byte of the repository before; also where last lines have no end."""
    config, attributes = (repository / ".git" / name for name in OWN[:2])
    config.write_text(config.read_text(encoding="utf-8") + tail, encoding="utf-8")
    if lines is not None:
        attributes.parent.mkdir(exist_ok=True)
        attributes.write_text(lines, encoding="utf-8")
    before = everything(repository)
    set_up_git(repository)
    assert everything(repository) != before
    set_up_git(repository)
    undo_git(repository)
    assert everything(repository) == before


def test_undoing_for_a_person_restores_everything_too(home, repository):
    before = everything(home)
    told = set_up_git(None)
    assert git(repository, "check-attr", "diff", "a.ipynb").endswith("lodestar\n")
    assert json.loads((home / ".jupyter/nbdime_config.json").read_text())["Diff"]["Ignore"]
    assert told
    undo_git(None)
    assert everything(home) == before


def test_what_is_a_persons_own_is_left_and_said(repository):
    own = {"Diff": {"Ignore": {"/metadata": True}}}
    (repository / "nbdime_config.json").write_text(json.dumps(own), encoding="utf-8")
    git(repository, "config", "diff.lodestar.textconv", "cat")
    (repository / ".gitattributes").write_text("*.ipynb diff=jupyternotebook\n", encoding="utf-8")
    told = " ".join(set_up_git(repository))
    assert "diff.lodestar.textconv is set to 'cat' and was left as it is" in told
    assert "nbdime_config.json is your own and was left as it is" in told
    assert "driver 'jupyternotebook' so far" in told
    undo_git(repository)
    assert git(repository, "config", "diff.lodestar.textconv") == "cat\n"
    assert json.loads((repository / "nbdime_config.json").read_text()) == own


def test_changes_made_in_between_are_kept(repository):
    set_up_git(repository)
    git(repository, "config", "alias.st", "status")
    with (repository / ".git/info/attributes").open("a", encoding="utf-8") as handle:
        handle.write("*.csv text\n")
    (repository / "nbdime_config.json").write_text("{}", encoding="utf-8")
    told = undo_git(repository)
    assert git(repository, "config", "alias.st") == "status\n"
    assert "lodestar" not in (repository / ".git/config").read_text(encoding="utf-8")
    assert (repository / ".git/info/attributes").read_text(encoding="utf-8") == "*.csv text\n"
    assert "was changed since" in told[0]


def test_nothing_to_undo_and_no_repository_are_refused_with_what_to_do(repository, tmp_path):
    with pytest.raises(InputError, match="Nothing was set up"):
        undo_git(repository)
    with pytest.raises(InputError, match="no git repository"):
        set_up_git(tmp_path)


def test_files_of_the_repository_stay_clean(repository):
    """What is set up is this person's: nothing of it waits to be committed."""
    set_up_git(repository)
    assert git(repository, "status", "--porcelain") == ""
    assert set(IGNORED) == set(
        json.loads((repository / "nbdime_config.json").read_text())["Diff"]["Ignore"]
    )
    assert os.path.commonpath([repository, repository / ".git"]) == str(repository)
