"""UNIX users of live processes: numbers that nobody has, and what is said of it."""

from __future__ import annotations

import contextlib
import os
import pwd
from pathlib import Path

from lodestar.serve.live.confine import FILES, NETWORK, USER

__all__ = ["free_user", "kept_apart"]

_PROC = Path("/proc")
_MISSING = {
    USER: "they run as the same user",
    FILES: "they could read what this user can",
    NETWORK: "they could reach the network",
}


def free_user(first: int, count: int, number: int) -> int | None:
    """Return the number of a UNIX user that nobody is; None where this process's own must do.

    Parameters
    ----------
    first, count : int
        The range to choose from.
    number : int
        Where in it to begin, so that numbers are not used again soon.
    """
    if os.getuid() != 0:
        return None
    taken = _running()
    for step in range(count):
        user = first + (number + step) % count
        if user not in taken and not _has_name(user) and _is_mapped(user):
            return user
    return None


def kept_apart(without: list[str]) -> str:
    """Return the sentence that says how far live what-ifs are kept apart on this machine.

    Examples
    --------
    >>> kept_apart([])
    'Live what-ifs: each client has its own process and user, sees its own files, and no network.'
    >>> kept_apart(["user"])
    'Live what-ifs: each client has its own process, but here they run as the same user.'
    """
    if not without:
        return (
            "Live what-ifs: each client has its own process and user, sees its own files, "
            "and no network."
        )
    missing = ", and ".join(_MISSING[each] for each in without)
    return f"Live what-ifs: each client has its own process, but here {missing}."


def _running() -> set[int]:
    found = set()
    for process in _PROC.iterdir():
        if process.name.isdigit():
            with contextlib.suppress(OSError):
                found.add(process.stat().st_uid)
    return found


def _has_name(user: int) -> bool:
    with contextlib.suppress(KeyError):
        return bool(pwd.getpwuid(user))
    return False


def _is_mapped(user: int) -> bool:
    """Tell whether this system knows the number; a container may know only the first few."""
    with contextlib.suppress(OSError, ValueError):
        for line in (_PROC / "self" / "uid_map").read_text(encoding="ascii").splitlines():
            first, _, count = map(int, line.split())
            if first <= user < first + count:
                return True
    return False
