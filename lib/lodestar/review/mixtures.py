"""Results of mixed material: one side's data with the other's framework or code."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

import lodestar
from lodestar.errors import InputError
from lodestar.provenance import look_ahead
from lodestar.review import corner
from lodestar.review.ingredients import (
    FRAMEWORK_FILE,
    SETTINGS_FILE,
    Ingredients,
    Yardstick,
)
from lodestar.review.revisions import revision_environment
from lodestar.schema import resources
from lodestar.schema.yaml_file import parse_yaml

__all__ = ["UnavailableError", "mixed_sections"]

PROJECT = '[project]\nname = "lodestar-workbook"\n'


class UnavailableError(Exception):
    """A mixture has no results; the message says why, in words for a reader."""


def mixed_sections(
    data: Ingredients, framework: Ingredients, code: Ingredients | None, names: Sequence[str]
) -> dict[str, Any]:
    """Return sections of results for a mixture of material.

    Parameters
    ----------
    data, framework : Ingredients
        The sides whose data and framework are used.
    code : Ingredients, optional
        The side whose code computes; the present code when None.
    names : sequence of str
        Top-level keys of results.json.

    Raises
    ------
    UnavailableError
        A part is no longer at hand, or the parts do not go together.

    Notes
    -----
    The present code computes in this process, unless the shipped framework differs from the
    present one; any other code computes in a process of its own, from a private copy.
    """
    yardstick = framework.framework
    if yardstick is None:
        raise UnavailableError(f"the framework of {framework.side.title()} is no longer kept")
    client, period = data.side.client, data.side.period
    with tempfile.TemporaryDirectory(prefix="lodestar-mixture-") as private:
        clients = Path(private) / "clients"
        lay_out(data, yardstick, clients / client)
        look_ahead(data.side.folder, clients / client, period)
        if (code is None or code.is_current) and _is_present(yardstick):
            answer = corner.sections_of(client, period, str(clients), names)
        else:
            tree = Path(private) / "tree"
            _plant(tree, code, yardstick)
            answer = _elsewhere(tree, client, period, str(clients), list(names))
    if "refused" in answer:
        raise UnavailableError(str(answer["refused"]))
    sections: dict[str, Any] = answer["sections"]
    return sections


def lay_out(data: Ingredients, framework: Yardstick, folder: Path) -> None:
    """Write a client's folder with one side's data and another's framework.

    Raises
    ------
    UnavailableError
        A file of the data is no longer kept.
    """
    for name in (name for name in data.side.files if name != FRAMEWORK_FILE):
        content = data.side.content(name)
        if content is None:
            raise UnavailableError(f"'{name}' of {data.side.title()} is no longer kept")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_with_framework(content, framework) if name == SETTINGS_FILE else content)
    if framework.own is not None:
        (folder / FRAMEWORK_FILE).write_bytes(framework.own)


def _with_framework(content: bytes, framework: Yardstick) -> bytes:
    """Return settings that name this framework; unchanged where they do."""
    try:
        settings = dict(parse_yaml(content, SETTINGS_FILE))
    except InputError as error:
        raise UnavailableError(str(error)) from None
    if settings.get("framework") == framework.id:
        return content
    changed = {**settings, "framework": framework.id}
    return yaml.safe_dump(changed, allow_unicode=True, sort_keys=False).encode()


def _is_present(framework: Yardstick) -> bool:
    """Tell whether a shipped framework is the one that lies among the present templates."""
    path = resources.templates() / "frameworks" / f"{framework.id}.yml"
    return path.is_file() and path.read_bytes() == framework.shipped


def _plant(tree: Path, code: Ingredients | None, framework: Yardstick) -> None:
    """Copy a package and its templates, with this framework among them."""
    package = code.package if code else Path(lodestar.__file__).parent
    templates = code.templates if code else resources.templates()
    unneeded = shutil.ignore_patterns("__pycache__", "_shipped")
    shutil.copytree(package, tree / "lib" / "lodestar", ignore=unneeded)
    shutil.copytree(templates / "frameworks", tree / "templates" / "frameworks")
    (tree / "templates" / "frameworks" / f"{framework.id}.yml").write_bytes(framework.shipped)
    (tree / "workbooks").mkdir()
    (tree / "pyproject.toml").write_text(PROJECT, encoding="utf-8")


def _elsewhere(
    tree: Path, client: str, period: str, data_root: str, names: list[str]
) -> dict[str, Any]:
    """Compute in a process of its own, with the package of this tree."""
    asked = {"client": client, "period": period, "data_root": data_root, "names": names}
    done = subprocess.run(
        [sys.executable, "-P", str(Path(corner.__file__))],
        input=json.dumps(asked).encode(),
        env=revision_environment(tree),
        cwd=tree,
        capture_output=True,
        check=False,
    )
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"refused": "its code stopped before it gave a result"}
    return answer
