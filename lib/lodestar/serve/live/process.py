"""A live process: confined first, then its own warm kernels, then Voila on a private socket."""

from __future__ import annotations

import os
import socket
import tempfile
from pathlib import Path

from lodestar.kernels.messages import Message, send
from lodestar.serve.live.confine import confine
from lodestar.serve.live.names import OWN, TOKEN
from lodestar.serve.live.warm import warm_kernels

__all__ = ["live"]


def live(connection: socket.socket, request: Message, apart: bool) -> None:
    """Be the live process of one client until told to end.

    Parameters
    ----------
    connection : socket
        To the front; takes one word once this process listens: ``pid`` and what it must do
        ``without``.
    request : dict
        ``root`` (its folder), ``base`` (its address below the front's), ``resources`` (addresses
        that its pages name), ``user`` (number of a UNIX user of its own, or None) and ``hidden``
        (folders that it must never see).
    apart : bool
        The system lets it see only what it needs.

    Notes
    -----
    The token is read after the process that kernels are forked from has left: no kernel has it in
    its memory, and the file is gone by then.
    """
    root, pid = Path(request["root"]), os.getpid()
    os.umask(0o077)
    without = confine(root, request["user"], request["hidden"], apart)
    own = root / OWN
    _settle(own)
    warm_kernels(connection)
    token = own / TOKEN
    secret = token.read_text(encoding="ascii")
    token.unlink()

    def ready() -> None:
        send(connection, {"pid": pid, "without": without})
        connection.close()

    from lodestar.serve.live.voila import LiveVoila

    app = LiveVoila(root, request["base"], secret, request["resources"], ready)
    app.initialize()
    app.start()


def _settle(own: Path) -> None:
    """Live in the own part of the folder: nothing can be written anywhere else."""
    for name in ("home", "tmp"):
        (own / name).mkdir(mode=0o700, exist_ok=True)
    os.chdir(own)
    os.environ.update(HOME=str(own / "home"), TMPDIR=str(own / "tmp"))
    tempfile.tempdir = str(own / "tmp")
