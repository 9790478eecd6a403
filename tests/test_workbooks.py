"""Laws of the notebooks: short cells, no logic, no outputs, one import, one shape."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

from lodestar.workbook.pages import PAGES

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "workbooks").glob("*.ipynb"))
PARAMETERS = {"client": "demo", "period": "", "data_root": ""}
LOGIC = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda, ast.If, ast.ListComp)


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def code(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def test_the_walk_is_complete() -> None:
    assert [path.stem for path in NOTEBOOKS] == [page.stem for page in PAGES]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
class TestNotebook:
    def test_is_valid_with_readable_ids(self, path: Path) -> None:
        notebook = read(path)
        nbformat.validate(notebook)
        ids = [cell["id"] for cell in notebook.cells]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[a-z][a-z0-9-]*", name) for name in ids)

    def test_has_no_outputs(self, path: Path) -> None:
        assert all(not cell.outputs and cell.execution_count is None for cell in code(path))

    def test_cells_are_short_and_hold_no_logic(self, path: Path) -> None:
        for cell in code(path):
            lines = [line for line in cell.source.splitlines() if line.strip()]
            assert 1 <= len(lines) <= 6, cell["id"]
            found = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, LOGIC)]
            assert not found, cell["id"]

    def test_imports_the_workbook_alone(self, path: Path) -> None:
        tree = ast.parse("\n".join(cell.source for cell in code(path)))
        names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert names == {"lodestar.workbook"}
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]

    def test_parameters_are_the_documented_ones(self, path: Path) -> None:
        tagged = [c for c in code(path) if "parameters" in c.metadata.get("tags", [])]
        assert len(tagged) == 1
        tree = ast.parse(tagged[0].source)
        found = {n.target.id: n.value.value for n in tree.body if isinstance(n, ast.AnnAssign)}
        assert found == PARAMETERS
        assert tagged[0].source.count("  # ") == len(PARAMETERS)

    def test_asks_its_question_first(self, path: Path) -> None:
        page = next(page for page in PAGES if page.stem == path.stem)
        assert read(path).cells[0].source.startswith(f"# {page.question}")

    def test_opens_its_own_workbook(self, path: Path) -> None:
        assert any(f'open_workbook("{path.stem}"' in cell.source for cell in code(path))

    def test_every_card_is_introduced(self, path: Path) -> None:
        cells = read(path).cells
        for before, cell in pairwise(cells):
            if cell.cell_type == "code" and re.match(r"wb\.(show|exhibit)\(", cell.source):
                assert before.cell_type == "markdown", cell["id"]

    def test_formulas_need_no_mathjax(self, path: Path) -> None:
        """MathJax would come from another host, which the pages never ask."""
        assert not [
            c["id"] for c in read(path).cells if c.cell_type == "markdown" and "$" in c.source
        ]

    def test_a_control_is_where_the_walk_promises_one(self, path: Path) -> None:
        page = next(page for page in PAGES if page.stem == path.stem)
        assert any("wb.what_if()" in cell.source for cell in code(path)) == page.control
        assert any("wb.other_choices()" in cell.source for cell in code(path)) == page.choices
