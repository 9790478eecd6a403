"""Load a framework by id, with a client's own changes merged in and everything checked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lodestar.errors import InputError, Problem
from lodestar.framework.build import build
from lodestar.framework.documents import Document, plain
from lodestar.framework.merge import merge
from lodestar.framework.model import Framework
from lodestar.framework.rules import duplicate_problems, rule_problems
from lodestar.framework.shape import shape_problems
from lodestar.schema.nearest import meant
from lodestar.schema.resources import templates
from lodestar.schema.yaml_file import parse_yaml

__all__ = ["available", "load_framework"]


def available() -> list[str]:
    """Return the ids of the shipped frameworks, sorted."""
    return sorted(path.stem for path in _folder().glob("*.yml"))


def load_framework(
    id: str,
    override: Mapping[str, Any] | None = None,
    where: str = "framework.yml",
) -> Framework:
    """Return the framework of this id, with a client's changes merged by id.

    Parameters
    ----------
    id : str
        Id of a shipped framework, the name of its file.
    override : mapping, optional
        What the client's ``framework.yml`` says: entries change those of the same id, or add.
    where : str
        Name of the client's file for messages.

    Returns
    -------
    Framework
        ``overrides`` tells every change of the client in words.

    Raises
    ------
    InputError
        Unknown id, or problems in the client's file (else in the shipped one), all at once:
        mend the entries named.
    """
    path = _path(id)
    shipped, problems = _shipped(path, path.read_bytes())
    if problems:
        raise InputError(problems)
    if not override:
        return build(shipped)
    changed, changes = _overridden(shipped, override, where)
    return build(changed, changes)


def _folder() -> Path:
    """Return the folder of the shipped frameworks."""
    return templates() / "frameworks"


def _path(id: str) -> Path:
    """Return the file of this framework."""
    if id in available():
        return _folder() / f"{id}.yml"
    raise InputError(
        [
            Problem(
                code="unknown-framework",
                file="engagement.yml",
                column="framework",
                value=id,
                message="No framework of this id is shipped.",
                remedy=meant(id, available(), f"Known: {', '.join(available())}."),
            )
        ]
    )


@cache
def _shipped(path: Path, content: bytes) -> tuple[Document, tuple[Problem, ...]]:
    """Return a shipped framework as plain data, with its problems; once for the same bytes."""
    where = f"templates/frameworks/{path.name}"
    document = plain(parse_yaml(content, where))
    problems = shape_problems(document, where) or rule_problems(document, where)
    if not problems and document["id"] != path.stem:
        message = "The framework's id is not the name of its file."
        problems = [
            _other_id(document, where, message, f"Write '{path.stem}', or rename the file.")
        ]
    return document, tuple(problems)


def _other_id(document: Document, where: str, message: str, remedy: str) -> Problem:
    """Return the problem of a file that names a framework it does not belong to."""
    return Problem("framework-id", where, message, remedy, column="id", value=document["id"])


def _overridden(
    shipped: Document, override: Mapping[str, Any], where: str
) -> tuple[Document, tuple[str, ...]]:
    """Return the merged framework and its changes in words; raise every problem found."""
    own = plain(override)
    problems = shape_problems(own, where, partial=True) or duplicate_problems(own, where)
    if not problems and own.get("id", shipped["id"]) != shipped["id"]:
        message = f"The file changes the framework '{shipped['id']}' and names another."
        problems = [_other_id(own, where, message, f"Write '{shipped['id']}', or leave id out.")]
    if problems:
        raise InputError(problems)
    merged, changes = merge(shipped, own)
    problems = shape_problems(merged, where) or rule_problems(merged, where)
    if problems:
        raise InputError(problems)
    return merged, changes
