"""Kernels of a run: this interpreter, private sockets, a pinned environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lodestar.errors import FaultError

__all__ = ["PINNED", "Kernels", "kernel_environment"]

PINNED = {
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONUTF8": "1",
}
"""What a kernel may not take from the machine: time zone, locale, hash order, sums in parallel."""


def kernel_environment(data_root: Path, base: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a kernel.

    Parameters
    ----------
    data_root : Path
        Folder of the clients; reaches the kernel as LODESTAR_DATA, absolute, so that no path has
        to stand in a notebook.
    base : mapping, optional
        Environment to start from; the process's own by default.
    """
    start = os.environ if base is None else base
    return {**start, **PINNED, "LODESTAR_DATA": str(data_root.resolve())}


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

    def kill(self) -> None:
        """Stop every kernel and start none again; whoever waits for one learns that it died."""
        self._stopped = True
        for manager in self._started:
            process = getattr(manager.provisioner, "process", None)
            if process is not None and process.poll() is None:
                process.kill()
