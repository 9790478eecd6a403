"""Kernels of a run: this interpreter, private sockets, forked where that is safe."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from lodestar.errors import FaultError
from lodestar.kernels.specification import kernel_specification, refused
from lodestar.kernels.words import ordinary_kernels

__all__ = ["Kernels", "warm_ahead"]

_PAUSE = 0.1


class Kernels:
    """The kernels of one run: they start this interpreter and talk through private sockets.

    Parameters
    ----------
    folder : Path
        Private folder for the sockets; keep its path short (the system allows about 100 bytes).
    warm : bool, optional
        Have kernels forked from a warm process, or not; by default where the system is fit for it
        and LODESTAR_KERNELS does not say ``ordinary``.

    Raises
    ------
    FaultError
        Warm kernels are asked for where there can be none: leave the choice to the system.

    Notes
    -----
    Sockets in a private folder need no port, so parallel kernels cannot collide on one; Windows
    has none and keeps to ports. A kernel specification of the user's is never consulted: it may
    name another Python, which lacks this package.
    """

    def __init__(self, folder: Path, warm: bool | None = None) -> None:
        reason = "the caller asks for it" if warm is False else refused()
        self.folder, self.warm = folder, not reason
        self.note = ordinary_kernels(reason) if reason else ""
        if warm and reason:
            raise FaultError(self.note)
        if self.warm:
            warm_ahead()
        self._started: list[Any] = []
        self._stopped = False

    def manager_class(self, name: str) -> type:
        """Return a kernel manager whose files carry this name, unique within the run."""
        from jupyter_client.kernelspec import KernelSpec
        from jupyter_client.manager import AsyncKernelManager

        from lodestar.kernels.client import PromptClient

        files, kernels = str(self.folder / f"{name}.json"), self
        transport = {} if sys.platform == "win32" else {"transport": "ipc"}

        class OwnKernelManager(AsyncKernelManager):
            def __init__(self, **kwargs: Any) -> None:
                if kernels._stopped:
                    raise FaultError("The run was stopped.")
                options = {"connection_file": files, "client_factory": PromptClient}
                super().__init__(**options, **transport, **kwargs)
                kernels._started.append(self)

            @property
            def kernel_spec(self) -> KernelSpec:
                return KernelSpec(**kernel_specification(kernels.warm))

        return OwnKernelManager

    def stop(self, waiting: Sequence[Future[Any]]) -> None:
        """Stop every kernel, also one that is only just starting, until nobody waits for any.

        Parameters
        ----------
        waiting : sequence of Future
            What runs on these kernels; each learns that its kernel died.
        """
        self._stopped = True
        for future in waiting:
            future.cancel()
        while not all(future.done() for future in waiting):
            for manager in self._started:
                process = getattr(manager.provisioner, "process", None)
                if process is not None and process.poll() is None:
                    process.kill()
            time.sleep(_PAUSE)


def warm_ahead() -> None:
    """Start the fork server where there may be one; it warms up beside what is done meanwhile."""
    from lodestar.kernels.server import NoKernelError, fork_server

    if not refused():
        # Whoever asks for a kernel is told, and gets an ordinary one.
        with contextlib.suppress(NoKernelError, OSError):
            fork_server()
