"""The log of a client's run, and how long its notebooks took: beside the runs, never in one."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from lodestar.provenance import write

if TYPE_CHECKING:
    from lodestar.run.work import Outcome, Task

__all__ = ["log_path", "remembered_seconds", "write_log"]

_SECONDS, _OWNER = "seconds.json", 0o600


def log_path(folder: Path, period: str) -> Path:
    """Return where the log of a client's last run of a period lies.

    Parameters
    ----------
    folder : Path
        The client's folder.
    period : str
        Period of the run.
    """
    return folder / "runs" / ".log" / f"{period}.txt"


def write_log(folder: Path, outcomes: Iterable[tuple[Task, Outcome]]) -> Path | None:
    """Write what happened to each notebook; return where it lies, None when nothing was done.

    Parameters
    ----------
    folder : Path
        The client's folder.
    outcomes : iterable of tuple
        Each task that ended, and what came of it; of one period.

    Notes
    -----
    Only the owner may read it: the text of an error may hold what stands in the inputs. A log that
    cannot be written (disk full, read-only folder) never harms the run.
    """
    listed = sorted(outcomes, key=lambda pair: pair[0].stem)
    if not listed:
        return None
    path = log_path(folder, listed[0][0].period)
    parts = [f"{o.stem}: {o.seconds:.1f} s\n{_indented(o.log)}\n" for _, o in listed]
    done = {o.stem: round(o.seconds, 2) for _, o in listed if o.content is not None}
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write(path, "\n".join(parts).encode(), _OWNER)
        seconds = json.dumps({**remembered_seconds(folder), **done}, sort_keys=True, indent=1)
        write(path.parent / _SECONDS, f"{seconds}\n".encode(), _OWNER)
    except OSError:
        return None
    return path


def remembered_seconds(folder: Path) -> Mapping[str, float]:
    """Return the seconds each notebook of a client took when it last ran; empty when unknown."""
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
        known = json.loads((log_path(folder, "").parent / _SECONDS).read_text(encoding="utf-8"))
        return {str(stem): float(seconds) for stem, seconds in known.items()}
    return {}


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
