"""Open JupyterLab on a client's own copies of the workbooks, ready for Run All Cells."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lodestar.engagement import load
from lodestar.provenance import digest
from lodestar.schema import resources
from lodestar.schema.quick_start import import_jsonschema

__all__ = ["LabCommand", "copy_workbooks", "lab_command", "open_lab"]

WRITTEN = "lodestar"
"""Notebook metadata: the digest of the cells as written, to tell a consultant's edits from ours."""


@dataclass(frozen=True)
class LabCommand:
    """How to start JupyterLab: arguments and environment."""

    arguments: tuple[str, ...]
    environment: dict[str, str]


def open_lab(client: str, period: str = "", data_root: str | Path | None = None) -> int:
    """Open JupyterLab on a client's workbooks and return its status when it ends.

    Raises
    ------
    InputError
        The client's material has problems: mend them first.
    """
    command = lab_command(client, period, data_root)
    return subprocess.run(command.arguments, env=command.environment, check=False).returncode


def lab_command(
    client: str,
    period: str = "",
    data_root: str | Path | None = None,
    workbooks: Path | None = None,
) -> LabCommand:
    """Return the command that opens JupyterLab, once the client's copies are in place.

    Parameters
    ----------
    client, period, data_root
        Whose material; an empty period means the latest.
    workbooks : Path, optional
        Folder of notebooks; the shipped ones by default.

    Returns
    -------
    LabCommand
        Opens ``client_data/<client>/lab/<period>`` with LODESTAR_DATA set for its kernels.
    """
    engagement = load(client, period, data_root)
    home = engagement.folder or Path()
    folder = home / "lab" / engagement.period.id
    copy_workbooks(
        workbooks or resources.workbooks(),
        folder,
        {"client": engagement.settings.client, "period": engagement.period.id},
    )
    arguments = (
        *(sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"),
        "--ServerApp.kernel_spec_manager_class=lodestar.kernels.finder.OwnFirst",
    )
    return LabCommand(arguments, {**os.environ, "LODESTAR_DATA": str(home.parent.resolve())})


def copy_workbooks(source: Path, folder: Path, parameters: dict[str, str]) -> list[str]:
    """Write each workbook with these parameters as its defaults, sparing what was edited.

    Parameters
    ----------
    source : Path
        Folder of notebooks.
    folder : Path
        Where the copies go; made when missing.
    parameters : dict
        New values of parameters of the cell tagged ``parameters``.

    Returns
    -------
    list of str
        Names of copies that a person has edited and that were left as they are.
    """
    import_jsonschema()
    import nbformat

    folder.mkdir(parents=True, exist_ok=True)
    kept = []
    for path in sorted(source.glob("*.ipynb")):
        copy = folder / path.name
        if copy.exists() and _edited(nbformat.read(copy, as_version=4)):
            kept.append(path.name)
            continue
        notebook = _with_parameters(nbformat.read(path, as_version=4), parameters)
        notebook.metadata[WRITTEN] = {"written": _written(notebook)}
        copy.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    return kept


def _with_parameters(notebook: Any, parameters: dict[str, str]) -> Any:
    """Change the defaults in the parameters cell; their types and explanations stay."""
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            for name, value in parameters.items():
                line = re.compile(rf'^({name}: str = )"[^"]*"', re.MULTILINE)
                cell.source = line.sub(rf'\g<1>"{value}"', cell.source)
    return notebook


def _edited(notebook: Any) -> bool:
    """Tell whether a copy's cells are no longer what was written."""
    return bool(notebook.metadata.get(WRITTEN, {}).get("written") != _written(notebook))


def _written(notebook: Any) -> str:
    return digest([[cell.cell_type, cell.source] for cell in notebook.cells])[:16]
