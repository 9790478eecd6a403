"""A YAML file with the row of each entry, so that a problem can be pointed at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from lodestar.engagement.collector import Collector
from lodestar.errors import InputError
from lodestar.schema.yaml_file import parse_yaml

__all__ = ["OUTSIDE", "Document", "Place", "is_there", "is_within", "read_document"]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

OUTSIDE = (
    "The file is a link that leads outside the client's folder.",
    "Put the file itself into the folder.",
)
"""What is said of a file that lies elsewhere, and how to mend it."""

LARGEST = 100_000
"""Entries of a document; more can only come of entries used again and again."""

Place = tuple[Any, ...]
"""Keys and list positions from the top of a document to an entry."""


@dataclass(frozen=True)
class Document:
    """The data of a YAML file and the row of each of its entries."""

    file: str
    data: Any
    rows: Mapping[Place, int]

    def row(self, place: Place) -> int | None:
        """Return the row of an entry, or of the nearest one above it that has a row."""
        while place and place not in self.rows:
            place = place[:-1]
        return self.rows.get(place)


def is_there(path: Path) -> bool:
    """Tell whether something has this name, a link that leads nowhere included."""
    return path.is_file() or path.is_symlink()


def is_within(path: Path, folder: Path) -> bool:
    """Tell whether a name leads to a file inside a folder."""
    return path.is_file() and path.resolve().is_relative_to(folder.resolve())


def read_document(path: Path, collector: Collector) -> Document | None:
    """Return a YAML file; None when it cannot be read, which is then a problem."""
    if not is_within(path, path.parent):
        collector.problem("outside-folder", path.name, *OUTSIDE)
        return None
    content = path.read_bytes()
    try:
        data = parse_yaml(content, path.name)
        root = yaml.compose(content, Loader=_LOADER)
        if root is None or _size(root, {}) <= LARGEST:
            return Document(path.name, data, _rows(root))
    except InputError as error:
        collector.extend(error.problems)
        return None
    except RecursionError:
        pass  # told below
    collector.problem(
        "yaml",
        path.name,
        "Entries are nested too deep or contain themselves.",
        "Write every entry out, without '&' and '*', as the template of `lodestar new` does.",
    )
    return None


def _size(node: yaml.Node, sizes: dict[int, int]) -> int:
    """Return how many entries a node stands for, those used again counted each time."""
    if id(node) not in sizes:
        sizes[id(node)] = (
            LARGEST  # stands while the node is open: one that holds itself is too large
        )
        inner = node.value if isinstance(node, yaml.CollectionNode) else []
        parts = [
            part for entry in inner for part in (entry if isinstance(entry, tuple) else (entry,))
        ]
        sizes[id(node)] = 1 + sum(_size(part, sizes) for part in parts)
    return sizes[id(node)]


def _rows(root: yaml.Node | None) -> dict[Place, int]:
    """Return the row of each entry below a node."""
    rows: dict[Place, int] = {}
    if root is not None:
        _walk(root, (), rows, set())
    return rows


def _walk(node: yaml.Node, place: Place, rows: dict[Place, int], seen: set[int]) -> None:
    """Note the rows of a node and what it holds; what is used again is noted once."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*place, str(key.value))
            rows[inner] = key.start_mark.line + 1
            _walk(value, inner, rows, seen)
    elif isinstance(node, yaml.SequenceNode):
        for at, value in enumerate(node.value):
            rows[(*place, at)] = value.start_mark.line + 1
            _walk(value, (*place, at), rows, seen)
