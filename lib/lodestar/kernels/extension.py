"""IPython extension of batch kernels: what is made up by chance, they take from the notebook."""

from __future__ import annotations

import hashlib
import itertools
import os
import random
import warnings
from pathlib import PurePath
from typing import Any

from lodestar.kernels.tamed import tame_displays

__all__ = ["load_ipython_extension"]

NOTEBOOK = "LODESTAR_NOTEBOOK"
"""Environment variable with the notebook's name: ids never repeat across notebooks of a page."""

_NEVER = 3600.0
_SEED = 0


def load_ipython_extension(shell: Any) -> None:
    """Make widget ids, names of cells, warnings and chance depend on the notebook alone.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
        The kernel's shell.
    """
    notebook = os.environ.get(NOTEBOOK, "")
    _number_comms(notebook)
    shown = itertools.count()
    tame_displays(shell, lambda: _digest(f"{notebook}/shown/{next(shown)}")[:12])
    _flush_once()
    _seed_once(shell.events)
    shell.compile.get_code_name = _code_name
    warnings.formatwarning = _format_warning


def _number_comms(notebook: str) -> None:
    """Give comms (and so widgets) ids by notebook and order of making, instead of random ones.

    ``comm.create_comm`` is documented as a function to be replaced; ipykernel has replaced it by
    the time extensions load.
    """
    import comm

    create, count = comm.create_comm, itertools.count()

    def numbered(*args: Any, **kwargs: Any) -> Any:
        if not kwargs.get("comm_id"):
            kwargs["comm_id"] = _digest(f"{notebook}/{next(count)}")
        return create(*args, **kwargs)

    comm.create_comm = numbered


def _flush_once() -> None:
    """Send printed text when a cell ends or displays something, not by the clock."""
    from ipykernel.iostream import OutStream

    OutStream.flush_interval = _NEVER


def _seed_once(events: Any) -> None:
    """Start the generators that everybody shares from the same state before the first cell.

    Not sooner: a kernel draws a tip for its greeting whenever it is asked whether it is there.
    """

    def seed(info: Any) -> None:
        import numpy

        events.unregister("pre_run_cell", seed)
        random.seed(_SEED)
        numpy.random.seed(_SEED)

    events.register("pre_run_cell", seed)


def _code_name(raw_code: str, code: str, number: int) -> str:
    """Return a file name for a cell that depends on its text, not on a process or a folder."""
    return f"<cell {_digest(raw_code)[:12]}>"


def _format_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    line: str | None = None,
) -> str:
    """Return a warning without the machine's paths and without line numbers of installed files."""
    return f"{PurePath(filename).name}: {category.__name__}: {message}\n"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
