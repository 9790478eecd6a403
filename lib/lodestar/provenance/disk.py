"""Files that are on the disk whole or not there at all, and files that one process holds."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["sync", "try_lock", "write"]


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
