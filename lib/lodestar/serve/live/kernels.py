"""Kernels of a live process: named by the front, given the files of one published run."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from lodestar.provenance import RESULTS, kernel_environment
from lodestar.serve.live.names import LOST, NOTEBOOKS
from lodestar.workbook.sections import REVIEWED

__all__ = ["LiveChannels", "LiveKernels"]


class LiveKernels(AsyncMappingKernelManager):
    """Kernels under the names that the front gives them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.sockets: defaultdict[str, set[LiveChannels]] = defaultdict(set)

    async def start_kernel(self, *, kernel_id: str | None = None, **options: Any) -> str:
        """Start the kernel that the page's address names.

        Notes
        -----
        The kernel works in an empty folder and gets the pinned environment and the reviewed
        results; what a browser asked for reaches it only as the query string.
        """
        name, run = options["env"]["SCRIPT_NAME"].split("/")[-3:-1]
        folder = Path(self.parent.root) / NOTEBOOKS / run
        options |= {
            "path": None,
            "cwd": self.parent.connection_dir,
            "env": {
                **kernel_environment(folder / "data", options["env"]),
                REVIEWED: str(folder / RESULTS),
            },
        }
        return str(await super().start_kernel(kernel_id=name, **options))

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel, and tell the pages that look at it."""
        for socket in list(self.sockets.pop(kernel_id, ())):
            socket.close(LOST, "the kernel ended")
        return super().remove_kernel(kernel_id)


class LiveChannels(VoilaKernelWebsocketHandler):
    """A page's connection to its kernel, closed when the kernel ends."""

    async def open(self, kernel_id: str) -> None:
        """Note the connection."""
        await super().open(kernel_id)
        self.kernel_manager.sockets[kernel_id].add(self)

    def on_close(self) -> None:
        """Forget the connection."""
        for sockets in self.kernel_manager.sockets.values():
            sockets.discard(self)
        super().on_close()
