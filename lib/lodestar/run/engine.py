"""A papermill engine whose notebooks carry no clock, path, duration or random id."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["EXTENSION", "CellWatch", "DeterministicEngine"]

EXTENSION = "lodestar.kernels.extension"
INJECTED = "injected-parameters"

OnCell = Callable[[Any, int], None]


class DeterministicEngine:
    """Execute a notebook with nbclient so that the same inputs give the same bytes.

    Notes
    -----
    Registered with papermill as ``lodestar`` (``papermill --engine lodestar …``). It has no
    papermill base class on purpose: papermill imports its engines while it is being imported.
    Metadata that differ between two executions are never written: timings, paths, the id of the
    injected cell, the interpreter's patch level; widget ids come from the kernel extension.
    """

    @classmethod
    def execute_notebook(
        cls,
        nb: Any,
        kernel_name: str,
        output_path: str | None = None,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        on_cell: OnCell | None = None,
        env: dict[str, str] | None = None,
        kernel_manager_class: Any = None,
        **options: Any,
    ) -> Any:
        """Return the notebook, executed.

        Parameters
        ----------
        nb : NotebookNode
            Notebook with its parameters injected; changed in place.
        kernel_name : str
            Name of the kernel specification.
        start_timeout, execution_timeout : int
            Seconds to wait for the kernel, and for each cell (None: for ever).
        on_cell : callable, optional
            Called with each cell and its position before the cell runs.
        env : dict, optional
            Environment of the kernel; the process's own by default.
        kernel_manager_class : type, optional
            Another jupyter_client kernel manager.
        **options
            What papermill passes to every engine and this one does not need.
        """
        from papermill.clientwrap import PapermillNotebookClient

        _prepare(nb)
        own = {"kernel_manager_class": kernel_manager_class} if kernel_manager_class else {}
        client = PapermillNotebookClient(
            CellWatch(nb, on_cell or _ignore),
            timeout=execution_timeout,
            startup_timeout=start_timeout,
            kernel_name=kernel_name,
            record_timing=False,
            coalesce_streams=True,
            shutdown_kernel="immediate",
            extra_arguments=[f'--IPKernelApp.extensions=["{EXTENSION}"]'],
            **own,
        )
        client.execute(**({"env": env} if env else {}))
        _settle(nb)
        return nb

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """Return the kernel's name as papermill finds it."""
        from papermill.utils import nb_kernel_name

        return str(nb_kernel_name(nb, name))

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        """Return the notebook's language as papermill finds it."""
        from papermill.utils import nb_language

        return str(nb_language(nb, language))


class CellWatch:
    """What papermill's client tells while it runs; it writes nothing but a failure's mark."""

    def __init__(self, nb: Any, on_cell: OnCell) -> None:
        self.nb = nb
        self._on_cell = on_cell

    def cell_start(self, cell: Any, cell_index: int, **_: Any) -> None:
        """Pass on which cell is about to run."""
        self._on_cell(cell, cell_index)

    def cell_exception(self, cell: Any, **_: Any) -> None:
        """Mark the cell that failed: papermill reads this when the notebook ends."""
        cell.metadata["papermill"] = {"exception": True}

    def cell_complete(self, cell: Any, **_: Any) -> None:
        """Record nothing: a finished cell carries its outputs and no more."""

    def autosave_cell(self) -> None:
        """Save nothing while running: an executed notebook is written once, when it is whole."""


def _prepare(nb: Any) -> None:
    """Clear earlier outputs and give the injected cell an id that is always the same."""
    for cell in nb.cells:
        cell.metadata.pop("papermill", None)
        if cell.cell_type != "code":
            continue
        cell.outputs, cell.execution_count = [], None
        if INJECTED in cell.metadata.get("tags", []):
            cell.id = INJECTED


def _settle(nb: Any) -> None:
    """Drop what papermill and the kernel recorded about this one execution."""
    nb.metadata.pop("papermill", None)
    nb.metadata.get("language_info", {}).pop("version", None)
    for cell in nb.cells:
        if not cell.metadata.get("tags"):
            cell.metadata.pop("tags", None)


def _ignore(cell: Any, index: int) -> None:
    """Do nothing before a cell."""
