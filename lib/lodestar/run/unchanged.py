"""A client whose files are those of the standing run is known by their hashes alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from lodestar.provenance.disk import write
from lodestar.provenance.hashes import (
    CLIENT_FILES,
    code_hash,
    digest,
    file_hash,
    package_versions,
)
from lodestar.provenance.integrity import harmed_files
from lodestar.schema import resources

__all__ = ["glance", "left_overs", "recognise", "remember"]

_MEMORY = ".seen.json"


def glance(folder: Path, workbooks: Iterable[Path]) -> str:
    """Return one hash over every file that loading, computing and executing can read.

    Parameters
    ----------
    folder : Path
        The client's folder; all of its periods count, also later ones.
    workbooks : iterable of Path
        The notebooks to execute.

    Notes
    -----
    Nothing is loaded for it. Equal files give equal sources, so a client that looks the same as
    when its standing run was published need not be read again; one that looks different may still
    turn out to be unchanged when it is loaded.
    """
    inputs = [path for path in (folder / "inputs").rglob("*") if _counts(path, folder)]
    own = [*(folder / name for name in CLIENT_FILES), *inputs]
    shipped = (resources.templates() / "frameworks").rglob("*")
    return digest(
        [
            folder.name,
            {path.relative_to(folder).as_posix(): _hash(path) for path in own},
            {path.name: _hash(path) for path in shipped},
            {path.name: _hash(path) for path in workbooks},
            code_hash(),
            package_versions(),
        ]
    )


def recognise(runs: Path, asked: str, look: str) -> tuple[str, Path] | None:
    """Return period and folder of the standing run, when it was made from files that look so.

    Parameters
    ----------
    runs : Path
        The client's folder ``runs``.
    asked : str
        The period asked for; empty for the latest.
    look : str
        As ``glance`` gives it.
    """
    seen = _memory(runs).get(asked, {})
    if seen.get("look") != look:
        return None
    folder = (runs / seen["period"]).resolve()
    if folder.name != seen["run"] or harmed_files(folder) or left_overs(folder.parent):
        return None
    return seen["period"], folder


def left_overs(store: Path) -> list[Path]:
    """Return what runs that were killed left in the folder of all runs; none are under way."""
    return [*store.glob(".building-*"), *store.glob(".*.part")]


def remember(runs: Path, asked: Iterable[str], look: str, period: str, folder: Path) -> None:
    """Note how the client's files looked for a run that stands; whoever holds the lock may.

    Parameters
    ----------
    runs, look
        As for ``recognise``.
    asked : iterable of str
        What would be asked for to get this run: its period, and nothing when it is the latest.
    period : str
        The run's period.
    folder : Path
        The run's immutable folder.
    """
    seen = {"look": look, "period": period, "run": folder.name}
    known = {**_memory(runs), **dict.fromkeys(asked, seen)}
    write(runs / ".store" / _MEMORY, (json.dumps(known, sort_keys=True) + "\n").encode())


def _memory(runs: Path) -> Mapping[str, Any]:
    """Return what is remembered by period asked for; a torn or missing file is no memory."""
    try:
        known = json.loads((runs / ".store" / _MEMORY).read_text(encoding="utf-8"))
        return known if isinstance(known, dict) else {}
    except (OSError, ValueError):
        return {}


def _counts(path: Path, folder: Path) -> bool:
    """Tell whether a file or folder below ``inputs`` can be read: hidden ones cannot."""
    parts = path.relative_to(folder).parts
    return not any(part.startswith((".", "~$")) for part in parts)


def _hash(path: Path) -> str:
    return file_hash(path) if path.is_file() else "folder" if path.is_dir() else "absent"
