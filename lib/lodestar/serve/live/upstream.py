"""One client's live process as the front sees it, and how it is started."""

from __future__ import annotations

import asyncio
import itertools
import os
import secrets
import shutil
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from tornado.httpclient import HTTPRequest
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from lodestar.kernels.messages import Message
from lodestar.kernels.server import private_folder
from lodestar.provenance.disk import try_lock
from lodestar.serve.live.confine import open_to_others
from lodestar.serve.live.exchange import Door
from lodestar.serve.live.folder import LiveFolder
from lodestar.serve.live.limits import Limits, Weight
from lodestar.serve.live.names import DOOR, TOKEN_HEADER
from lodestar.serve.live.nurse import Nurse
from lodestar.serve.live.statics import FrontEnd
from lodestar.serve.live.users import free_user, kept_apart
from lodestar.serve.site import Site

__all__ = ["Starter", "Upstream"]

_BYTES = 32
_AGAIN = (0, 2, 6, 20)
"""Seconds before asking again to end a kernel that was not there: it may just be starting."""

_PATIENCE = 10.0
"""Seconds in which a live process must have ended a kernel."""


class Upstream:
    """One client's live process.

    Parameters
    ----------
    client : str
        Whose.
    base : str
        Address below which it answers, e.g. ``/c/demo/live/``.
    folder : LiveFolder
        Its folder.
    lease : Lease
        Its process; closing it ends the process.
    token : str
        What it asks for.
    """

    def __init__(self, client: str, base: str, folder: LiveFolder, lease: Any, token: str) -> None:
        self.client, self.base, self.folder, self.lease = client, base, folder, lease
        self.token = {TOKEN_HEADER: token}
        self.door = folder.own / DOOR
        self.weight = Weight(lease.pid)
        self.empty_since: float | None = None

    def is_alive(self) -> bool:
        """Tell whether its process runs."""
        return bool(self.lease.poll() is None)

    async def end_kernel(self, kernel: str) -> None:
        """Have it end a kernel, also one that is only just starting."""
        for pause in _AGAIN:
            await asyncio.sleep(pause)
            if await self._ended(kernel):
                return

    async def _ended(self, kernel: str) -> bool:
        """Ask it to end a kernel; tell whether there was one. That nobody answers is seen to."""
        request = HTTPRequest(
            f"http://live{self.base}api/kernels/{kernel}",
            method="DELETE",
            headers=self.token,
            request_timeout=_PATIENCE,
        )
        client = SimpleAsyncHTTPClient(force_instance=True, resolver=Door(path=self.door))
        try:
            return (await client.fetch(request, raise_error=False)).code != HTTPStatus.NOT_FOUND
        except OSError:
            return True
        finally:
            client.close()

    def end(self) -> None:
        """End its process and remove what it left."""
        self.lease.close()
        self.folder.remove()


class Starter:
    """Starts live processes, each with a folder, a token and, where possible, a user of its own.

    Parameters
    ----------
    site : Site
        The pages, whose looks the live ones share.
    data_root : Path
        Folder of clients.
    base : str
        The front's own base address, with a slash at both ends.
    limits : Limits
        Among them the users to choose from.
    tell : callable
        Gets each line for the person who runs the server.
    """

    def __init__(
        self, site: Site, data_root: Path, base: str, limits: Limits, tell: Callable[[str], None]
    ) -> None:
        self.front_end = FrontEnd(site.template / "front_end.txt")
        self._assets, self._data_root, self._base = site.assets.url(""), data_root, base
        self._limits, self._tell, self._said = limits, tell, False
        self._count = itertools.count()
        self.folder = private_folder()
        # Users of live processes have to get through, and see nothing on the way.
        self.folder.chmod(0o711)
        self._lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try_lock(self._lock)
        self.nurse = Nurse(self.folder)

    def start(self, client: str) -> Upstream:
        """Return a live process that listens.

        Raises
        ------
        NoProcessError
            There is none to be had.
        """
        folders: list[LiveFolder] = []
        token, base = secrets.token_urlsafe(_BYTES), f"{self._base}c/{client}/live/"

        def asked(apart: bool) -> Message:
            folders.append(self._folder(apart or open_to_others()))
            folders[0].hand_over(token)
            return self._request(folders[0], base)

        try:
            lease, answer = self.nurse.process(asked)
        except BaseException:
            for folder in folders:
                folder.remove()
            raise
        if not self._said:
            self._said = True
            self._tell(kept_apart(answer["without"]))
        return Upstream(client, base, folders[0], lease, token)

    def end(self) -> None:
        """End the process that live ones are forked from, and leave nothing behind."""
        self.nurse.end()
        os.close(self._lock)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _folder(self, own_user: bool) -> LiveFolder:
        number, limits = next(self._count), self._limits
        user = free_user(limits.first_user, limits.users, number) if own_user else None
        return LiveFolder(self.folder / str(number), user)

    def _request(self, folder: LiveFolder, base: str) -> Message:
        """Return what a live process is told; its token comes another way."""
        return {
            "root": str(folder.path),
            "base": base,
            "user": folder.user,
            "hidden": [str(self._data_root)],
            "resources": {
                "lodestar_assets": self._assets,
                "lodestar_front_end": base + self.front_end.path,
            },
        }
