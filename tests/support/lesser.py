"""Run a command where the system refuses namespaces, or Landlock as well; no right is needed.

``python lesser.py namespaces landlock -- command``
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys

__all__ = ["CALLS"]

CALLS = {
    "x86_64": {"namespaces": 272, "landlock": 444},
    "aarch64": {"namespaces": 97, "landlock": 444},
}
"""Numbers of ``unshare`` and ``landlock_create_ruleset``; see the manual page ``seccomp(2)``."""

_LOAD, _EQUAL, _RETURN, _ALLOWED, _REFUSED = 0x20, 0x15, 0x06, 0x7FFF0000, 0x00050001


def _refuse(numbers: list[int]) -> None:
    tests = [(_EQUAL, len(numbers) - at, 0, number) for at, number in enumerate(numbers)]
    steps = [(_LOAD, 0, 0, 0), *tests, (_RETURN, 0, 0, _ALLOWED), (_RETURN, 0, 0, _REFUSED)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    place = ctypes.addressof(code)
    whole = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), place))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(38, 1, 0, 0, 0)
    if libc.prctl(22, 2, whole, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the filter was not taken")


if __name__ == "__main__":
    end = sys.argv.index("--")
    calls = CALLS[os.uname().machine]
    _refuse([calls[name] for name in sys.argv[1:end]])
    os.execvp(sys.argv[end + 1], sys.argv[end + 1 :])
