"""The folder of a live process: only what live what-ifs of one client's published runs need."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nbformat

from lodestar.provenance import RESULTS, PublishedRun, changed_inputs
from lodestar.serve.facts import run_facts
from lodestar.serve.live.names import NOTEBOOKS
from lodestar.serve.saved import live_notebook

__all__ = ["ORIGIN", "LiveFolder", "OutdatedError"]

ORIGIN = "lodestar_run"
"""Notebook metadata of a live copy: what stands of the reviews of the run it starts from."""

_APART = ("runs", "lab", "reviews", ".*")
"""Parts of a client's folder that no what-if reads."""


class OutdatedError(Exception):
    """What a what-if would start from is no longer what the reviewed figures were made from."""


class LiveFolder:
    """A fresh folder that the client's live process lives in.

    Parameters
    ----------
    path : Path
        The folder, made here; its path must be short, for sockets lie in it.
    user : int or None
        UNIX user that it belongs to; None for this process's own.
    data_root : Path
        Folder of clients.
    """

    def __init__(self, path: Path, user: int | None, data_root: Path) -> None:
        self.path, self._user, self._data_root = path, user, data_root
        self._states: dict[tuple[str, str], tuple[str, str]] = {}
        for folder in (path, path / NOTEBOOKS):
            folder.mkdir(mode=0o700)
            self._give(folder)

    def write(self, name: str, text: str) -> None:
        """Write a small private file."""
        with open(self.path / name, "x", encoding="utf-8", opener=_private) as file:
            file.write(text)
        self._give(self.path / name)

    def hold(self, run: PublishedRun, stem: str) -> None:
        """Have the live part of a published workbook in the folder, and all that it reads.

        Raises
        ------
        OutdatedError
            It would not start from what the reviewed figures were made from.
        """
        place = self.path / NOTEBOOKS / run.hash
        carried = _material(run, self._data_root, place, place.exists())
        facts = run_facts(run, stem)
        state, source = (facts.state, facts.mark), run.notebook(stem)
        if source is not None and self._states.get((run.hash, stem)) != state:
            notebook = live_notebook(nbformat.read(source, as_version=4))
            notebook.metadata[ORIGIN] = {"state": facts.state, "mark": facts.mark}
            nbformat.write(notebook, place / f"{stem}.ipynb")
            carried.append(place / f"{stem}.ipynb")
            self._states[(run.hash, stem)] = state
        for path in carried:
            self._give(path)

    def remove(self) -> None:
        """Remove the folder and all that its process left there."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _give(self, path: Path) -> None:
        """Let the folder's user, and nobody else, read and write a path."""
        for each in (path, *(path.rglob("*") if path.is_dir() else ())):
            each.chmod(0o700 if each.is_dir() else 0o600)
            if self._user is not None:
                os.chown(each, self._user, self._user, follow_symlinks=False)


def _material(run: PublishedRun, data_root: Path, place: Path, known: bool) -> list[Path]:
    """Copy what what-ifs of a run read into its place; return what was copied."""
    if changed_inputs(data_root / run.client, run.manifest()["inputs"]):
        raise OutdatedError(run.client)
    if not known:
        place.mkdir()
        shutil.copyfile(run.folder / RESULTS, place / RESULTS)
        client = data_root / run.client
        shutil.copytree(client, place / "data" / run.client, ignore=shutil.ignore_patterns(*_APART))
    return [] if known else [place]


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
