"""A forked kernel: it is set up ahead, then waits for what its first request brings."""

from __future__ import annotations

import atexit
import contextlib
import json
import locale
import os
import random
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from lodestar.kernels.messages import receive, send

__all__ = ["CHANNELS", "become_kernel"]

CHANNELS = {"shell_port": 1, "stdin_port": 2, "control_port": 3, "iopub_port": 4, "hb_port": 5}
"""Each channel's number; its socket is the file of that number beside the others."""

_PRIVATE = 0o077
_EXTENSIONS = "--IPKernelApp.extensions="


def become_kernel(home: str, channel: socket.socket, first: dict[str, str]) -> None:
    """Set up a kernel, tell so, wait for a request, and serve until told to stop.

    Parameters
    ----------
    home : str
        Start of the paths of this kernel's files, in a private folder.
    channel : socket
        Brings the request: ``env``, ``cwd``, ``arguments`` and ``connection``.
    first : dict
        The environment before anything was imported: what is new since, libraries have set.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    open_to_others = os.umask(_PRIVATE)
    app = _kernel_app(home)
    os.umask(open_to_others)
    added = {name: text for name, text in os.environ.items() if first.get(name) != text}
    send(channel, {"ready": True})
    request = receive(channel)
    if request is None:
        os._exit(0)
    _apply(request, added)
    _adopt(app, request["connection"], request["arguments"])
    send(channel, {"taken": True})
    channel.close()
    app.start()


def _kernel_app(home: str) -> Any:
    """Return a kernel that listens on its own sockets."""
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance(
        transport="ipc",
        ip=home,
        connection_file=f"{home}.json",
        connection_dir=str(Path(home).parent),
        # No poller: the system ends this process with its parent. Nothing is printed either.
        parent_handle=1,
        **CHANNELS,
    )
    app.initialize(["--HistoryManager.hist_file=:memory:"])
    _hear_widgets()
    # The files belong to whoever asked for the kernel; the fork server clears its own away.
    atexit.unregister(app.cleanup_connection_file)
    Path(f"{home}.json").unlink(missing_ok=True)
    return app


def _hear_widgets() -> None:
    """Let pages ask for the state of all widgets at once.

    ipywidgets sees to it when a kernel imports it; here it was imported before there was a kernel.
    """
    widgets = sys.modules.get("ipywidgets")
    if widgets is not None:
        widgets.register_comm_target()


def _apply(request: dict[str, Any], added: dict[str, str]) -> None:
    """Take over the environment, folder, time zone, locale; make chance new."""
    os.environ.clear()
    os.environ.update(request["env"])
    for name, text in added.items():
        os.environ.setdefault(name, text)
    os.chdir(request["cwd"])
    time.tzset()
    with contextlib.suppress(locale.Error):
        locale.setlocale(locale.LC_CTYPE, "")
    tempfile.tempdir = None
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()


def _adopt(app: Any, connection: dict[str, Any], arguments: list[str]) -> None:
    """Speak with the owner's key, and load the extensions that were asked for.

    They load only now, for they read the environment.
    """
    app.session.key = connection["key"].encode()
    app.connection_file = connection["file"]
    app.shell.init_environment()
    sys.argv = [sys.argv[0], "-f", connection["file"], *arguments]
    for argument in arguments:
        if argument.startswith(_EXTENSIONS):
            app.extensions = json.loads(argument.removeprefix(_EXTENSIONS))
            app.init_extensions()
    sys.stdout.flush()
    sys.stderr.flush()
