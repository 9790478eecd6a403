"""Published runs: which periods have one, where it lies, what it holds."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lodestar.engagement.places import client_folder, plain_name
from lodestar.errors import InputError, Problem

__all__ = [
    "MANIFEST",
    "RESULTS",
    "RUN_NAME",
    "PublishedRun",
    "find_run",
    "pointer_steps",
    "published_periods",
    "published_results",
    "required_run",
]

MANIFEST, RESULTS = "manifest.json", "results.json"

RUN_NAME = re.compile(r"[0-9a-f]{32}")
"""The content hash that names a run's folder."""


@dataclass(frozen=True)
class PublishedRun:
    """One published run, pinned: a run that replaces it later does not reach in here.

    Parameters
    ----------
    client, period : str
        Whose it is.
    folder : Path
        The immutable folder, not the link that leads to it.
    """

    client: str
    period: str
    folder: Path

    @property
    def hash(self) -> str:
        """Return the run's content hash."""
        return self.folder.name

    def manifest(self) -> dict[str, Any]:
        """Return what the run was made from and the hashes of its files."""
        return _json(self.folder / MANIFEST)

    def results(self) -> dict[str, Any]:
        """Return the run's results."""
        return _json(self.folder / RESULTS)

    def notebook(self, stem: str) -> Path | None:
        """Return an executed workbook, or None when the run has none of this name."""
        path = self.folder / f"{stem}.ipynb"
        return path if plain_name(stem) and path.is_file() else None

    def notebooks(self) -> list[str]:
        """Return the stems of the executed workbooks in the order of the walk."""
        return sorted(path.stem for path in self.folder.glob("*.ipynb"))


def published_periods(client: str, data_root: str | Path | None = None) -> list[str]:
    """Return the periods of a client that have a published run, earliest first."""
    links = (client_folder(client, data_root) / "runs").glob(f"*/{MANIFEST}")
    return sorted(path.parent.name for path in links if not path.parent.name.startswith("."))


def find_run(
    client: str, period: str = "", data_root: str | Path | None = None
) -> PublishedRun | None:
    """Return a client's published run; None when there is none.

    Parameters
    ----------
    client : str
        Folder in the data root.
    period : str
        Period; empty means the latest that has a run.
    data_root : str or Path, optional
        Folder of clients.

    Raises
    ------
    InputError
        There is no such client.
    """
    periods = published_periods(client, data_root)
    wanted = period or (periods[-1] if periods else "")
    if wanted not in periods:
        return None
    link = client_folder(client, data_root) / "runs" / wanted
    return PublishedRun(client, wanted, link.resolve())


def required_run(
    client: str, period: str = "", data_root: str | Path | None = None
) -> PublishedRun:
    """Return a client's published run, as ``find_run`` does.

    Raises
    ------
    InputError
        Nothing is published: the remedy says what to do.
    """
    run = find_run(client, period, data_root)
    if run is None:
        raise InputError([_unpublished(client, period)])
    return run


def published_results(
    client: str, period: str = "", data_root: str | Path | None = None, pointer: str = ""
) -> Any:
    """Return published results, or the part under a JSON pointer.

    Parameters
    ----------
    client, period, data_root
        As for ``find_run``.
    pointer : str
        RFC 6901, e.g. ``/level/present`` or ``/alignment/gaps/0``; empty means the whole.

    Raises
    ------
    InputError
        Nothing is published, or the pointer leads nowhere: the remedy says what to do.
    """
    node: Any = required_run(client, period, data_root).results()
    for key in pointer_steps(pointer):
        try:
            node = node[int(key)] if isinstance(node, list) else node[key]
        except (KeyError, IndexError, ValueError, TypeError):
            raise InputError([_nowhere(pointer, key, node)]) from None
    return node


def pointer_steps(pointer: str) -> list[str]:
    """Return the keys that a JSON pointer (RFC 6901) leads through.

    Examples
    --------
    >>> pointer_steps("/a~1b/0"), pointer_steps("")
    (['a/b', '0'], [])
    """
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _json(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def _unpublished(client: str, period: str) -> Problem:
    return Problem(
        code="no-run",
        file=client,
        value=period or None,
        message="Nothing has been published for this client and period.",
        remedy=f"Run `lodestar run {client}{f' --period {period}' if period else ''}` first.",
    )


def _nowhere(pointer: str, key: str, node: Any) -> Problem:
    known = ", ".join(sorted(node)[:12]) if isinstance(node, dict) else "a number from 0"
    return Problem(
        code="pointer",
        file=RESULTS,
        value=pointer,
        message=f"The results have no '{key}' there.",
        remedy=f"Known at this place: {known}.",
    )
