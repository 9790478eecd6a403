"""What a run publishes beside its notebooks: results.json, its lists, what what-ifs start from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lodestar.kernels.calls import call
from lodestar.provenance import RESULTS

__all__ = ["leave_results", "results_files"]

_FOLDER = "published"


def results_files(shared: Path) -> dict[str, bytes]:
    """Return results.json and what lies beside it, by path in the run.

    Parameters
    ----------
    shared : Path
        Folder in which the client's material lies, and in which the run's workbooks share the
        sections they compute.

    Raises
    ------
    FaultError, CallFailedError
        The results do not follow the shipped schema: a fault of ours; the place is named.
    CallDiedError
        The process that computed them was killed.
    """
    call(leave_results, str(shared))
    folder = shared / _FOLDER
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def leave_results(shared: str) -> None:
    """Compute the results of a run and leave them in its shared folder, in whatever process."""
    from lodestar.engagement.reads import traced
    from lodestar.run.tables import result_lists
    from lodestar.workbook.document import results_document
    from lodestar.workbook.material import shared_material
    from lodestar.workbook.sections import SharedResults
    from lodestar.workbook.what_ifs import carried

    folder = Path(shared)
    engagement = shared_material(folder)
    known = traced(engagement)
    content = _checked(results_document(known, SharedResults(known, folder)))
    lists = result_lists(json.loads(content))
    tables = {f"tables/{name}.csv": text.encode() for name, text in lists.items()}
    for path, own in {RESULTS: content, **tables, **carried(engagement)}.items():
        place = folder / _FOLDER / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(own)


def _checked(document: dict[str, Any]) -> bytes:
    """Return results as they are written: checked against the shipped schema, sorted, rounded."""
    from lodestar.schema.results import check_results

    check_results(document)
    text = json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
    return (text + "\n").encode()
