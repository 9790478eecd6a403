"""What must never be committed, and the size that files and functions keep."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = sorted((ROOT / "lib").rglob("*.py"))
MACHINE = re.compile(r"(^|[^A-Za-z0-9_.-])/(work|farm|root)/|file:///|index-url\b.*://")


def tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_machine_path_or_registry_is_tracked() -> None:
    text = {
        ".py",
        ".md",
        ".yml",
        ".yaml",
        ".toml",
        ".ipynb",
        ".json",
        ".lock",
        ".sh",
        ".csv",
        ".txt",
        "",
    }
    this = Path(__file__)
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path.suffix in text and path != this
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert not found


def test_no_tracked_file_is_huge() -> None:
    assert not [p.relative_to(ROOT) for p in tracked() if p.stat().st_size > 2 * 1024 * 1024]


def test_files_keep_to_one_idea() -> None:
    assert not [p.name for p in PACKAGE if len(p.read_text(encoding="utf-8").splitlines()) > 300]


def test_functions_are_short() -> None:
    """Nine in ten bodies, docstring apart, have fewer than 35 lines."""
    sizes = [size for path in PACKAGE for size in body_sizes(path)]
    assert sum(size < 35 for size in sizes) / len(sizes) >= 0.9
    assert max(sizes) < 80


def body_sizes(path: Path) -> list[int]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [
        n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    return [n.end_lineno - _first(n) + 1 for n in functions]


def _first(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body
    documented = ast.get_docstring(function) is not None and len(body) > 1
    return body[1].lineno if documented else body[0].lineno


def test_public_names_are_documented() -> None:
    missing = [
        f"{path.name}:{node.name}"
        for path in PACKAGE
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not missing
