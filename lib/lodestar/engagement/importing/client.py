"""Import a client's raw files: read the mapping, run it, write the tables of its period."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lodestar.engagement.importing.mapping import read_mapping
from lodestar.engagement.importing.run import Import, run_mapping
from lodestar.engagement.importing.sources import read_source
from lodestar.engagement.places import client_folder
from lodestar.errors import InputError, Problem

__all__ = ["import_client", "import_tables"]

LEFT_OUT = "left_out.csv"


def import_client(
    client: str, mapping: str | Path | None = None, data_root: str | Path | None = None
) -> dict[str, int]:
    """Turn a client's raw files into the input tables of the mapping's period.

    Parameters
    ----------
    client : str
        The client's folder.
    mapping : str or Path, optional
        The mapping; ``source/mapping.yml`` in the client's folder by default.
    data_root : str or Path, optional
        Folder of clients.

    Returns
    -------
    dict of str to int
        Rows written by table. What was left out, with reasons, is written to ``left_out.csv``
        beside the mapping.

    Raises
    ------
    InputError
        The mapping or a raw file is wrong; nothing is written then.
    """
    folder = client_folder(client, data_root)
    path = Path(mapping) if mapping else folder / "source" / "mapping.yml"
    made = _run(path, client)
    target = folder / "inputs" / made.period
    target.mkdir(parents=True, exist_ok=True)
    for name, frame in made.tables.items():
        _write(frame, target / f"{name}.csv")
    _write(made.left_out, path.parent / LEFT_OUT)
    return {name: len(frame) for name, frame in made.tables.items()}


def import_tables(mapping_path: str | Path) -> dict[str, pd.DataFrame]:
    """Return the tables that a mapping makes of the raw files beside it.

    Parameters
    ----------
    mapping_path : str or Path
        The mapping file.

    Returns
    -------
    dict of str to DataFrame
        Cells as text, by name of the table.

    Raises
    ------
    InputError
        The mapping or a raw file is wrong: the problem names the place.
    """
    return dict(_run(Path(mapping_path)).tables)


def _run(path: Path, client: str = "") -> Import:
    """Return what the mapping makes; one that names another client is refused."""
    if not path.is_file():
        remedy = "Write one, as client_data/airport-passengers/source/mapping.yml does."
        place = f"{path.parent.name}/{path.name}"
        raise InputError([Problem("no-mapping", place, "There is no mapping here.", remedy)])
    plan = read_mapping(path)
    if client and plan.client and plan.client != client:
        message = "The mapping is written for another client."
        problem = Problem(
            code="mapping",
            file=plan.file,
            column="client",
            value=plan.client,
            message=message,
            remedy=f"Write '{client}', or name the other client.",
        )
        raise InputError([problem])
    used = {part.source for parts in plan.tables.values() for part in parts if part.source}
    raw = {name: read_source(path.parent, plan.sources[name]) for name in sorted(used)}
    return run_mapping(plan, raw)


def _write(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as the input files are written: UTF-8, commas, one line end everywhere."""
    path.write_text(frame.to_csv(index=False, lineterminator="\n"), encoding="utf-8", newline="")
