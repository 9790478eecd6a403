"""The files that a run may be made from: found in plain strings, as there are thousands."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from lodestar.provenance.hashes import CLIENT_FILES, digest, sha256

__all__ = ["files_below", "input_look", "input_stats", "known_hash"]


def input_stats(folder: Path) -> dict[str, os.stat_result]:
    """Return size and times of each file that a client's runs are made from, by its path.

    Parameters
    ----------
    folder : Path
        The client's folder; all of its periods count. Hidden files and Excel's own do not.
    """
    found = dict(_own(str(folder)))
    inputs = f"{folder}/inputs"
    with contextlib.suppress(OSError), os.scandir(inputs) as periods:
        for period in periods:
            if period.is_dir() and not period.name.startswith("."):
                found.update(files_below(period.path))
    start = len(f"{folder}/")
    return {path[start:]: about for path, about in sorted(found.items())}


def input_look(folder: Path) -> str:
    """Return one hash over the names and bytes of all these files."""
    return digest({name: known_hash(folder, name, at) for name, at in input_stats(folder).items()})


def known_hash(folder: Path, name: str, about: os.stat_result) -> str:
    """Return the sha256 of a file; one whose size and times stand is not read again."""
    return _hash(f"{folder}/{name}", about.st_size, about.st_mtime_ns, about.st_ctime_ns)


@lru_cache(maxsize=20_000)
def _hash(path: str, _size: int, _changed: int, _noted: int) -> str:
    with open(path, "rb") as file:  # noqa: PTH123 (plain strings)
        return sha256(file.read())


def files_below(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield each file under a folder and what the system knows of it."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from files_below(entry.path)
            elif entry.is_file() and not entry.name.startswith((".", "~$")):
                yield entry.path, entry.stat()


def _own(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    for name in CLIENT_FILES:
        with contextlib.suppress(OSError):
            yield f"{folder}/{name}", os.stat(f"{folder}/{name}")  # noqa: PTH116 (plain strings)
