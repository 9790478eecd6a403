"""Execute one workbook and return its bytes, or say which cell failed and why."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from lodestar.errors import FaultError
from lodestar.kernels import Kernels
from lodestar.kernels.extension import NOTEBOOK
from lodestar.provenance import kernel_environment
from lodestar.run.repeatable import hazards
from lodestar.run.report import Failure
from lodestar.run.traces import traces
from lodestar.run.watch import Watch, death
from lodestar.schema.quick_start import import_jsonschema
from lodestar.workbook.sections import SHARED

__all__ = ["CELL_TIMEOUT", "WorkbookError", "code_cells", "execute_workbook"]

CELL_TIMEOUT = 300
"""Seconds a cell may take; a lost reply would otherwise be waited for without end."""

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class WorkbookError(FaultError):
    """A workbook stopped; ``failure`` names the cell and the cause.

    Parameters
    ----------
    failure : Failure
        What stopped.
    passing : bool
        Whether it may have been the machine's mood: another attempt is worth its time.
    """

    def __init__(self, failure: Failure, passing: bool = False) -> None:
        self.failure, self.passing = failure, passing
        super().__init__(str(failure))


def execute_workbook(
    path: Path,
    parameters: Mapping[str, Any],
    data_root: Path,
    kernels: Kernels,
    on_cell: Callable[[], None],
    timeout: int = CELL_TIMEOUT,
    *,
    name: str = "",
    environment: Mapping[str, str] | None = None,
    watch: Watch | None = None,
) -> bytes:
    """Return the executed notebook as bytes that depend on nothing but inputs and code.

    Parameters
    ----------
    path : Path
        The workbook, outputs stripped.
    parameters : mapping
        Injected after the cell tagged ``parameters``.
    data_root : Path
        Folder of the clients; reaches the kernel by its environment.
    kernels : Kernels
        Where the notebook's kernel starts.
    on_cell : callable
        Called before each code cell.
    timeout : int
        Seconds a cell may take.
    name : str
        Name of the kernel's files, unique among those running; the workbook's by default.
    environment : mapping, optional
        More of the kernel's environment: ``LODESTAR_SECTIONS``, ``LODESTAR_READS``.
    watch : Watch, optional
        Sees the kernel's end, and can kill it.

    Raises
    ------
    WorkbookError
        A cell cannot be repeated, failed, took too long, lost its kernel, or printed what differs
        on every machine.
    """
    import_jsonschema()
    from papermill.execute import execute_notebook

    _refuse_hazards(path)
    watch = watch or Watch()
    started: list[tuple[str, int]] = []

    def follow(cell: Any, index: int) -> None:
        if cell.cell_type == "code":
            started.append((str(cell.id), index))
            on_cell()

    began = time.time()
    try:
        notebook = execute_notebook(
            str(path),
            None,
            parameters=dict(parameters),
            engine_name="lodestar",
            progress_bar=False,
            execution_timeout=timeout,
            on_cell=follow,
            env={
                SHARED: str(kernels.folder),
                **kernel_environment(data_root),
                NOTEBOOK: path.stem,
                **(environment or {}),
            },
            kernel_manager_class=watch.over(kernels.manager_class(name or path.stem)),
        )
    except Exception as error:
        cell = started[-1][0] if started else ""
        cause, passing = _cause(error, timeout, watch)
        failure = Failure(path.stem, cell, cause, _number(path, cell))
        raise WorkbookError(failure, passing) from error
    folders = (str(data_root.resolve()), str(kernels.folder))
    return _as_bytes(notebook, path, folders, (began, time.time()))


def code_cells(path: Path) -> int:
    """Return how many code cells a workbook runs, the injected one counted."""
    return 1 + sum(cell.cell_type == "code" for cell in _cells(path))


def _cells(path: Path) -> list[Any]:
    import nbformat

    return list(nbformat.read(path, as_version=4).cells)


def _number(path: Path, cell: str) -> int | None:
    """Return the place of a cell in the workbook; None for the injected one."""
    ids = [str(each.get("id", "")) for each in _cells(path)]
    return ids.index(cell) + 1 if cell in ids else None


def _refuse_hazards(path: Path) -> None:
    """Raise for the first cell that asks the clock, chance or the machine."""
    found = hazards(_cells(path))
    if found:
        first = found[0]
        others = sorted({each.number for each in found[1:]} - {first.number})
        more = f" (likewise cell {', '.join(map(str, others))})" if others else ""
        raise WorkbookError(Failure(path.stem, first.cell, f"{first}{more}", first.number))


def _as_bytes(
    notebook: Any, path: Path, folders: tuple[str, ...], window: tuple[float, float]
) -> bytes:
    import nbformat

    for cell in notebook.cells:
        found = traces(cell, folders, window)
        if found:
            cause = f"its output carries {found[0]!r}, which differs on every machine or day"
            number = _number(path, str(cell.id))
            raise WorkbookError(Failure(path.stem, str(cell.id), cause, number))
    return (nbformat.writes(notebook) + "\n").encode()


def _cause(error: Exception, timeout: int, watch: Watch) -> tuple[str, bool]:
    """Return the cause in one line, and whether another attempt is worth its time."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    if isinstance(error, CellTimeoutError):
        return f"it took longer than {timeout} s and was stopped", True
    if isinstance(error, DeadKernelError) or watch.status is not None:
        return death(watch.status), True
    if not hasattr(error, "ename") and isinstance(error, RuntimeError):
        return f"its kernel did not start ({_first_line(error)})", True
    kind = str(getattr(error, "ename", type(error).__name__))
    line = _first_line(getattr(error, "evalue", error))
    if kind == "MemoryError":
        return f"memory ran out (MemoryError{f': {line}' if line else ''})", True
    return f"{kind}: {line}" if line else kind, False


def _first_line(message: object) -> str:
    """Return the first line of an error's message, without colours."""
    return next(iter(_COLOUR.sub("", str(message)).strip().splitlines()), "")
