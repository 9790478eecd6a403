"""The folder of a live process: only what live what-ifs of one client's published runs need."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import nbformat

from lodestar.provenance import RESULTS, PublishedRun
from lodestar.serve.facts import run_facts
from lodestar.serve.live.names import NOTEBOOKS, OWN, TOKEN, VIEW
from lodestar.serve.saved import live_notebook
from lodestar.workbook.carrying import carried_name

__all__ = ["ORIGIN", "LiveFolder", "OutdatedError"]

ORIGIN = "lodestar_run"
"""Notebook metadata of a live copy: what stands of the reviews of the run it starts from, and the
colours that the client's pages wear."""


class OutdatedError(Exception):
    """The run was made before runs carried what their what-ifs are computed from."""


class LiveFolder:
    """A fresh folder for a client's live process: it may read all of it and write in one part.

    Parameters
    ----------
    path : Path
        The folder, made here; its path must be short, for sockets lie in it.
    user : int or None
        UNIX user of the live process; None for this process's own.

    Notes
    -----
    What the live process could change is never written to by the front, whose rights may be
    greater: a link laid there would lead it elsewhere.
    """

    def __init__(self, path: Path, user: int | None) -> None:
        self.path, self.user, self.own = path, user, path / OWN
        self._states: dict[tuple[str, str], dict[str, str]] = {}
        # Many may open the same what-if at once, each in a thread of its own.
        self._one = threading.Lock()
        for folder in (path, path / NOTEBOOKS, path / VIEW, self.own):
            folder.mkdir(mode=0o750)
            self._let_read(folder)
        self.own.chmod(0o700)

    def hand_over(self, token: str) -> None:
        """Leave the token, and give the live process the part that is its own."""
        with open(self.own / TOKEN, "x", encoding="ascii", opener=_private) as file:
            file.write(token)
        if self.user is not None:
            os.chown(self.own / TOKEN, self.user, self.user)
            os.chown(self.own, self.user, self.user)

    def hold(self, run: PublishedRun, stem: str, style: str = "") -> None:
        """Have the live part of a published workbook in the folder, and all that it reads.

        Parameters
        ----------
        run : PublishedRun
            What it starts from.
        stem : str
            The workbook.
        style : str
            Style of the colours of the client's pages; empty for our own.

        Raises
        ------
        OutdatedError
            The run carries nothing for it.

        Notes
        -----
        These are the run's own files, which its manifest names: neither the client's inputs nor
        anything else of the client's folder.
        """
        carried, notebook = run.folder / carried_name(stem), run.notebook(stem)
        if notebook is None or not carried.is_file():
            raise OutdatedError(f"{run.client} {run.period} carries nothing for {stem}")
        facts = run_facts(run)
        state = {"state": facts.state, "mark": facts.mark, "style": style}
        with self._one:
            self._put(run, RESULTS, (run.folder / RESULTS).read_bytes)
            self._put(run, carried_name(stem), carried.read_bytes)
            if self._states.get((run.hash, stem)) != state:
                text = _live_part(notebook, state)
                self._put(run, f"{stem}.ipynb", text.encode, anew=True)
                self._states[(run.hash, stem)] = state

    def remove(self) -> None:
        """Remove the folder and all that its process left there."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _put(
        self, run: PublishedRun, name: str, content: Callable[[], bytes], anew: bool = False
    ) -> None:
        """Write a file of a run, at once or not at all, unless it is there."""
        file = self.path / NOTEBOOKS / run.hash / name
        if file.exists() and not anew:
            return
        for folder in (self.path / NOTEBOOKS / run.hash, file.parent):
            if not folder.exists():
                folder.mkdir(mode=0o750)
                self._let_read(folder)
        part = file.with_name(f"{file.name}.part")
        part.write_bytes(content())
        part.chmod(0o640)
        self._let_read(part)
        part.replace(file)

    def _let_read(self, path: Path) -> None:
        if self.user is not None:
            os.chown(path, -1, self.user)


def _live_part(notebook: Path, state: dict[str, str]) -> str:
    """Return the part of a published workbook that makes its control, as a notebook."""
    live = live_notebook(nbformat.read(notebook, as_version=4))
    live.metadata[ORIGIN] = state
    return str(nbformat.writes(live))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
