"""What the system must offer before processes are forked, and how none outlives its parent."""

from __future__ import annotations

import atexit
import ctypes
import os
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

__all__ = ["die_with", "peer", "rename_process", "run_child", "threads", "unfit"]

_PDEATHSIG, _NAME = 1, 15
"""Numbers of Linux's prctl: the signal at the parent's death, and the name that `ps` shows."""


def unfit() -> str:
    """Return why this system cannot fork kernels safely; empty where it can.

    Notes
    -----
    macOS forks, but its frameworks may not be used in a child; Windows does not fork at all.
    """
    if sys.platform != "linux":
        return "this system cannot fork them safely"
    if not hasattr(os, "pidfd_open"):
        return "this Python cannot hold on to processes safely"
    if not Path("/proc/self/task").is_dir():
        return "/proc, which shows what runs, is not mounted"
    return ""


def threads() -> int:
    """Return how many threads the system counts in this process, those of libraries included."""
    return sum(1 for _ in Path("/proc/self/task").iterdir())


def die_with(parent: int) -> None:
    """Have the system kill this process when its parent dies, whatever it is doing then.

    Parameters
    ----------
    parent : int
        Process id; only a parent with one thread will do, for the system goes by the thread.
    """
    ctypes.CDLL(None, use_errno=True).prctl(_PDEATHSIG, int(signal.SIGKILL))
    if os.getppid() != parent:
        os._exit(1)


def rename_process(name: str) -> None:
    """Give this process a name of up to 15 letters in lists of processes."""
    ctypes.CDLL(None).prctl(_NAME, name.encode()[:15])


def peer(connection: socket.socket) -> int:
    """Return the process at the other end of a local connection, as the system knows it."""
    kind = struct.calcsize("3i")
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, kind)
    return int(struct.unpack("3i", credentials)[0])


def run_child(work: Callable[[], None], parent: int, name: str) -> NoReturn:
    """Do the work of a process that was just forked; whatever happens, never return to its caller.

    Parameters
    ----------
    work : callable
        What it does.
    parent : int
        Process id of who forked it; it does not outlive that.
    name : str
        What lists of processes call it.
    """
    status = 1
    try:
        os.setsid()
        die_with(parent)
        rename_process(name)
        work()
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 0
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        atexit._run_exitfuncs()
        os._exit(status)
