"""Processes that draw the charts of all forked kernels: one engine's start instead of many."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lodestar.charts.converter import CONVERTER, serve
from lodestar.kernels.system import run_child

__all__ = ["converters"]

_KERNELS_EACH = 2
"""Cores to a converter: a kernel draws for less than half of its time."""


@contextmanager
def converters(folder: Path, let_go: Callable[[], None]) -> Iterator[None]:
    """Have charts drawn for the kernels that are forked meanwhile; they find where by themselves.

    Parameters
    ----------
    folder : Path
        Private; the socket lies in it.
    let_go : callable
        Closes, in a forked process, what is the fork server's.

    Notes
    -----
    An engine starts with the first chart that it draws. Should a process end, those that are left
    take its share; with none left, each kernel draws for itself.
    """
    place, server = folder / "v", os.getpid()
    processes = []
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place))
        listener.listen(128)
        for _ in range(max(1, len(os.sched_getaffinity(0)) // _KERNELS_EACH)):
            processes.append(os.fork())
            if processes[-1] == 0:
                run_child(lambda: _draw(listener, let_go), server, "lodestar-charts")
    os.environ[CONVERTER] = str(place)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _draw(listener: socket.socket, let_go: Callable[[], None]) -> None:
    let_go()
    serve(listener)
