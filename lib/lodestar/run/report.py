"""What a run did: published, unchanged or failed, and which cell failed and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from lodestar.errors import FaultError

__all__ = ["Failure", "Progress", "RunFailedError", "RunReport", "silent"]

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all and what is being done; may be called from any thread."""


def silent(done: int, total: int, what: str) -> None:
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
    number : int, optional
        The cell's place in the workbook, all cells counted from 1.
    """

    workbook: str
    cell: str
    cause: str
    number: int | None = None

    def __str__(self) -> str:
        shown = self.cell if self.number is None else f"{self.number} ({self.cell})"
        place = f"{self.workbook}, cell {shown}" if self.cell else self.workbook
        return f"{place}: {self.cause}"


class RunFailedError(FaultError):
    """Workbooks stopped and nothing was published.

    Parameters
    ----------
    failures : iterable of Failure
        Each workbook that stopped, with its cell and cause.
    stands : bool
        Whether an earlier run of the period stands.
    """

    def __init__(self, failures: Iterable[Failure], stands: bool = False) -> None:
        self.failures, self.stands = tuple(sorted(failures, key=str)), stands
        listed = "".join(f"\n  {failure}" for failure in self.failures)
        earlier = "; the earlier run stands" if stands else ""
        super().__init__(f"Nothing was published{earlier}; what stopped:{listed}")


@dataclass(frozen=True)
class RunReport:
    """The outcome of a run.

    Parameters
    ----------
    client, period : str
        Whose run it is.
    status : str
        ``published``, or ``unchanged`` when the published run already holds the same material.
    folder : Path
        The run's immutable folder.
    executed, resumed, taken : tuple of str
        Workbooks executed now, those kept from an interrupted run of the same material, and those
        taken from the standing run because nothing they read has changed.
    note : str
        What people should know of how notebooks were executed, e.g. that each kernel had to start
        anew; empty when there is nothing.
    """

    client: str
    period: str
    status: Literal["published", "unchanged"]
    folder: Path
    executed: tuple[str, ...] = ()
    resumed: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    note: str = ""

    @property
    def run(self) -> str:
        """Return the content hash of the published run."""
        return self.folder.name

    def as_dict(self) -> dict[str, Any]:
        """Return the report as ``run --json`` prints it."""
        return {**asdict(self), "folder": str(self.folder), "run": self.run}
