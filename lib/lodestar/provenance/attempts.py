"""What the last run or check of a client came to: kept beside the runs, for consultants alone."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lodestar.errors import Problem
from lodestar.provenance.disk import write
from lodestar.provenance.files import input_look, input_stats

__all__ = ["Attempt", "forget_attempts", "keep_attempt", "kept_attempts", "stated"]

SHOWN, LONGEST = 3, 240
"""Causes that are kept of an attempt, and letters of each; the command printed all."""

_OWNER = 0o600
_FILE = Path("runs") / ".log" / "attempts.json"


@dataclass(frozen=True)
class Attempt:
    """An attempt after which nothing new was published.

    Parameters
    ----------
    verb : str
        ``run`` or ``check``.
    status : str
        ``refused`` (problems in the input), ``failed`` or ``stopped``; of a check also ``clean``.
    at : float
        When it began, in seconds since 1970, UTC.
    number : int
        Problems, or workbooks that stopped.
    causes : tuple of str
        The first of them, each with its place and remedy; never the text of a cell.
    look : str
        Hash of the inputs that it was made from; empty when they changed meanwhile.
    """

    verb: str
    status: str
    at: float
    number: int = 0
    causes: tuple[str, ...] = ()
    look: str = ""


def keep_attempt(
    folder: Path, verb: str, status: str, begun: float, causes: Iterable[Problem | str] = ()
) -> None:
    """Keep what an attempt came to in the place of the last one of its kind.

    Parameters
    ----------
    folder : Path
        The client's folder.
    verb, status, begun
        As ``verb``, ``status`` and ``at`` of ``Attempt``.
    causes : iterable of Problem or str
        All of them; the first few are kept.

    Notes
    -----
    Only the owner may read it. What cannot be written (disk full, read-only folder) harms nothing.
    """
    said = list(causes)
    with contextlib.suppress(OSError):
        late = any(about.st_mtime > begun for about in input_stats(folder).values())
        look = "" if late else input_look(folder)
        first = tuple(_short(stated(cause)) for cause in said[:SHOWN])
        kept = {**_read(folder), verb: asdict(Attempt(verb, status, begun, len(said), first, look))}
        (folder / _FILE).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write(folder / _FILE, f"{json.dumps(kept, sort_keys=True, indent=1)}\n".encode(), _OWNER)


def forget_attempts(folder: Path) -> None:
    """Forget what came of attempts: a run has overtaken them."""
    with contextlib.suppress(OSError):
        (folder / _FILE).unlink(missing_ok=True)


def kept_attempts(folder: Path) -> list[Attempt]:
    """Return what the last attempts came to, newest first; none where nothing can be read."""
    found = []
    for verb, said in _read(folder).items():
        with contextlib.suppress(KeyError, TypeError, ValueError):
            causes = tuple(_short(str(cause)) for cause in said["causes"])[:SHOWN]
            known = (str(verb), str(said["status"]), float(said["at"]), int(said["number"]))
            found.append(Attempt(*known, causes, str(said["look"])))
    return sorted(found, key=lambda attempt: attempt.at, reverse=True)


def stated(cause: Problem | str) -> str:
    """Return a cause in one line: its place, what is wrong and how to mend it.

    Examples
    --------
    >>> stated(Problem("range", "ratings.csv", "This is no rating.", "Write 0 to 4.", 3, "r1", "x"))
    'ratings.csv, row 3, column r1: This is no rating. Write 0 to 4.'
    """
    if isinstance(cause, Problem):
        return f"{cause.place()}: {cause.message} {cause.remedy}"
    return cause


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _read(folder: Path) -> Mapping[str, Any]:
    """Return what is kept; a torn or missing file is nothing."""
    try:
        known = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return known if isinstance(known, dict) else {}
    except (OSError, ValueError):
        return {}
