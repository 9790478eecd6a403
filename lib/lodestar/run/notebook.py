"""Execute one workbook and return its bytes, or say which cell failed and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from lodestar.errors import FaultError
from lodestar.provenance import kernel_environment
from lodestar.run.kernel import Kernels
from lodestar.run.kernel_extension import NOTEBOOK
from lodestar.run.report import Failure
from lodestar.schema.quick_start import import_jsonschema
from lodestar.workbook.sections import SHARED

__all__ = ["CELL_TIMEOUT", "WorkbookError", "code_cells", "execute_workbook", "traces"]

CELL_TIMEOUT = 300
"""Seconds a cell may take; a lost reply would otherwise be waited for without end."""

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]{6,}")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class WorkbookError(FaultError):
    """A workbook stopped; ``failure`` names the cell and the cause."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__(str(failure))


def execute_workbook(
    path: Path,
    parameters: dict[str, Any],
    data_root: Path,
    kernels: Kernels,
    on_cell: Callable[[], None],
    timeout: int = CELL_TIMEOUT,
) -> bytes:
    """Return the executed notebook as bytes that depend on nothing but inputs and code.

    Parameters
    ----------
    path : Path
        The workbook, outputs stripped.
    parameters : dict
        Injected after the cell tagged ``parameters``.
    data_root : Path
        Folder of the clients; reaches the kernel by its environment.
    kernels : Kernels
        Where the notebook's kernel starts.
    on_cell : callable
        Called before each code cell.
    timeout : int
        Seconds a cell may take.

    Raises
    ------
    WorkbookError
        A cell failed, took too long, lost its kernel, or printed what differs on every machine.
    """
    import_jsonschema()
    from papermill.execute import execute_notebook

    started: list[str] = []

    def watch(cell: Any, index: int) -> None:
        if cell.cell_type == "code":
            started.append(str(cell.id))
            on_cell()

    try:
        notebook = execute_notebook(
            str(path),
            None,
            parameters=parameters,
            engine_name="lodestar",
            progress_bar=False,
            execution_timeout=timeout,
            on_cell=watch,
            env={
                **kernel_environment(data_root),
                NOTEBOOK: path.stem,
                SHARED: str(kernels.folder),
            },
            kernel_manager_class=kernels.manager_class(path.stem),
        )
    except Exception as error:
        cell = started[-1] if started else ""
        raise WorkbookError(Failure(path.stem, cell, _cause(error, timeout))) from error
    return _as_bytes(notebook, path.stem, (str(data_root.resolve()), str(kernels.folder)))


def code_cells(path: Path) -> int:
    """Return how many code cells a workbook runs, the injected one counted."""
    import nbformat

    cells = nbformat.read(path, as_version=4).cells
    return 1 + sum(cell.cell_type == "code" for cell in cells)


def traces(cell: Any, paths: Iterable[str]) -> list[str]:
    """Return what in a cell's outputs would differ on another machine or at another time.

    Parameters
    ----------
    cell : NotebookNode
        An executed code cell.
    paths : iterable of str
        Folders of this machine that must not appear.
    """
    found = []
    for output in cell.get("outputs", []):
        text = "\n".join(_texts(output))
        found += [match.group().strip() for match in _ADDRESS.finditer(text)][:1]
        found += [path for path in paths if f"{path}/" in text]
    return found


def _texts(node: Any) -> Iterable[str]:
    """Yield every text of an output, however deep."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


def _as_bytes(notebook: Any, name: str, paths: tuple[str, ...]) -> bytes:
    import nbformat

    for cell in notebook.cells:
        found = traces(cell, paths)
        if found:
            cause = f"its output carries {found[0]!r}, which differs on every machine"
            raise WorkbookError(Failure(name, str(cell.id), cause))
    return (nbformat.writes(notebook) + "\n").encode()


def _cause(error: Exception, timeout: int) -> str:
    """Return the cause in one line: kind of error and its first line, without colours."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    if isinstance(error, CellTimeoutError):
        return f"it took longer than {timeout} s and was stopped"
    if isinstance(error, DeadKernelError):
        return "its kernel died (out of memory, or killed)"
    kind, message = getattr(error, "ename", type(error).__name__), getattr(error, "evalue", error)
    lines = _COLOUR.sub("", str(message)).strip().splitlines()
    return f"{kind}: {lines[0]}" if lines else str(kind)
