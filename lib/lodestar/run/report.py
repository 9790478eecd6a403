"""What a run did: published, unchanged or failed, and which cell failed and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

__all__ = ["Failure", "Progress", "RunReport", "silent"]

Progress = Callable[[str, int, int], None]
"""Called with what is being done, steps done and steps in all; may be called from any thread."""


def silent(doing: str, done: int, total: int) -> None:
    """Report no progress."""


@dataclass(frozen=True)
class Failure:
    """One workbook that stopped: the cell, and the cause in one line.

    Parameters
    ----------
    workbook : str
        File stem, e.g. ``02_level``.
    cell : str
        Id of the cell that stopped; empty when no cell had started.
    cause : str
        Kind of error and its message, or what was found wrong with the cell's output.
    """

    workbook: str
    cell: str
    cause: str

    def __str__(self) -> str:
        place = f"{self.workbook}, cell {self.cell}" if self.cell else self.workbook
        return f"{place}: {self.cause}"


@dataclass(frozen=True)
class RunReport:
    """The outcome of one run.

    Parameters
    ----------
    client, period : str
        Whose run it is.
    status : str
        ``published``; ``unchanged`` when the published run already holds the same material;
        ``failed`` when a workbook stopped, nothing was published and an earlier run stands.
    folder : Path or None
        The published run (its immutable folder); None when there is none.
    run : str
        Content hash of the published run; empty when there is none.
    executed, resumed : tuple of str
        Workbooks executed now, and those kept from an interrupted run of the same material.
    failures : tuple of Failure
        Empty unless the status is ``failed``.
    """

    client: str
    period: str
    status: Literal["published", "unchanged", "failed"]
    folder: Path | None
    run: str
    executed: tuple[str, ...] = ()
    resumed: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()

    @property
    def ok(self) -> bool:
        """Tell whether a complete run of this material stands published."""
        return self.status != "failed"

    def as_dict(self) -> dict[str, Any]:
        """Return the report as ``run --json`` prints it."""
        return {**asdict(self), "folder": str(self.folder) if self.folder else None, "ok": self.ok}
