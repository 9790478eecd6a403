"""What a live process can do at most: its own user, files and processes, no network, no new rights.

Each measure is taken where the system allows it; two of them keep the files apart, so that either
suffices.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import stat
import sys
from pathlib import Path

from lodestar.kernels.system import die_with
from lodestar.schema.resources import checkout
from lodestar.serve.live.landlock import restrict
from lodestar.serve.live.names import OWN, VIEW
from lodestar.serve.live.namespaces import View, drop_capabilities, enter, look_at

__all__ = ["FILES", "NETWORK", "USER", "can_be_apart", "confine", "open_to_others"]

USER, FILES, NETWORK = "user", "files", "network"
"""What a live process may have to do without: a user of its own, files kept apart, no network."""

_SYSTEM = (
    *("/usr", "/lib", "/lib64", "/lib32", "/bin", "/opt"),
    *("/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/etc/ssl", "/etc/alternatives"),
)
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_SHIPPED = ("pyproject.toml", "templates", "workbooks")
_NO_NEW_RIGHTS = 38
_FILES_OPEN, _PROCESSES, _FILE_BYTES = 2048, 2048, 1 << 30


def can_be_apart(place: Path) -> bool:
    """Tell whether the system lets a process like this one see only what it needs.

    Parameters
    ----------
    place : Path
        A folder to try it in, by a process that is thrown away.
    """
    tried = os.fork()
    if tried == 0:
        with contextlib.suppress(OSError):
            for folder in (place / VIEW, place / OWN):
                folder.mkdir(mode=0o755, exist_ok=True)
            enter(privileged=os.getuid() == 0)
            inside = os.fork()
            if inside:
                os._exit(os.waitstatus_to_exitcode(os.waitpid(inside, 0)[1]) & 0xFF)
            look_at(place / VIEW, _view(place, []))
            os._exit(0)
        os._exit(1)
    return os.waitpid(tried, 0)[1] == 0


def open_to_others() -> bool:
    """Tell whether any user may read the programs and libraries that this process runs."""
    for entry in (Path(__file__).resolve(), Path(os.__file__).resolve(), Path(sys.prefix)):
        for path in (entry, *entry.parents):
            mode = path.stat().st_mode
            wanted = stat.S_IXOTH if stat.S_ISDIR(mode) else stat.S_IROTH
            if not mode & wanted:
                return False
    return True


def confine(root: Path, user: int | None, hidden: list[str], apart: bool) -> list[str]:
    """Give up all that a live process has no need of; return what could not be given up.

    Parameters
    ----------
    root : Path
        Its folder; it may read all of it and write in one part.
    user : int or None
        Number of its UNIX user; None where it keeps this one.
    hidden : list of str
        Folders that it must not see, wherever they lie.
    apart : bool
        The system lets it see only what it needs.

    Returns
    -------
    list of str
        Of ``user``, ``files`` and ``network`` what is not as it should be.

    Notes
    -----
    Where processes are kept apart it returns in a child of the process that called it.
    """
    view = _view(root, hidden)
    if apart:
        _apart(root / VIEW, view)
    if user is not None:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    elif apart:
        drop_capabilities()
    _limit(own_user=user is not None)
    ctypes.CDLL(None).prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0)
    # Another user, another set of rights: what was arranged with the system counts no more.
    die_with(os.getppid())
    locked = restrict([*view.read, Path("/proc")], view.write, view.devices)
    # Landlock closes TCP, not datagrams.
    return [USER] * (user is None) + [FILES] * (not (apart or locked)) + [NETWORK] * (not apart)


def _apart(place: Path, view: View) -> None:
    """Keep files, processes and network apart: go on in a child, and end when it does."""
    parent = os.getppid()
    enter(privileged=os.getuid() == 0)
    first = os.fork()
    if first:
        die_with(parent)
        _, status = os.waitpid(first, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    die_with(0)
    look_at(place, view)


def _view(root: Path, hidden: list[str]) -> View:
    """Return where programs and libraries lie, and the one folder to work in."""
    home = checkout()
    shipped = [home / name for name in _SHIPPED] if home else []
    code = [Path(entry) for entry in sys.path if entry]
    read = (*map(Path, _SYSTEM), Path(sys.prefix), Path(sys.base_prefix), *code, *shipped, root)
    return View(read, (root / OWN,), tuple(map(Path, _DEVICES)), tuple(map(Path, hidden)))


def _limit(own_user: bool) -> None:
    """Limit what one process may take; processes are counted by user, so only of an own one."""
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: _FILES_OPEN,
        resource.RLIMIT_FSIZE: _FILE_BYTES,
        **({resource.RLIMIT_NPROC: _PROCESSES} if own_user else {}),
    }
    for kind, most in wanted.items():
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))
