"""Kernels for papermill, Voila and JupyterLab alike: forked from a warm process, or ordinary."""

from __future__ import annotations

import asyncio
import itertools
import os
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

from lodestar.kernels.lease import Lease
from lodestar.kernels.server import NoKernelError, Server, fork_server
from lodestar.kernels.specification import refused
from lodestar.kernels.words import ordinary_kernels, say_once

__all__ = ["WarmProvisioner"]

_KNOWN = ("--IPKernelApp.extensions=", "--HistoryManager.hist_file=:memory:")
_COUNT = itertools.count(1)


class WarmProvisioner(LocalProvisioner):
    """Starts a kernel by having one forked; does as an ordinary one where that cannot be.

    Notes
    -----
    The kernel's sockets lie in a private folder, so it needs no port, and no encryption either.
    Ended at once, it gets no chance to clean up, exactly as an ordinary kernel that is killed.
    """

    _server: Server | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Prepare the kernel's manager for private sockets, where a fork is possible."""
        try:
            arguments = list(kwargs.get("extra_arguments") or [])
            self._server = await asyncio.to_thread(_server, self.parent, arguments)
            _use_sockets(self.parent, self._server.folder)
        except NoKernelError as reason:
            self._ordinary(reason)
            return await super().pre_launch(**kwargs)
        kwargs["transport_encryption"] = "disabled"
        return {**await super().pre_launch(**kwargs), "arguments": arguments}

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Have a kernel forked, with the environment and folder that were asked for."""
        arguments, server = kwargs.pop("arguments", []), self._server
        if server is None:
            return await super().launch_kernel(cmd, **kwargs)
        request = {
            "env": kwargs["env"],
            "cwd": str(Path(kwargs.get("cwd") or Path.cwd()).resolve(strict=True)),
            "arguments": arguments,
            "connection": _connection(self.parent),
        }
        try:
            self.process: Any = await asyncio.to_thread(server.kernel, request)
        except NoKernelError as reason:
            self._ordinary(reason)
            return await super().launch_kernel(cmd, **kwargs)
        self.pid, self.pgid, self.cwd = self.process.pid, None, request["cwd"]
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End the kernel at once; there is no need to wait for the end."""
        if isinstance(self.process, Lease):
            self.process.close()
            self.process = None
        else:
            await super().kill(restart)

    async def cleanup(self, restart: bool = False) -> None:
        """Let go of a kernel that ended by itself."""
        if isinstance(self.process, Lease):
            self.process.close()
            self.process = None
        await super().cleanup(restart)

    def _ordinary(self, reason: NoKernelError) -> None:
        self._server = None
        say_once(ordinary_kernels(str(reason)))


def _server(manager: Any, arguments: list[str]) -> Server:
    """Return the fork server, where it can do what is asked."""
    reason = refused()
    if not reason and any(not argument.startswith(_KNOWN) for argument in arguments):
        reason = "an option was given that only a new one can take"
    if not reason and manager.transport_encryption == "required":
        reason = "encryption is required, which private sockets have no need of"
    if not reason and manager.transport != "ipc" and manager.shell_port:
        reason = "this one was started that way"
    if reason:
        raise NoKernelError(reason)
    return fork_server()


def _use_sockets(manager: Any, folder: Path) -> None:
    """Have the manager look for sockets in a private folder, if it does not do so already."""
    manager.cache_ports = False
    if manager.transport != "ipc":
        manager.transport = "ipc"
        manager.ip = str(folder / f"c{os.getpid()}-{next(_COUNT)}")


def _connection(manager: Any) -> dict[str, Any]:
    """Return where the manager looks for the kernel's sockets, and the key it signs with."""
    info = manager.get_connection_info()
    return {**info, "key": info["key"].decode(), "file": os.path.realpath(manager.connection_file)}
