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

__all__ = ["Document", "Place", "read_document"]

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


def read_document(path: Path, collector: Collector) -> Document | None:
    """Return a YAML file; None when it cannot be read, which is then a problem."""
    content = path.read_bytes()
    try:
        return Document(path.name, parse_yaml(content, path.name), _rows(content))
    except InputError as error:
        collector.extend(error.problems)
    except RecursionError:
        collector.problem(
            "yaml",
            path.name,
            "Entries are nested too deep.",
            "Write the file as the template of `lodestar new` shows it.",
        )
    return None


def _rows(content: bytes) -> dict[Place, int]:
    """Return the row of each entry of a file that has been parsed without complaint."""
    rows: dict[Place, int] = {}
    root = yaml.compose(content, Loader=yaml.SafeLoader)
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
