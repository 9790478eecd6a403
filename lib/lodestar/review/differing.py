"""Where two executions first differ: files by their bytes, then the first cell and its part."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Literal

from lodestar.review.pieces import SPEC, joined
from lodestar.review.words import shared_start

__all__ = ["CellDifference", "FileDifference", "differing_files", "first_cell"]

Files = Mapping[str, bytes]

_PICTURE = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
_TAG = re.compile(r"<style>.*?</style>|<[^>]*>", re.DOTALL)
_WIDGET = "application/vnd.jupyter.widget-view+json"
_AROUND = 40
_PARTS = ("source", "text", "chart data", "picture", "control", "markup", "metadata")
"""What a cell is made of, in the order in which a difference is told: causes before effects."""


@dataclass(frozen=True)
class FileDifference:
    """A file of a run that did not come out the same."""

    file: str
    what: Literal["changed", "missing", "added"]


@dataclass(frozen=True)
class CellDifference:
    """The first cell that did not come out the same.

    Parameters
    ----------
    notebook : str
        File stem, e.g. ``02_level``.
    number : int
        The cell's place in the notebook from 1; 0 when only the notebook's own metadata differ.
    cell : str
        The cell's id.
    part : str
        ``source``, ``text``, ``chart data``, ``picture``, ``control``, ``markup``, ``metadata``, or
        ``layout`` where the file is no notebook or only its writing differs.
    published, again : str
        A few words around the first difference, of each side.
    """

    notebook: str
    number: int
    cell: str
    part: str
    published: str
    again: str


def differing_files(published: Files, again: Files) -> tuple[FileDifference, ...]:
    """Return the files that differ by a byte, are missing from the second, or only in it.

    Parameters
    ----------
    published, again : mapping
        Path inside the run's folder to content.

    Examples
    --------
    >>> [d.what for d in differing_files({"a": b"1", "b": b"2"}, {"b": b"3", "c": b"4"})]
    ['missing', 'changed', 'added']
    """
    found = []
    for name in sorted({*published, *again}):
        if name not in again:
            found.append(FileDifference(name, "missing"))
        elif name not in published:
            found.append(FileDifference(name, "added"))
        elif published[name] != again[name]:
            found.append(FileDifference(name, "changed"))
    return tuple(found)


def first_cell(published: Files, again: Files) -> CellDifference | None:
    """Return the first cell of the first notebook that differs; None when all are the same.

    Parameters
    ----------
    published, again : mapping
        Path inside the run's folder to content; only notebooks on both sides are looked at.
    """
    for name in sorted({*published} & {*again}):
        if name.endswith(".ipynb") and published[name] != again[name]:
            return _in_notebook(name.removesuffix(".ipynb"), published[name], again[name])
    return None


def _in_notebook(stem: str, published: bytes, again: bytes) -> CellDifference:
    try:
        books: list[Any] = [json.loads(content) for content in (published, again)]
        pairs = list(zip_longest(*(book["cells"] for book in books), fillvalue={}))
        for number, (one, two) in enumerate(pairs, 1):
            part = _differing_part(_parts(one), _parts(two))
            if part:
                return CellDifference(stem, number, str((one or two).get("id", "")), *part)
        rest = [json.dumps({**book, "cells": []}, sort_keys=True) for book in books]
    except (ValueError, KeyError, TypeError, AttributeError):
        rest = ["", ""]
    if rest[0] != rest[1]:
        return CellDifference(stem, 0, "", "metadata", *_excerpts(*rest))
    texts = (content.decode("utf-8", "replace") for content in (published, again))
    return CellDifference(stem, 0, "", "layout", *_excerpts(*texts))


def _differing_part(one: Mapping[str, str], two: Mapping[str, str]) -> tuple[str, str, str] | None:
    """Return the first part that differs with its excerpts."""
    for part in _PARTS:
        if one.get(part, "") != two.get(part, ""):
            return part, *_excerpts(one.get(part, ""), two.get(part, ""))
    return None


def _parts(cell: Mapping[str, Any]) -> dict[str, str]:
    """Return what a cell is made of, by part; outputs of one kind are joined in their order."""
    parts: dict[str, list[str]] = {}
    for output in cell.get("outputs", []):
        for part, text in _output_parts(output):
            parts.setdefault(part, []).append(text)
    rest = {key: value for key, value in cell.items() if key not in ("source", "outputs")}
    loose = [{**output, "data": "", "text": ""} for output in cell.get("outputs", [])]
    shown = {part: "\n".join(texts) for part, texts in parts.items()}
    metadata = json.dumps([rest, loose], sort_keys=True, ensure_ascii=False) if cell else ""
    return {**shown, "source": joined(cell.get("source", "")), "metadata": metadata}


def _output_parts(output: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the parts of one output."""
    if "text" in output:
        yield "text", joined(output["text"])
    if "traceback" in output:
        yield "text", joined(output["traceback"])
    for kind, value in sorted(output.get("data", {}).items()):
        if kind == "text/html":
            yield from _card_parts(joined(value))
        elif kind == _WIDGET:
            yield "control", json.dumps(value, sort_keys=True)
        elif kind.startswith("image/"):
            yield "picture", joined(value)
        elif kind.startswith("application/"):
            yield "chart data", json.dumps(value, sort_keys=True, ensure_ascii=False)
        else:
            yield "text", joined(value)


def _card_parts(card: str) -> Iterator[tuple[str, str]]:
    """Yield what a card shows: its words, its charts' data and pictures, and how it is built."""
    for spec in SPEC.findall(card):
        yield "chart data", spec
    for picture in _PICTURE.findall(card):
        yield "picture", base64.b64decode(picture).decode("utf-8", "replace")
    bare = _PICTURE.sub("", SPEC.sub("", card))
    yield "text", " ".join(html.unescape(_TAG.sub(" ", bare)).split())
    yield "markup", bare


def _excerpts(one: str, two: str) -> tuple[str, str]:
    """Return a few words of both texts around the place where they part."""
    shared = shared_start(one, two)
    start = max(0, shared - _AROUND)
    return _excerpt(one, start, shared + _AROUND), _excerpt(two, start, shared + _AROUND)


def _excerpt(text: str, start: int, end: int) -> str:
    """Return a stretch of text on one line that a terminal can show, whatever it holds."""
    words = " ".join(text[start:end].split())
    clean = "".join(sign if sign.isprintable() else "·" for sign in words)
    return f"{'…' if start else ''}{clean}{'…' if end < len(text) else ''}"
