"""Git set up for notebooks: ``git diff`` shows what changed in words, tables and charts' data."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from lodestar.errors import FaultError, InputError, Problem
from lodestar.provenance import file_hash, sha256
from lodestar.review.marked import add_block, remove_block
from lodestar.review.revisions import git

__all__ = ["DRIVER", "IGNORED", "set_up_git", "undo_git"]

DRIVER = "lodestar"
ATTRIBUTES = f"*.ipynb diff={DRIVER}"
NBDIME = "nbdime_config.json"

IGNORED = {
    "/metadata": ["kernelspec", "language_info", "papermill"],
    "/cells/*/metadata": ["ExecuteTime", "collapsed", "execution", "papermill", "scrolled"],
    "/cells/*": ["execution_count"],
    "/cells/*/outputs/*": ["execution_count"],
}
"""What programs write into notebooks by themselves, by nbdime's path."""


@dataclass(frozen=True)
class Scope:
    """The files of one scope: a repository's own, or those of a person."""

    option: str
    folder: Path
    config: Path
    attributes: Path
    nbdime: Path
    exclude: Path | None
    record: Path


@dataclass(frozen=True)
class Record:
    """What the files were before, so that undoing restores them to the byte."""

    config_size: int
    config_sha: str
    absent: tuple[str, ...]
    nbdime_sha: str


def set_up_git(repository: Path | None = None) -> list[str]:
    """Let git and nbdime show what changed in notebooks.

    Parameters
    ----------
    repository : Path, optional
        A folder in the repository to set up; for every repository of this person when None.

    Returns
    -------
    list of str
        What was done, and what of the person's own was left as it is.

    Raises
    ------
    InputError
        The folder lies in no git repository, or git is not installed.

    Notes
    -----
    Written are: the diff driver ``lodestar`` and a difftool of that name in git's configuration,
    the attribute that gives it notebooks, and nbdime's configuration where there is none. Nothing
    that stands there is changed; doing it twice is the same as doing it once.
    """
    scope = _scope(repository)
    if scope.record.is_file():
        undo_git(repository)
    _write_record(scope)
    told = [_former_driver(scope)] + [_configured(scope, *one) for one in _settings().items()]
    add_block(scope.attributes, ATTRIBUTES)
    ours = _configure_nbdime(scope)
    told.append("`git diff`, `git show` and `git log -p` now show notebooks in words.")
    told.append(f"`git difftool --tool={DRIVER} -- NOTEBOOK` opens them side by side.")
    told.append("" if ours else f"{scope.nbdime.name} is your own and was left as it is.")
    return [line for line in told if line]


def undo_git(repository: Path | None = None) -> list[str]:
    """Restore what stood before ``set_up_git``.

    Returns
    -------
    list of str
        What was done; files that were changed since lose our entries only.

    Raises
    ------
    InputError
        Nothing was set up here.
    """
    scope = _scope(repository)
    if not scope.record.is_file():
        where = "this repository" if repository else "your own configuration"
        problem = Problem("no-setup", "git", f"Nothing was set up in {where}.", "Nothing to do.")
        raise InputError([problem])
    record = Record(**json.loads(scope.record.read_text(encoding="utf-8")))
    _restore_config(scope, record)
    for path in (scope.attributes, scope.exclude):
        if path is not None:
            remove_block(path, delete_empty=str(path) in record.absent)
    told = _remove_nbdime(scope, record)
    scope.record.unlink()
    return [*told, "Git and nbdime are as they were before."]


def _write_record(scope: Scope) -> None:
    """Note what the files are, before any of them changes."""
    named = (scope.config, scope.attributes, scope.nbdime, scope.exclude)
    absent = tuple(str(path) for path in named if path is not None and not path.exists())
    before = scope.config.read_bytes() if scope.config.is_file() else b""
    ours = "" if scope.nbdime.exists() else sha256(_nbdime_text())
    record = Record(len(before), sha256(before), absent, ours)
    scope.record.parent.mkdir(parents=True, exist_ok=True)
    scope.record.write_text(json.dumps(asdict(record)), encoding="utf-8")


def _settings() -> dict[str, str]:
    """Return git's settings of the driver and the difftool."""
    python = f'"{sys.executable}" -P -m'
    return {
        f"diff.{DRIVER}.textconv": f"{python} lodestar.review.notebook_text",
        f"diff.{DRIVER}.xfuncname": "^=== (.*) ===$",
        f"difftool.{DRIVER}.cmd": f'{python} lodestar.review.web "$LOCAL" "$REMOTE"',
    }


def _scope(repository: Path | None) -> Scope:
    """Return the files of a repository, or of the person."""
    if shutil.which("git") is None:
        raise InputError([Problem("git", "git", "git is not installed.", "Install git first.")])
    if repository is not None:
        return _repository(repository)
    from jupyter_core.paths import jupyter_config_dir

    home = Path.home()
    shared = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    own = Path(os.environ.get("GIT_CONFIG_GLOBAL") or home / ".gitconfig")
    other = shared / "git" / "config"
    config = other if not own.exists() and other.is_file() else own
    named = _ask(home, "config", "--global", "--type=path", "core.attributesFile")
    attributes = Path(named) if named else shared / "git" / "attributes"
    nbdime = Path(jupyter_config_dir()) / NBDIME
    record = shared / "lodestar" / "git-setup.json"
    return Scope("--global", home, config, attributes, nbdime, None, record)


def _repository(folder: Path) -> Scope:
    top = _ask(folder, "rev-parse", "--show-toplevel") if folder.is_dir() else ""
    if not top:
        remedy = "Name a folder of a repository, or use --global."
        told = "This folder lies in no git repository."
        raise InputError([Problem("git", str(folder), told, remedy)])
    inside = {
        name: Path(top, _ask(Path(top), "rev-parse", "--git-path", name))
        for name in ("config", "info/attributes", "info/exclude", "lodestar-setup.json")
    }
    config, attributes, exclude, record = inside.values()
    return Scope("--local", Path(top), config, attributes, Path(top) / NBDIME, exclude, record)


def _ask(folder: Path, *arguments: str) -> str:
    """Return what git answers; empty when it has no answer."""
    done = git(folder, *arguments)
    return done.stdout.decode().strip() if done.returncode == 0 else ""


def _former_driver(scope: Scope) -> str:
    """Return what is said when notebooks had another driver."""
    asked = _ask(scope.folder, "check-attr", "diff", "--", "a.ipynb").rpartition(": ")[2]
    if asked in ("", "unspecified", DRIVER):
        return ""
    return f"Notebooks used the diff driver '{asked}' so far; --undo brings it back."


def _configured(scope: Scope, key: str, value: str) -> str:
    """Set one key that is not set; return what is said where the person set it otherwise."""
    standing = _ask(scope.folder, "config", scope.option, key)
    if standing and standing != value:
        return f"{key} is set to '{standing}' and was left as it is."
    if not standing:
        scope.config.parent.mkdir(parents=True, exist_ok=True)
        done = git(scope.folder, "config", scope.option, key, value)
        if done.returncode:
            raise FaultError(f"git could not set {key}: {done.stderr.decode().strip()}")
    return ""


def _restore_config(scope: Scope, record: Record) -> None:
    """Cut off what was appended; where the file changed since, unset our keys one by one."""
    for key, value in _settings().items():
        if _ask(scope.folder, "config", scope.option, key) == value:
            _ask(scope.folder, "config", scope.option, "--unset", key)
    now = scope.config.read_bytes() if scope.config.is_file() else b""
    before = now[: record.config_size]
    if sha256(before) == record.config_sha and not now[record.config_size :].strip():
        if str(scope.config) in record.absent:
            scope.config.unlink(missing_ok=True)
        elif now != before:
            scope.config.write_bytes(before)


def _configure_nbdime(scope: Scope) -> bool:
    """Write nbdime's configuration where there is none; tell whether there was none."""
    if scope.nbdime.exists():
        return False
    scope.nbdime.parent.mkdir(parents=True, exist_ok=True)
    scope.nbdime.write_bytes(_nbdime_text())
    if scope.exclude is not None:
        add_block(scope.exclude, f"/{NBDIME}")
    return True


def _nbdime_text() -> bytes:
    return (json.dumps({"Diff": {"Ignore": IGNORED}}, indent=2) + "\n").encode()


def _remove_nbdime(scope: Scope, record: Record) -> list[str]:
    """Remove nbdime's configuration if it is still ours; say so when it is not."""
    if not record.nbdime_sha or not scope.nbdime.is_file():
        return []
    if file_hash(scope.nbdime) == record.nbdime_sha:
        scope.nbdime.unlink()
        return []
    return [f"{scope.nbdime.name} was changed since and was left as it is."]
