"""What else two sides were made from: framework, settings, fixes, words, code, packages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lodestar.errors import LodestarError
from lodestar.framework import load_framework
from lodestar.framework.documents import plain
from lodestar.provenance import framework_hash, framework_text
from lodestar.review.sides import Side
from lodestar.review.tree import Leaf, compare, same
from lodestar.schema.personal import PERSONAL
from lodestar.schema.yaml_file import parse_yaml

__all__ = ["Source", "compare_sources"]

ONE_SIDE = "The merged framework of one side is no longer at hand; only its hash is compared."
LOST = "This file is no longer kept as one side had it; only its hash is compared."


@dataclass(frozen=True)
class Source:
    """One thing that runs are made from, where it differs.

    Parameters
    ----------
    name : str
        framework, settings, corrections, assumptions, notes, workbooks, code or packages.
    leaves : tuple of Leaf
        Keys that differ, old and new.
    note : str
        What could not be compared, if anything.
    """

    name: str
    leaves: tuple[Leaf, ...]
    note: str = ""


def compare_sources(before: Side, after: Side) -> list[Source]:
    """Return everything but tables that differs between what two sides were made from.

    Parameters
    ----------
    before, after : Side
        The sides.
    """
    found = [
        _framework(before, after),
        _file("settings", "engagement.yml", before, after),
        _file("corrections", "corrections.yml", before, after),
        _file("assumptions", "assumptions.yml", before, after),
        _notes(before, after),
        *_recorded(before, after),
    ]
    return [source for source in found if source.leaves or source.note]


def _framework(before: Side, after: Side) -> Source:
    there, here = (side.manifest.get("framework", {}) for side in (before, after))
    if there.get("sha256") == here.get("sha256"):
        return Source("framework", ())
    merged = [_merged(side) for side in (before, after)]
    if None in merged:
        return Source("framework", tuple(compare(there, here, "framework")), ONE_SIDE)
    return Source("framework", tuple(compare(merged[0], merged[1], "framework")))


def _merged(side: Side) -> Any:
    """Return a side's merged framework: as kept, else as its files give it today."""
    sha = str(side.manifest["framework"]["sha256"])
    document = side.document(sha)
    if document is not None:
        return document
    override = _yaml(side, "framework.yml")
    try:
        framework = load_framework(str(side.manifest["framework"]["id"]), override or None)
    except (LodestarError, KeyError):
        return None
    return json.loads(framework_text(framework)) if framework_hash(framework) == sha else None


def _file(name: str, file: str, before: Side, after: Side) -> Source:
    """Compare a document of the client's folder."""
    shas = [side.files.get(file) for side in (before, after)]
    if shas[0] == shas[1]:
        return Source(name, ())
    known = [_yaml(side, file) for side in (before, after)]
    if any(sha and document is None for sha, document in zip(shas, known, strict=True)):
        return Source(name, _hash_leaf(shas, name), LOST)
    there, here = (_guarded(name, document) for document in known)
    return Source(name, tuple(compare(there, here, name)), _told(known, there, here))


def _yaml(side: Side, file: str) -> Any:
    content = side.content(file)
    return None if content is None else plain(parse_yaml(content, file)) or []


def _guarded(name: str, document: Any) -> Any:
    """Return a document without what corrections of answers given in confidence hold."""
    if document is None:
        return []
    if name != "corrections" or not isinstance(document, list):
        return document
    shown = [entry for entry in document if not _is_confidential(entry)]
    hidden = {str(entry["table"]) for entry in document if _is_confidential(entry)}
    return shown + [
        {"table": table, "column": "answers given in confidence"} for table in sorted(hidden)
    ]


def _is_confidential(entry: Any) -> bool:
    return isinstance(entry, Mapping) and entry.get("table") in PERSONAL


def _told(known: list[Any], there: Any, here: Any) -> str:
    """Return a note where documents differ only in what is not shown."""
    if same(there, here) and not same(*known):
        return "Corrections of answers given in confidence differ; they are not shown."
    return "" if not same(there, here) else "Only comments or the order of keys changed."


def _hash_leaf(shas: list[str | None], name: str) -> tuple[Leaf, ...]:
    return tuple(compare({"sha256": shas[0]}, {"sha256": shas[1]}, name))


def _notes(before: Side, after: Side) -> Source:
    """Compare the consultant's words, heading by heading."""
    files = [f"inputs/{side.period}/notes.md" for side in (before, after)]
    shas = [side.files.get(file) for side, file in zip((before, after), files, strict=True)]
    if shas[0] == shas[1]:
        return Source("notes", ())
    texts = [side.content(file) for side, file in zip((before, after), files, strict=True)]
    if any(sha and text is None for sha, text in zip(shas, texts, strict=True)):
        return Source("notes", _hash_leaf(shas, "notes"), LOST)
    there, here = (_headings(text or b"") for text in texts)
    return Source("notes", tuple(compare(there, here, "notes")))


def _headings(text: bytes) -> dict[str, str]:
    parts = ("\n" + text.decode("utf-8-sig", "replace").replace("\r\n", "\n")).split("\n## ")
    named = (part.partition("\n") for part in parts[1:])
    return {"top": parts[0].strip(), **{head.strip(): body.strip() for head, _, body in named}}


def _recorded(before: Side, after: Side) -> Iterator[Source]:
    """Compare what the manifests record: workbooks, code, packages, seed."""
    for name in ("workbooks", "code", "packages"):
        there, here = (side.manifest.get(name, {}) for side in (before, after))
        yield Source(name, tuple(compare(there, here, name)))
    there, here = ({"seed": side.manifest.get("seed")} for side in (before, after))
    yield Source("seed", tuple(compare(there, here)))
