"""JupyterLab's copies. Oracle: the parameters cell, and what a person changed by hand."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from lodestar.serve.lab import copy_workbooks, lab_command
from tests.support.clients import NOTEBOOKS, small_client

CHOSEN = {"client": "small", "period": "2026-Q4"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy_workbooks(NOTEBOOKS, tmp_path, CHOSEN)
    return tmp_path


def parameters(path: Path) -> str:
    (cell,) = [
        cell
        for cell in nbformat.read(path, as_version=4).cells
        if "parameters" in cell.metadata.get("tags", [])
    ]
    return str(cell.source)


def test_the_client_and_period_are_the_defaults(folder: Path) -> None:
    assert parameters(folder / "good.ipynb").splitlines() == [
        'client: str = "small"  # folder in client_data',
        'period: str = "2026-Q4"  # e.g. 2026-Q4; empty: the latest',
        'data_root: str = ""  # empty: $LODESTAR_DATA, else client_data',
    ]


def test_the_shipped_notebooks_stay_as_they_are(folder: Path) -> None:
    assert 'client: str = "demo"' in parameters(NOTEBOOKS / "good.ipynb")


def test_an_edited_copy_is_kept_and_an_executed_one_renewed(folder: Path) -> None:
    edited, executed = folder / "good.ipynb", folder / "failing.ipynb"
    notebook = nbformat.read(edited, as_version=4)
    notebook.cells.append(nbformat.v4.new_markdown_cell("My note"))
    nbformat.write(notebook, edited)
    notebook = nbformat.read(executed, as_version=4)
    notebook.cells[2].execution_count = 3
    nbformat.write(notebook, executed)
    assert copy_workbooks(NOTEBOOKS, folder, {**CHOSEN, "period": "2026-Q3"}) == ["good.ipynb"]
    assert "My note" in edited.read_text(encoding="utf-8")
    assert 'period: str = "2026-Q3"' in parameters(executed)


def test_lab_opens_the_clients_own_folder(tmp_path: Path) -> None:
    home = small_client(tmp_path)
    command = lab_command("small", "", tmp_path, NOTEBOOKS)
    assert command.arguments[1:3] == ("-m", "jupyterlab")
    assert command.arguments[3] == f"--ServerApp.root_dir={home / 'lab' / '2026-Q4'}"
    assert command.environment["LODESTAR_DATA"] == str(tmp_path)
    assert (home / "lab" / "2026-Q4" / "good.ipynb").is_file()
