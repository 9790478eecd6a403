"""Runs of a client under another git revision of workbooks and package, by that revision's code."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lodestar.engagement.places import client_folder
from lodestar.errors import FaultError, InputError, Problem
from lodestar.provenance import PINNED, PublishedRun, find_run
from lodestar.schema import resources

__all__ = ["Revision", "find_revision", "git", "revision_environment", "revision_run"]

PARTS = ("pyproject.toml", "lib", "templates", "workbooks")
"""What of a revision decides over results."""

NOT_COPIED = shutil.ignore_patterns("runs", "reviews", "lab", "source", ".*")
RUN = "import sys; from lodestar.cli import main; main(sys.argv[1:])"


@dataclass(frozen=True)
class Revision:
    """A git revision of the checkout in use, laid out in a private folder of its own.

    Parameters
    ----------
    name : str
        As it was asked for, e.g. ``HEAD~3``.
    commit : str
        The full hash of the commit.
    root : Path
        The folder; it goes when the object does, or with ``close``.
    """

    name: str
    commit: str
    root: Path

    def close(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.root, ignore_errors=True)


def find_revision(name: str) -> str | None:
    """Return the full hash of the commit that a name means here; None when it means none.

    Parameters
    ----------
    name : str
        Any revision that git knows: a branch, a tag, a hash, ``HEAD~3``.
    """
    root = resources.checkout()
    if root is None or name.startswith("-") or shutil.which("git") is None:
        return None
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    found = git(root, *asked)
    return found.stdout.decode().strip() or None


def revision_run(
    name: str, client: str, period: str = "", data_root: str | Path | None = None
) -> tuple[Revision, PublishedRun]:
    """Return the run that a client's present material gives under a revision.

    Parameters
    ----------
    name : str
        The revision.
    client, period, data_root
        As for ``lodestar.engagement.load``.

    Returns
    -------
    Revision, PublishedRun
        The revision laid out, and the run inside its folder: both last until it is closed.

    Raises
    ------
    InputError
        The name means no commit here, or there is no git: the remedy says what to do.
    FaultError
        The revision's own code could not run this material; its last words are told.

    Notes
    -----
    The workbooks are executed by the revision's own package with the packages installed now. The
    client's folder is copied beside it, so neither the client's runs nor the checkout are touched.
    """
    commit = _commit(name)
    source = client_folder(client, data_root)
    revision = _laid_out(name, commit)
    clients = revision.root / "clients"
    shutil.copytree(source, clients / client, ignore=NOT_COPIED)
    asked = ["run", client, "--data-root", str(clients), *(["--period", period] if period else [])]
    _run(revision, asked)
    run = find_run(client, period, clients)
    if run is None:
        raise FaultError(f"Revision '{name}' published no run of {client}.")
    return revision, run


def revision_environment(root: Path) -> dict[str, str]:
    """Return an environment in which this interpreter finds the package of a laid-out revision."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LODESTAR_")}
    found = {"PYTHONPATH": str(root / "lib"), "PYTHONDONTWRITEBYTECODE": "1"}
    return {**kept, **PINNED, **found}


def _commit(name: str) -> str:
    """Return a revision's commit, or say why it cannot be had."""
    if resources.checkout() is None:
        raise InputError([_refused(name, "No checkout of Lodestar is in use here.", _CLONE)])
    if shutil.which("git") is None:
        raise InputError([_refused(name, "git is not installed.", "Install git, then try again.")])
    found = find_revision(name)
    if found is None:
        remedy = "`git log --oneline` lists the revisions; or name a period or a run."
        raise InputError([_refused(name, "This is no revision of the checkout.", remedy)])
    return found


_CLONE = "Compare periods or runs, or work in a clone of the project."


def _refused(name: str, message: str, remedy: str) -> Problem:
    return Problem(code="revision", file="git", value=name, message=message, remedy=remedy)


def _laid_out(name: str, commit: str) -> Revision:
    """Return the revision's files in a private folder."""
    checkout = resources.checkout() or Path()
    listed = git(checkout, "ls-tree", "--name-only", commit).stdout.decode().split()
    packed = git(checkout, "archive", "--format=tar", commit, "--", *_there(listed))
    if packed.returncode:
        raise FaultError(f"git could not read revision '{name}': {_last(packed.stderr)}")
    revision = Revision(name, commit, Path(tempfile.mkdtemp(prefix="lodestar-revision-")))
    weakref.finalize(revision, shutil.rmtree, revision.root, ignore_errors=True)
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(revision.root, filter="data")
    return revision


def _there(listed: Sequence[str]) -> list[str]:
    return [part for part in PARTS if part in listed]


def _run(revision: Revision, arguments: Sequence[str]) -> None:
    """Run the revision's own command, in its folder."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", RUN, *arguments],
        cwd=revision.root,
        env=revision_environment(revision.root),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        said = _last(done.stderr)
        raise FaultError(f"Revision '{revision.name}' could not run this material: {said}")


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder and return what came of it, whatever that is."""
    return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)


def _last(said: bytes) -> str:
    """Return the last lines of what a program said."""
    lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
    return " ".join(lines[-3:]) or "it said nothing."
