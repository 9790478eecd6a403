"""The owner's side of the fork server: start it once a process, ask it for kernels, end it."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from weakref import WeakSet

from lodestar.kernels.lease import Lease
from lodestar.kernels.messages import receive, send
from lodestar.provenance import PINNED
from lodestar.provenance.disk import try_lock

__all__ = [
    "NoKernelError",
    "Server",
    "adopt",
    "fork_server",
    "private_folder",
    "standing_server",
]

_PREFIX = "lodestar-"
_LONGEST = 80
"""Characters of a folder's path; the system allows about 107 for a socket in it."""

_FIXED = ("PYTHON", "LD_", "OMP_", "OPENBLAS_", "MKL_")
"""Starts of names that a program reads once, when it starts."""

_QUIET = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}
"""Imported ahead, the debugger would warn of files that it is never asked about."""

PATIENCE = 60.0
"""Seconds to wait for a kernel; warming up takes a few."""


class NoKernelError(Exception):
    """The fork server gives no kernel; the text is a clause that says why."""


class Server:
    """A fork server of this process.

    Notes
    -----
    It ends with this process, also when that is killed: it reads from a socket whose other end
    this process holds.
    """

    def __init__(self) -> None:
        self.code, self._gave = _newest_code(), False
        self._leases: WeakSet[Lease] = WeakSet()
        self.environment = {**os.environ, **PINNED, **_QUIET}
        self.folder = private_folder()
        self._lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try_lock(self._lock)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(self.folder / "s"))
        listener.listen(128)
        self._leash, theirs = socket.socketpair()
        self.process = self._start(listener, theirs)
        for file in (listener, theirs):
            file.close()

    def _start(self, *sockets: socket.socket) -> subprocess.Popen[bytes]:
        numbers = [*(file.fileno() for file in sockets), self._lock]
        return subprocess.Popen(
            [sys.executable, "-m", "lodestar.kernels.zygote", str(self.folder), *map(str, numbers)],
            pass_fds=numbers,
            stdin=subprocess.DEVNULL,
            cwd=self.folder,
            env=self.environment,
            start_new_session=True,
        )

    def kernel(self, request: Mapping[str, Any]) -> Lease:
        """Return a kernel that was given this request.

        Parameters
        ----------
        request : mapping
            ``env``, ``cwd``, ``arguments`` and ``connection``.

        Raises
        ------
        NoKernelError
            There is none to be had: start an ordinary one.
        """
        self._check(request["env"])
        connection = self.connect()
        try:
            send(connection, dict(request))
            answer = receive(connection)
        except OSError as error:
            connection.close()
            raise NoKernelError(
                f"the process to fork them from does not answer ({error})"
            ) from None
        if answer is None or "pid" not in answer:
            connection.close()
            reason = (answer or {}).get("refused", "the process to fork them from ended")
            raise NoKernelError(reason)
        lease = Lease(connection, answer["pid"])
        self._gave = True
        self._leases.add(lease)
        return lease

    def connect(self) -> socket.socket:
        """Return a connection; what is asked for over it lives while that is open.

        Raises
        ------
        NoKernelError
            The server is gone.
        """
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(PATIENCE)
        try:
            connection.connect(str(self.folder / "s"))
        except OSError as error:
            connection.close()
            raise NoKernelError(
                f"the process to fork them from does not answer ({error})"
            ) from None
        return connection

    def _check(self, environment: Mapping[str, str]) -> None:
        """Refuse what only a new interpreter can do."""
        ours = self.environment
        for name in sorted({*environment, *ours}):
            if name.startswith(_FIXED) and environment.get(name) != ours.get(name):
                raise NoKernelError(f"{name} is read only when Python starts")

    def is_current(self) -> bool:
        """Tell whether it runs, and the code it has loaded is the code as it stands."""
        return self.process.poll() is None and self.code == _newest_code()

    def is_done(self) -> bool:
        """Tell whether it ended, or serves no kernel."""
        return self.process.poll() is not None or all(
            lease.poll() is not None for lease in list(self._leases)
        )

    def is_stillborn(self) -> bool:
        """Tell whether it ended and never gave a kernel: the next one would do the same."""
        ended = self.process.poll() is not None and not self._gave
        return ended and self.code == _newest_code()

    def end(self) -> None:
        """End it and all its kernels; leave nothing behind."""
        self._leash.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        with contextlib.suppress(OSError):
            os.close(self._lock)
        shutil.rmtree(self.folder, ignore_errors=True)


def fork_server() -> Server:
    """Return this process's fork server, started when there is none yet.

    Notes
    -----
    When Lodestar's own code has changed since, as happens beside an open JupyterLab, a new server
    takes over and the old one serves its kernels to their end.
    """
    with _GUARD:
        server = _SERVERS[-1] if _SERVERS else None
        if server and server.is_stillborn():
            raise NoKernelError("the process to fork them from did not come up")
        if server is None or not server.is_current():
            server = Server()
            _SERVERS.append(server)
        for old in [each for each in _SERVERS if each is not server and each.is_done()]:
            _SERVERS.remove(old)
            old.end()
        return server


def standing_server() -> Server | None:
    """Return this process's fork server if one runs and its code is the code as it stands."""
    with _GUARD:
        server = _SERVERS[-1] if _SERVERS else None
        return server if server and server.is_current() else None


def adopt(server: Server) -> None:
    """Have this process's kernels forked by a server that was started in another way."""
    with _GUARD:
        _SERVERS.append(server)


_GUARD = threading.Lock()
_SERVERS: list[Server] = []


@atexit.register
def _end_all() -> None:
    while _SERVERS:
        _SERVERS.pop().end()


def _forget_all() -> None:
    """In a forked process: what the parent started is the parent's."""
    global _GUARD
    _GUARD = threading.Lock()
    _SERVERS.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)


def _newest_code() -> int:
    """Return when the package's code last changed, in nanoseconds."""
    package = Path(__file__).parents[1]
    return max(file.stat().st_mtime_ns for file in package.rglob("*.py"))


def private_folder() -> Path:
    """Return a new private folder with a short path; folders that nobody uses any more are removed.

    Whoever uses it holds a lock on the file ``lock`` in it.

    Raises
    ------
    NoKernelError
        Every folder for temporary files has too long a path.
    """
    for place in (Path(tempfile.gettempdir()), Path("/tmp")):
        if len(str(place)) <= _LONGEST and place.is_dir():
            _sweep(place)
            return Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
    raise NoKernelError("the path of the folder for temporary files is too long")


def _sweep(place: Path) -> None:
    """Remove folders of servers that were killed together with whoever started them."""
    for lock in place.glob(f"{_PREFIX}*/lock"):
        with contextlib.suppress(OSError):
            held = os.open(lock, os.O_RDWR)
            try:
                if lock.stat().st_uid == os.getuid() and try_lock(held):
                    shutil.rmtree(lock.parent, ignore_errors=True)
            finally:
                os.close(held)
