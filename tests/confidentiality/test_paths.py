"""No other path: answers are opened by a gate, in few modules, and their numbers leave through it.

Oracle: the source itself, read as a syntax tree.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

from lodestar.confidentiality import Gate
from lodestar.engagement.model import Confidential
from lodestar.schema.personal import PERSONAL, OpenTable
from lodestar.schema.tables import TABLES
from tests.support.builders import engagement

SOURCE = Path(__file__).parents[2] / "lib" / "lodestar"

LEAVES_BY = {
    "assess/cells/matrix.py": ("assess/cells/matrix.py", "assess/votes.py"),
    "assess/inclusion/advocacy_section.py": (
        "assess/inclusion/advocacy.py",
        "assess/inclusion/own_use.py",
    ),
    "assess/level/carried.py": ("assess/level/carried.py",),
    "assess/level/grounds.py": ("assess/cells/matrix.py",),
    "assess/level/paired.py": ("assess/votes.py",),
    "assess/level/required.py": ("assess/votes.py",),
    "assess/level/segments.py": (
        "assess/level/segment_gate.py",
        "assess/level/segment_merged.py",
        "assess/level/experienced.py",
    ),
    "assess/level/sides.py": ("assess/level/sides.py",),
    "assess/level/survey.py": ("assess/level/experienced.py", "assess/level/segment_gate.py"),
    "assess/perspectives/section.py": (
        "assess/perspectives/cells.py",
        "assess/perspectives/coded.py",
        "assess/perspectives/insular.py",
        "assess/perspectives/priorities.py",
        "assess/perspectives/topics.py",
        "assess/perspectives/comment_cells.py",
    ),
    "assess/quality.py": ("assess/quality.py", "assess/perspectives/topics.py"),
}
"""Modules that open answers, and the modules whose gate their numbers leave through."""

RAW = {
    "assess/conflicts/reviews.py": "conflict_reviews",
    "assess/purpose/section.py": "activities",
}
"""Modules that read earlier periods' registers as they lie, and which."""

NAMES = {"run/plan.py"}
"""Modules that list the tables by name."""

COUNTS = {"assess/quality.py"}
"""Modules that count the rows of every table and look at none."""

INSIDE = ("engagement/", "provenance/contents.py", "audit/")
"""Where tables are read, hashed and audited as a whole."""

GATES = {"release", "protect_cells", "extreme", "admits", "hide_overlaps"}


@cache
def trees() -> dict[str, ast.Module]:
    """Return every module of the package by its path."""
    return {
        path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(SOURCE.rglob("*.py"))
    }


def called(tree: ast.Module) -> set[str]:
    """Return the names of the functions and methods that a module calls."""
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {getattr(call, "attr", getattr(call, "id", "")) for call in calls}


def tables_of_waves(tree: ast.Module) -> list[ast.Attribute]:
    """Return where a module reaches for the tables of a wave."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "tables"
        and "wave" in ast.unparse(node.value)
    ]


def test_every_table_is_either_personal_or_open() -> None:
    assert PERSONAL | set(get_args(OpenTable)) == set(TABLES)
    assert not PERSONAL & set(get_args(OpenTable))


def test_only_declared_modules_open_answers() -> None:
    opening = {
        path
        for path, tree in trees().items()
        if "confidential" in called(tree) and not path.startswith(INSIDE)
    }
    assert opening == set(LEAVES_BY)


@pytest.mark.parametrize("path", sorted({path for paths in LEAVES_BY.values() for path in paths}))
def test_where_numbers_leave_a_gate_is_asked(path: str) -> None:
    assert called(trees()[path]) & GATES


def test_nobody_looks_behind_the_gate() -> None:
    """``_answers`` is what `Confidential` closes; only the gate reaches for it."""
    allowed = {"confidentiality/gate.py", "engagement/model.py"}
    for path, tree in trees().items():
        reached = {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and not _own(node)
        }
        assert path in allowed or not {"_answers", "_frame"} & reached, path


def _own(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "self"


def test_tables_of_waves_are_read_by_few_and_never_those_of_persons() -> None:
    for path, tree in trees().items():
        found = tables_of_waves(tree)
        if not found or path.startswith(INSIDE):
            continue
        assert path in {*RAW, *COUNTS, *NAMES}, path
        if path in RAW:
            texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
            assert RAW[path] in texts
            assert not texts & PERSONAL


def test_counting_modules_ask_for_nothing_but_counts() -> None:
    """A table walked over by name is measured, and persons in it counted against the threshold;
    whether comments may be counted beside their topics, the gate of topics says yes or no."""
    tree = trees()["assess/quality.py"]
    (count,) = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "_counts"]
    uses = {ast.unparse(n) for n in ast.walk(count) if isinstance(n, ast.Call)}
    assert {use for use in uses if "frame" in use} == {
        "frame['respondent'].nunique()",
        "len(frame)",
        "rows_may_be_told(frame, gate)",
    }


@pytest.mark.parametrize("name", sorted(PERSONAL))
def test_a_closed_table_shows_nothing_and_a_plain_question_is_refused(name: str) -> None:
    shown = engagement()
    with pytest.raises(TypeError, match="given in confidence"):
        shown.table(name)  # type: ignore[arg-type]
    closed = shown.confidential(name)  # type: ignore[arg-type]
    assert isinstance(closed, Confidential)
    assert repr(closed) == f"Confidential(name={name!r})"
    assert not hasattr(closed, "_repr_html_")
    assert not hasattr(closed, "__len__")
    assert isinstance(Gate().open(closed), pd.DataFrame)
