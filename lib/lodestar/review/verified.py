"""Words for what verifying a run found, as a reviewer reads them in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from lodestar.findings.words import plural
from lodestar.review.differing import CellDifference
from lodestar.review.verify import Verification

__all__ = ["verification_lines"]


def verification_lines(found: Verification) -> list[str]:
    """Return what was found: the verdict first, then each reason, then what to do.

    Parameters
    ----------
    found : Verification
        What ``verify`` returned.
    """
    return [_verdict(found), *_harmed(found), *_inputs(found), *_moved(found), *_came_out(found)]


def _verdict(found: Verification) -> str:
    run = f"{found.client} {found.period}, run {found.run[:12]}"
    if found.verdict == "reproduces":
        return f"{run}: reproduces to the byte."
    if found.verdict == "impossible":
        return f"{run}: cannot be made again here: {found.reason.rstrip('.')}."
    return f"{run}: does not reproduce."


def _harmed(found: Verification) -> Iterator[str]:
    if found.harmed:
        n = plural(len(found.harmed), "file")
        yield f"Changed since it was published, against its manifest: {n}: {_listed(found.harmed)}."


def _inputs(found: Verification) -> Iterator[str]:
    if found.inputs:
        n = plural(len(found.inputs), "input file")
        yield f"Changed since, after the run was made: {n}: {_listed(found.inputs)}."
        if found.verdict == "reproduces":
            yield "The run was made again from what was kept of its own inputs."


def _moved(found: Verification) -> Iterator[str]:
    for part, (needed, here) in found.moved.items():
        yield f"{part.capitalize()} needed: {needed}; here: {here}."
    if found.moved:
        yield "Verify where these are installed, or run again here and see `lodestar diff`."


def _came_out(found: Verification) -> Iterator[str]:
    if found.cell:
        yield from _cell(found.cell)
    if found.files:
        yield f"Came out otherwise: {plural(len(found.files), 'file')}:"
    yield from (f"  {difference.file}: {difference.what}" for difference in found.files)


def _cell(cell: CellDifference) -> Iterator[str]:
    place = f", cell {cell.number} ({cell.cell})" if cell.number else ""
    yield f"First difference: {cell.notebook}{place}, {cell.part}:"
    yield f"  published: {cell.published}"
    yield f"  again:     {cell.again}"


def _listed(names: tuple[str, ...], most: int = 12) -> str:
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + rest
