"""Kernels of a run: this interpreter, private sockets."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from lodestar.errors import FaultError

__all__ = ["Kernels"]

_PAUSE = 0.1


class Kernels:
    """The kernels of one run: they start this interpreter and talk through private sockets.

    Parameters
    ----------
    folder : Path
        Private folder for the sockets; keep its path short (the system allows about 100 bytes).

    Notes
    -----
    Sockets in a private folder need no port, so parallel kernels cannot collide on one; Windows
    has none and keeps to ports. A kernel specification of the user's is never consulted: it may
    name another Python, which lacks this package.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._started: list[Any] = []
        self._stopped = False

    def manager_class(self, name: str) -> type:
        """Return a kernel manager whose files carry this name, unique within the run."""
        from ipykernel.kernelspec import get_kernel_dict
        from jupyter_client.kernelspec import KernelSpec
        from jupyter_client.manager import AsyncKernelManager

        files, kernels = str(self.folder / f"{name}.json"), self
        transport = {} if sys.platform == "win32" else {"transport": "ipc"}

        class OwnKernelManager(AsyncKernelManager):
            def __init__(self, **kwargs: Any) -> None:
                if kernels._stopped:
                    raise FaultError("The run was stopped.")
                super().__init__(connection_file=files, **transport, **kwargs)
                kernels._started.append(self)

            @property
            def kernel_spec(self) -> KernelSpec:
                return KernelSpec(**get_kernel_dict())

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
