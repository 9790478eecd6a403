"""Files that are on the disk whole or not there at all, and files that one process holds."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path

__all__ = ["PrivateFolder", "sync", "try_lock", "write"]

_HELD = "lodestar.lock"
_YOUNG = 60.0
"""Seconds after which a folder without a holder is left over, and not just being made."""


def write(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file so that its name stands for the whole content or does not exist.

    Parameters
    ----------
    path : Path
        The file; its folder is made when it is missing.
    content : bytes
        All of it.
    mode : int
        Who may read it, before the process's own mask.

    Notes
    -----
    The content reaches the disk before the name does. Whoever needs the name itself to survive a
    loss of power calls ``sync`` on the folder, once for all that was written there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


class PrivateFolder:
    """A folder for temporary files that nobody else may read; it goes when it is closed.

    Parameters
    ----------
    prefix : str
        Start of its name.

    Notes
    -----
    When this process is killed, whoever makes the next folder of that prefix removes it: its holder
    has a lock on a file in it, which ends with the holder.
    """

    def __init__(self, prefix: str = "ls-") -> None:
        place = Path(tempfile.gettempdir())
        _sweep(place, prefix)
        self.path = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
        self._lock = os.open(self.path / _HELD, os.O_RDWR | os.O_CREAT, 0o600)
        try_lock(self._lock)

    def close(self) -> None:
        """Remove it; what cannot be removed now is removed with what others left."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1
            shutil.rmtree(self.path, ignore_errors=True)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.close()


def _sweep(place: Path, prefix: str) -> None:
    """Remove this user's folders whose holders are gone."""
    for lock in place.glob(f"{prefix}*/{_HELD}"):
        with contextlib.suppress(OSError):
            about = lock.stat()
            own = not hasattr(os, "getuid") or about.st_uid == os.getuid()
            if own and time.time() - about.st_mtime > _YOUNG:
                held = os.open(lock, os.O_RDWR)
                free = try_lock(held)
                os.close(held)
                if free:
                    shutil.rmtree(lock.parent, ignore_errors=True)


def sync(path: Path) -> None:
    """Bring a file, or a folder's list of names, to the disk; Windows syncs no folders."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def try_lock(handle: int) -> bool:
    """Take an exclusive lock on an open file without waiting; tell whether it was free.

    Parameters
    ----------
    handle : int
        The open file's number; the lock lasts while any process has that file open.
    """
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
