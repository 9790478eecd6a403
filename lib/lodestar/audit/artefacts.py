"""Everything that lies in a run as an outsider reads it: strings, pictures, packed files."""

from __future__ import annotations

import base64
import binascii
import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lodestar.audit.model import Place
from lodestar.provenance import MANIFEST

__all__ = ["Text", "texts"]

_PACKED = re.compile(r"[A-Za-z0-9+/]{60,}={0,2}")
_GZIP = b"\x1f\x8b"
_DEEPEST = 3
"""Packed in packed in packed; nothing honest goes deeper."""


@dataclass(frozen=True)
class Text:
    """A string found in a run, with where it stands; ``packed`` when it had to be decoded."""

    place: Place
    content: str
    packed: bool = False


def texts(folder: Path, period: str) -> Iterator[Text]:
    """Yield every string of every file in a run, packed ones decoded too.

    Parameters
    ----------
    folder : Path
        A run; the manifest holds hashes and names of inputs only and is read as it is.
    period : str
        Its period, for the places.

    Notes
    -----
    Notebooks yield a string for each source, output and widget value, by the id of its cell;
    other JSON one string for the whole file, since its records are read from results; all other
    files their text. Base64 (pictures, widget buffers) and gzip are decoded.
    """
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        content = path.read_bytes()
        if path.suffix == ".ipynb":
            yield from _notebook(json.loads(content), Place(period, name))
        elif name == MANIFEST:
            continue
        else:
            yield from _bytes(content, Place(period, name), 0)


def _notebook(document: Any, place: Place) -> Iterator[Text]:
    for i, cell in enumerate(document.get("cells", [])):
        here = Place(place.period, place.file, f"cell {cell.get('id', i)}")
        yield from _strings(cell, here)
    yield from _strings(document.get("metadata", {}), Place(place.period, place.file, "metadata"))


def _strings(node: Any, place: Place) -> Iterator[Text]:
    """Yield the strings of a JSON value; lists of lines as one."""
    if isinstance(node, dict):
        for key, value in node.items():
            inner = place
            if key == "state" and isinstance(value, dict):
                inner = Place(place.period, place.file, "widget state")
            yield from _strings(value, inner)
    elif isinstance(node, list):
        if node and all(isinstance(line, str) for line in node):
            yield from _string("\n".join(node), place, 0)
        else:
            for value in node:
                yield from _strings(value, place)
    elif isinstance(node, str):
        yield from _string(node, place, 0)


def _string(content: str, place: Place, depth: int) -> Iterator[Text]:
    """Yield a string without what is packed in it, then what is packed in it."""
    if len(content) < 80:
        yield Text(place, content, depth > 0)
        return
    yield Text(place, _PACKED.sub("", content), depth > 0)
    for packed in _PACKED.finditer(content) if depth < _DEEPEST else ():
        decoded = _decoded(packed.group())
        if decoded is not None:
            yield from _bytes(decoded, place, depth + 1)


def _decoded(packed: str) -> bytes | None:
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _bytes(content: bytes, place: Place, depth: int) -> Iterator[Text]:
    if content.startswith(_GZIP) and depth < _DEEPEST:
        try:
            yield from _bytes(gzip.decompress(content), place, depth + 1)
        except (OSError, EOFError, zlib.error):
            return
        return
    # Every byte of a picture is a letter in Latin-1, so that words in it are found as well.
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    yield from _string(text, place, depth)
