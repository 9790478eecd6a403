"""Where Jupyter finds kernels: this interpreter's own one comes first."""

from __future__ import annotations

from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

from lodestar.kernels.specification import NAME, kernel_specification

__all__ = ["OwnFirst", "OwnOnly"]


class OwnOnly(KernelSpecManager):
    """Knows one kernel: this interpreter, whatever specifications lie about on the machine."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return this interpreter's specification under any name."""
        return KernelSpec(**kernel_specification())

    def get_all_specs(self) -> dict[str, Any]:
        """Return the one specification."""
        return {"python3": {"resource_dir": "", "spec": kernel_specification()}}


class OwnFirst(KernelSpecManager):
    """Knows what Jupyter knows, but Python notebooks get this interpreter, forked when possible."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return this interpreter's specification, or another one by its name."""
        if kernel_name in ("python3", NAME):
            return KernelSpec(**kernel_specification())
        return super().get_kernel_spec(kernel_name)

    def get_all_specs(self) -> dict[str, Any]:
        """Return all specifications; this interpreter's stands for ``python3``."""
        found = {name: each for name, each in super().get_all_specs().items() if name != NAME}
        own = {"resource_dir": "", **found.get("python3", {}), "spec": kernel_specification()}
        return {**found, "python3": own}
