"""A client's runs on disk: built aside, published at once, never changed afterwards."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lodestar.errors import FaultError
from lodestar.provenance import MANIFEST, file_hash, sync
from lodestar.provenance.disk import try_lock
from lodestar.run.unchanged import left_overs

__all__ = ["Store"]

_READ_ONLY = 0o444


class Store:
    """The folder ``runs`` of one client.

    Parameters
    ----------
    runs : Path
        ``client_data/<client>/runs``; made when missing.

    Notes
    -----
    ``runs/.store/<hash>/`` holds a finished run, named by the sha256 of its manifest, which in turn
    holds the sha256 of every other file. ``runs/<period>`` is a link to one of them and is replaced
    in one step, so a crash at any moment leaves the old run or the new one: every file, and the
    folder's list of names, is on the disk before the link is. A reader resolves the link once and
    keeps to that folder. What a crash leaves lies in ``.building-…`` and is taken up or removed by
    the next run.
    """

    def __init__(self, runs: Path) -> None:
        self.runs = runs
        self.folder = runs / ".store"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the client's runs for one writer; the system lets go when a process dies.

        Raises
        ------
        FaultError
            Another run holds them: wait for it to end.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("a+") as handle:
            if not try_lock(handle.fileno()):
                raise FaultError(
                    f"Another run of '{self.runs.parent.name}' is under way. "
                    "Wait until it has ended, then run again."
                )
            yield

    def published(self, period: str) -> Path | None:
        """Return the folder that a period's link leads to; None when nothing is published."""
        link = self.runs / period
        return link.resolve() if (link / MANIFEST).is_file() else None

    def building(self, key: str, fresh: bool = False) -> Path:
        """Return the folder to build in, with what an interrupted run of this material finished.

        Parameters
        ----------
        key : str
            Hash of everything that decides over the run's bytes. Left-overs of other keys go.
        fresh : bool
            Keep nothing of an interrupted run either.
        """
        mine = self.folder / f".building-{key[:16]}"
        for other in self.folder.glob(".building-*"):
            if fresh or other != mine:
                shutil.rmtree(other)
        mine.mkdir(exist_ok=True)
        for torn in mine.rglob("*.part"):
            torn.unlink()
        return mine

    def tidy(self) -> None:
        """Remove what killed runs left, for a run that has nothing to build; under the lock."""
        for left in left_overs(self.folder):
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()

    def publish(self, building: Path, period: str) -> Path:
        """Make a finished folder the period's run, at once.

        Parameters
        ----------
        building : Path
            Folder with the manifest and every file it names.
        period : str
            Name of the link under ``runs``.

        Returns
        -------
        Path
            The run's immutable folder.
        """
        final = self.folder / file_hash(building / MANIFEST)[:32]
        _settle(building)
        if final.is_dir():
            _repair(final, building)
            shutil.rmtree(building)
        else:
            building.rename(final)
        os.utime(final)
        sync(self.folder)
        self._point(period, final)
        return final

    def refuse_folder(self, period: str) -> None:
        """Raise when something other than a link has the period's place; nothing is removed."""
        link = self.runs / period
        if link.exists() and not link.is_symlink():
            raise FaultError(
                f"'{link.name}' in the client's runs is not a link to a run. "
                "Move it away, then run again."
            )

    def _point(self, period: str, final: Path) -> None:
        """Replace the period's link in one step."""
        link, fresh = self.runs / period, self.runs / f".{period}.new"
        self.refuse_folder(period)
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(final.relative_to(self.runs), target_is_directory=True)
        os.replace(fresh, link)  # noqa: PTH105 (one step, on every system)
        sync(self.runs)


def _repair(standing: Path, fresh: Path) -> None:
    """Give a folder every file of its twin, one by one; whole ones are left to their readers."""
    wanted = {path.relative_to(fresh) for path in fresh.rglob("*") if path.is_file()}
    for name in sorted(wanted):
        old, new = standing / name, fresh / name
        if not (old.is_file() and file_hash(old) == file_hash(new)):
            old.parent.mkdir(exist_ok=True)
            new.replace(old)
    for path in [path for path in standing.rglob("*") if path.is_file()]:
        if path.relative_to(standing) not in wanted:
            path.unlink()
    for path in (standing, *(path for path in standing.rglob("*") if path.is_dir())):
        sync(path)


def _settle(folder: Path) -> None:
    """Bring every file of a folder to the disk and make the files read-only."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            path.chmod(_READ_ONLY)
        sync(path)
    sync(folder)
