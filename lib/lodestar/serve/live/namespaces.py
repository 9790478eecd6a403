"""Namespaces: a process sees a file system of its own, no network, and no process but its own.

As ``bubblewrap`` does it; see the manual pages ``namespaces(7)`` and ``pivot_root(2)``.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["View", "drop_capabilities", "enter", "look_at"]

_FILES, _USER, _PROCESSES, _NETWORK, _MESSAGES = (
    0x00020000,
    0x10000000,
    0x20000000,
    0x40000000,
    0x08000000,
)
_READ_ONLY, _NO_SUID, _NO_DEVICES, _NO_PROGRAMS = 1, 2, 4, 8
_AGAIN, _BIND, _ALL, _PRIVATE = 32, 4096, 16384, 1 << 18
_DETACH = 2
_PIVOT, _CAPSET = 155, 126
_CAPABILITIES = 0x20080522

_LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class View:
    """What a process may see: only read, change as well, use as devices; and not even where it is
    in one of those.
    """

    read: tuple[Path, ...]
    write: tuple[Path, ...]
    devices: tuple[Path, ...]
    hidden: tuple[Path, ...] = ()


def enter(privileged: bool) -> None:
    """Enter namespaces of this process's own; its children are in them, itself only in part.

    Parameters
    ----------
    privileged : bool
        This process has the right to; else it goes by a user namespace, where the system lets it.

    Raises
    ------
    OSError
        The system does not let it.
    """
    user, group = os.getuid(), os.getgid()
    kinds = _FILES | _PROCESSES | _NETWORK | _MESSAGES
    _check(_LIBC.unshare(kinds if privileged else kinds | _USER))
    if not privileged:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")


def look_at(place: Path, view: View) -> None:
    """Have a file system that holds some folders and files, each at its own path, and no other.

    Parameters
    ----------
    place : Path
        An empty folder, to build it in.
    view : View
        What can be seen of the system's files.

    Raises
    ------
    OSError
        The system does not let it.
    """
    mask = os.umask(0o022)
    _mount(None, Path("/"), None, _ALL | _PRIVATE)
    _mount("tmpfs", place, "tmpfs", _NO_SUID | _NO_DEVICES, "mode=0755,size=1m")
    for path in _outermost(view.read):
        _show(place, path, _READ_ONLY | _NO_SUID | _NO_DEVICES)
    for path in view.hidden:
        if (place / path.relative_to("/")).is_dir():
            _mount("tmpfs", place / path.relative_to("/"), "tmpfs", _READ_ONLY, "size=4k")
    for path in view.write:
        _show(place, path, _NO_SUID | _NO_DEVICES)
    for path in view.devices:
        _show(place, path, 0)
    (place / "proc").mkdir()
    _mount("proc", place / "proc", "proc", _NO_SUID | _NO_DEVICES | _NO_PROGRAMS)
    _mount(None, place, None, _AGAIN | _BIND | _READ_ONLY | _NO_SUID | _NO_DEVICES)
    os.chdir(place)
    _check(_LIBC.syscall(_PIVOT, b".", b"."))
    _check(_LIBC.umount2(b".", _DETACH))
    os.chdir("/")
    os.umask(mask)


def _outermost(paths: Iterable[Path]) -> list[Path]:
    """Return the paths that are there and lie in none of the others."""
    kept: list[Path] = []
    for path in sorted(paths):
        if path.exists() and not any(path.is_relative_to(one) for one in kept):
            kept.append(path)
    return kept


def drop_capabilities() -> None:
    """Give up what rights the namespaces brought."""
    head = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0)
    _check(_LIBC.syscall(_CAPSET, head, (ctypes.c_uint32 * 6)()))


def _show(place: Path, path: Path, flags: int) -> None:
    target = place / path.relative_to("/")
    if path.is_symlink():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(path.readlink())
        return
    if path.is_dir():
        target.mkdir(parents=True, exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    _mount(str(path), target, None, _BIND)
    if flags:
        _mount(None, target, None, _AGAIN | _BIND | flags)


def _mount(
    source: str | None, target: Path, kind: str | None, flags: int, options: str | None = None
) -> None:
    words = [None if word is None else word.encode() for word in (source, kind, options)]
    _check(_LIBC.mount(words[0], bytes(target), words[1], ctypes.c_ulong(flags), words[2]))


def _check(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
