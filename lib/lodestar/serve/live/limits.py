"""How much live what-ifs may take of the machine, and how it is measured."""

from __future__ import annotations

import contextlib
import os
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from lodestar.errors import InputError, Problem

__all__ = [
    "MEGABYTE",
    "Limits",
    "Weight",
    "available_memory",
    "checked_limits",
    "family",
    "memory_of",
]

MEGABYTE = 1 << 20
_PROC = Path("/proc")


@dataclass(frozen=True)
class Limits:
    """What is allowed at most.

    Parameters
    ----------
    copies, per_client, per_session : int
        Live copies at the same time: in all, of one client, of one session.
    client_bytes : int
        Memory of one client's processes; beyond it no copy opens, and at twice this its live
        process is ended.
    spare_bytes, copy_bytes : int
        Memory of the machine that stays free, and what a new copy is expected to take.
    left : float
        Seconds after which a copy ends that no page is connected to.
    rest, sleep : float
        Seconds without a touch after which a copy ends while others wait, and in any case.
    empty : float
        Seconds after which a live process without a copy ends.
    first_user, users : int
        Numbers of the UNIX users that live processes get, where the front runs as root.
    """

    copies: int = 24
    per_client: int = 16
    per_session: int = 10
    client_bytes: int = 1536 * MEGABYTE
    spare_bytes: int = 512 * MEGABYTE
    copy_bytes: int = 60 * MEGABYTE
    left: float = 8.0
    rest: float = 300.0
    sleep: float = 1800.0
    empty: float = 180.0
    first_user: int = 1_900_000_000
    users: int = 10_000


def checked_limits(copies: int, per_client: int, megabytes: int, minutes: int) -> Limits:
    """Return the limits that the person who runs the server asks for.

    Parameters
    ----------
    copies, per_client : int
        Live copies at the same time: in all, of one client.
    megabytes : int
        Memory of one client's processes.
    minutes : int
        Time without a touch after which a copy ends.

    Raises
    ------
    InputError
        One client may have more copies than there are in all, or more than its memory holds.
    """
    usual = Limits()
    size = megabytes * MEGABYTE
    if per_client > copies:
        raise InputError([_too_many("--live-copies", f"{copies} copies in all", per_client)])
    if per_client * usual.copy_bytes > size:
        raise InputError([_too_many("--live-memory", f"{megabytes} MB", per_client)])
    sleep = 60.0 * minutes
    return replace(
        usual,
        copies=copies,
        per_client=per_client,
        per_session=min(usual.per_session, per_client),
        client_bytes=size,
        rest=min(usual.rest, sleep),
        sleep=sleep,
    )


def _too_many(option: str, room: str, per_client: int) -> Problem:
    return Problem(
        code="live-limits",
        file=option,
        message=f"One client may have {per_client} live copies, which {room} cannot hold.",
        remedy=f"Raise {option}, or lower --live-per-client; a copy takes about 60 MB.",
    )


def available_memory() -> int:
    """Return how many bytes the machine can still give; unlimited where it does not say."""
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = (_PROC / "meminfo").read_text(encoding="ascii").splitlines()
        line = next(line for line in lines if line.startswith("MemAvailable:"))
        return int(line.split()[1]) * 1024
    return 1 << 62


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
                children[int(stat.rpartition(")")[2].split()[1])].append(int(folder.name))
    found = [pid]
    for one in found:
        found += children[one]
    return found


def memory_of(pid: int) -> int:
    """Return the bytes of a process and its descendants, each shared page counted in parts."""
    return sum(_proportional(one) for one in family(pid))


class Weight:
    """How much memory a process and its descendants take, weighed as seldom as will do.

    Parameters
    ----------
    pid : int
        The process.

    Notes
    -----
    To divide what they share the system goes through all of their pages, which takes 5 ms a
    process. So it is asked every few looks, and at once when what they hold in all has grown.
    """

    EVERY, GROWN = 5, 32 * MEGABYTE

    def __init__(self, pid: int) -> None:
        self.pid, self.bytes = pid, 0
        self._looks = self._held = 0

    def look(self) -> None:
        """Weigh, if it is time to."""
        held = sum(map(_resident, family(self.pid)))
        if self._looks % self.EVERY == 0 or held > self._held + self.GROWN:
            self.bytes, self._held, self._looks = memory_of(self.pid), held, 0
        self._looks += 1


def _resident(pid: int) -> int:
    """Return the bytes that a process holds, shared ones as if they were its own."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        pages = (_PROC / str(pid) / "statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _proportional(pid: int) -> int:
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = (_PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) * 1024
    return 0
