"""Verify a published run: untouched, and the same to the byte when executed again aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from lodestar.engagement import load
from lodestar.errors import FaultError
from lodestar.provenance import (
    MANIFEST,
    PublishedRun,
    changed_inputs,
    client_of,
    material,
    required_run,
    sources,
)
from lodestar.provenance.integrity import harmed_files
from lodestar.review.differing import CellDifference, FileDifference, differing_files, first_cell
from lodestar.schema import resources

__all__ = ["Execute", "Verification", "moved_parts", "verify"]

Execute = Callable[[str, str, Path], Path]
"""Runs a client's period in a data root and returns the published folder; the caller gives it."""

_SHOWN = 12
_NEEDED = ("framework", "seed", "code", "workbooks", "packages")
"""What a manifest names beside the inputs; a run can only be made again where all are the same."""


@dataclass(frozen=True)
class Verification:
    """What verifying a run found.

    Parameters
    ----------
    client, period, run : str
        Whose run, and its content hash.
    verdict : str
        ``reproduces`` (to the byte), ``differs``, or ``impossible`` to say here: see ``reason``.
    harmed : tuple of str
        Files that are not what the manifest names; found before anything is executed.
    inputs : tuple of str
        Input files that changed since; the run is then made again from what was kept.
    moved : mapping
        Part (``code``, ``packages``, …) to (needed, here), where they differ.
    reason : str
        Why the run cannot be made again here; empty when it was.
    files : tuple of FileDifference
        Every file that came out otherwise.
    cell : CellDifference or None
        The first cell that came out otherwise.
    """

    client: str
    period: str
    run: str
    verdict: Literal["reproduces", "differs", "impossible"]
    harmed: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    moved: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    reason: str = ""
    files: tuple[FileDifference, ...] = ()
    cell: CellDifference | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the verification as ``verify --json`` prints it."""
        return asdict(self)


def verify(
    client: str, execute: Execute, period: str = "", data_root: str | Path | None = None
) -> Verification:
    """Compare a published run with its manifest, then with an execution of the same material.

    Parameters
    ----------
    client, period, data_root
        Whose run; an empty period means the latest that is published.
    execute : callable
        ``(client, period, data_root) -> folder`` of a fresh run; it is handed a private copy of
        the material, and never sees the published run.

    Returns
    -------
    Verification
        ``reproduces`` only when every file is as the manifest says and came out the same again.

    Raises
    ------
    InputError
        Nothing is published.
    LodestarError
        The execution stopped; the message names the cell.
    """
    run = required_run(client, period, data_root)
    harmed = harmed_files(run.folder)
    if harmed == (MANIFEST,):
        reason = "its manifest was changed, so it does not say what the run was made from"
        return Verification(client, run.period, run.hash, "impossible", harmed, reason=reason)
    recorded = run.manifest()
    inputs = tuple(changed_inputs(client_of(run), recorded["inputs"]))
    found = Verification(client, run.period, run.hash, "impossible", harmed, inputs)
    with ExitStack() as stack:
        try:
            copy = stack.enter_context(material(run))
        except FaultError as error:
            return replace(found, reason=str(error))
        present = sources(load(copy.name, run.period, copy.parent), _workbooks())
        moved = moved_parts(recorded, present)
        if moved:
            return replace(found, moved=moved, reason="it needs what it was made with")
        return _compared(found, run, execute(copy.name, run.period, copy.parent))


def moved_parts(recorded: Mapping[str, Any], present: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a run needs and what is here instead, by part, where the two differ.

    Parameters
    ----------
    recorded : mapping
        The run's manifest.
    present : mapping
        ``lodestar.provenance.sources`` of the same inputs, here and now.

    Examples
    --------
    >>> moved_parts({"seed": 1, "packages": {"a": "1", "b": "1"}},
    ...             {"seed": 1, "packages": {"a": "1", "b": "2"}})
    {'packages': ('b 1', 'b 2')}
    """
    moved = {}
    for part in _NEEDED:
        needed, here = recorded.get(part), present.get(part)
        if needed != here:
            moved[part] = _told(needed, here), _told(here, needed)
    return moved


def _compared(found: Verification, run: PublishedRun, again: Path) -> Verification:
    published, fresh = _contents(run.folder), _contents(again)
    files, cell = differing_files(published, fresh), first_cell(published, fresh)
    same = not files and not found.harmed
    return replace(found, verdict="reproduces" if same else "differs", files=files, cell=cell)


def _contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a run by its path inside the folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _workbooks() -> list[Path]:
    return [p for p in resources.workbooks().glob("*.ipynb") if not p.name.startswith(".")]


def _told(mine: Any, other: Any) -> str:
    """Return one side of a part that differs, in the words that tell it from the other side."""
    if not isinstance(mine, Mapping):
        return "nothing" if mine is None else str(mine)
    if "version" in mine:
        id = f"{mine['id']} " if "id" in mine else ""
        return f"{id}{mine['version']} ({str(mine.get('sha256', ''))[:_SHOWN]})"
    theirs = other if isinstance(other, Mapping) else {}
    differing = [name for name in sorted(mine) if mine[name] != theirs.get(name)]
    return ", ".join(f"{name} {str(mine[name])[:_SHOWN]}" for name in differing) or "none of them"
