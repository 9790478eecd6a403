"""Landlock: a process gives up all files but some, and all of TCP, without any right to do so.

See the kernel's documentation, ``userspace-api/landlock``.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

__all__ = ["restrict"]

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION, _BENEATH = 1, 1
_EXECUTE, _WRITE, _READ_FILE, _READ_FOLDER, _TRUNCATE, _DEVICE = (
    1 << n for n in (0, 1, 2, 3, 14, 15)
)
_ON_FILES = _EXECUTE | _WRITE | _READ_FILE | _TRUNCATE | _DEVICE
_READ = _EXECUTE | _READ_FILE | _READ_FOLDER

_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
"""From which version on the kernel knows how many rights on files."""

_TCP = 0b11
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6
_SCOPES = 0b11
"""Abstract sockets of others, and signals to others."""

_LIBC = ctypes.CDLL(None, use_errno=True)


def restrict(read: Iterable[Path], write: Iterable[Path], devices: Iterable[Path]) -> bool:
    """Keep this process and all it starts to some folders and files; tell whether that worked.

    Parameters
    ----------
    read, write, devices : iterable of Path
        What may be read, what may be changed as well, and what may be read and written but not
        replaced; what is not there is passed over.
    """
    version = _LIBC.syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION)
    if version < 1:
        return False
    handled = (1 << max(count for since, count in _RIGHTS.items() if since <= version)) - 1
    rules = struct.pack("QQQ", handled, _TCP, _SCOPES)
    size = 24 if version >= _SCOPES_SINCE else 16 if version >= _NETWORK_SINCE else 8
    ruleset = _LIBC.syscall(_CREATE, rules, ctypes.c_size_t(size), 0)
    if ruleset < 0:
        return False
    try:
        for paths, rights in ((read, _READ), (write, handled), (devices, _WRITE | _READ_FILE)):
            for path in paths:
                _allow(ruleset, path, rights & handled)
        return bool(_LIBC.syscall(_RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        found = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    rights = rights if path.is_dir() else rights & _ON_FILES
    _LIBC.syscall(_ADD, ruleset, _BENEATH, struct.pack("=Qi", rights, found), 0)
    os.close(found)
