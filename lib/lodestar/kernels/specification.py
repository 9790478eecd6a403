"""Specifications of kernels: this interpreter, forked where the system and the user allow it."""

from __future__ import annotations

import os
from typing import Any

from lodestar.kernels.system import unfit
from lodestar.provenance import PINNED

__all__ = ["CHOICE", "NAME", "ORDINARY", "PROVISIONER", "kernel_specification", "refused"]

NAME = "lodestar"
"""Name of the specification that is installed for papermill, Voila and JupyterLab."""

PROVISIONER = "lodestar-warm"
CHOICE, ORDINARY = "LODESTAR_KERNELS", "ordinary"
"""Environment variable by which a user forces ordinary kernels, and its value."""


def refused() -> str:
    """Return why no kernel may be forked here, as a clause; empty when one may."""
    if os.environ.get(CHOICE) == ORDINARY:
        return f"{CHOICE}={ORDINARY} asks for it"
    return unfit()


def kernel_specification(warm: bool = True) -> dict[str, Any]:
    """Return the specification of this interpreter's kernel.

    Parameters
    ----------
    warm : bool
        Let it be forked from a warm process where that is possible.

    Returns
    -------
    dict
        Keys of ``kernel.json``. Its environment is pinned: a warm process can serve only those
        who ask for the hash order and the thread counts that it was started with.
    """
    from ipykernel.kernelspec import get_kernel_dict

    specification: dict[str, Any] = {**get_kernel_dict(), "env": dict(PINNED)}
    if warm:
        chosen = {"kernel_provisioner": {"provisioner_name": PROVISIONER}}
        specification["metadata"] = {**specification.get("metadata", {}), **chosen}
    return specification
