"""What the disk refuses, in words: what happened, where, and how to mend it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lodestar.errors import FaultError
from lodestar.kernels.calls import CallDiedError, CallFailedError
from lodestar.run.watch import death

__all__ = ["in_short", "in_words"]

_FULL = ("the disk is full", "Free some space there")
_FORBIDDEN = (
    "this user may not write there",
    "Make the folder writable, or name another folder of clients with --data-root",
)
_WORDS = {
    errno.ENOSPC: _FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): _FULL,
    errno.EFBIG: (
        "the file is larger than this system lets it be",
        "Raise the limit (`ulimit -f unlimited`)",
    ),
    errno.EROFS: ("the disk is read-only", _FORBIDDEN[1]),
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EMFILE: ("too many files are open", "Raise the limit (`ulimit -n 4096`)"),
    errno.EIO: ("the disk reported an error", "Check the disk"),
}


@contextmanager
def in_words(folder: Path, standing: Path | None) -> Iterator[None]:
    """Turn what the disk refuses while a run is made into a fault that tells the remedy.

    Parameters
    ----------
    folder : Path
        The client's folder.
    standing : Path, optional
        The period's published run; None when there is none.

    Raises
    ------
    FaultError
        In place of an error of the system whose remedy is known.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _WORDS:
            raise
        cause, remedy = _WORDS[error.errno]
        place = _place(error, folder)
        earlier = "; the earlier run stands" if standing else ""
        raise FaultError(
            f"'{place}' could not be written: {cause}. {remedy}, then run again. "
            f"Nothing was published{earlier}."
        ) from error


def in_short(error: Exception) -> str:
    """Return an error in one line: its name and text, or how the process it was in died.

    Examples
    --------
    >>> in_short(ValueError("no number"))
    'ValueError: no number'
    >>> in_short(CallDiedError(-11))
    'its process crashed (SIGSEGV)'
    """
    if isinstance(error, CallDiedError):
        return death(error.status, "process")
    return str(error) if isinstance(error, CallFailedError) else f"{type(error).__name__}: {error}"


def _place(error: OSError, folder: Path) -> str:
    """Return where it happened, from the client's folder on."""
    path = Path(str(error.filename)) if error.filename else folder / "runs"
    inside = path.is_relative_to(folder.parent)
    return path.relative_to(folder.parent).as_posix() if inside else str(path)
