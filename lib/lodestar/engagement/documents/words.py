"""assumptions.yml and notes.md: the consultant's assumptions and own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lodestar.engagement.collector import Collector
from lodestar.engagement.documents.fields import Field, checked
from lodestar.engagement.documents.yaml_document import OUTSIDE, is_there, is_within, read_document
from lodestar.engagement.files.decode import decode
from lodestar.errors import Problem
from lodestar.schema.letters import TURNING

__all__ = ["read_assumptions", "read_notes"]

_GRADES = ("green", "amber", "red")
_ASSUMPTIONS = Field(
    "list",
    entry=Field(
        "mapping",
        fields={
            "id": Field("text", required=True),
            "text": Field("text", required=True),
            "quality": Field("text", required=True, allowed=_GRADES),
            "impact": Field("text", required=True, allowed=_GRADES),
        },
    ),
)
_HEADING = re.compile(r"##\s+(.*?)\s*#*\s*")
_FINDING = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")


def read_assumptions(folder: Path, collector: Collector) -> tuple[Mapping[str, Any], ...]:
    """Return the declared assumptions: id, text, quality and impact (green, amber, red)."""
    path = folder / "assumptions.yml"
    document = read_document(path, collector) if is_there(path) else None
    if document is None or document.data is None:
        return ()
    entries = checked(document.data, _ASSUMPTIONS, (), document, collector) or ()
    ids = (entry.get("id") for entry in entries)
    counts = Counter(id for id in ids if id and isinstance(id, str))
    for id in (id for id, count in counts.items() if count > 1):
        collector.problem(
            "duplicate-id",
            document.file,
            "The id stands twice.",
            "Give each assumption its own id.",
            column="id",
            value=id,
        )
    return tuple(entries)


def read_notes(folder: Path, file: str, collector: Collector) -> dict[str, str]:
    """Return the consultant's words by finding id: what follows each ``## <finding id>``.

    Parameters
    ----------
    folder : Path
        The client's folder.
    file : str
        The file ``notes.md`` of a period within it; absent, there are no words.
    collector : Collector
        Takes headings that are no finding id and those that stand twice.
    """
    path = folder / file
    if not is_there(path):
        return {}
    if not is_within(path, folder):
        collector.problem("outside-folder", file, *OUTSIDE)
        return {}
    text = decode(path.read_bytes(), file)
    if isinstance(text, Problem):
        collector.extend([text])
        return {}
    if text != (text := text.translate(TURNING)):
        collector.notice("turned-writing", file, "Marks that turn the direction were left out.")
    notes: dict[str, list[str]] = {}
    current: list[str] = []
    for row, line in enumerate(text.splitlines(), 1):
        heading = _HEADING.fullmatch(line)
        if heading:
            _check_heading(heading[1], notes, file, row, collector)
            current = notes.setdefault(heading[1], [])
        elif not notes and line.strip() and not line.startswith("# "):
            collector.notice(
                "words-unplaced",
                file,
                "These words stand under no finding and are not shown.",
                "Put them under a heading such as '## level.distance'.",
                row=row,
            )
        else:
            current.append(line)
    words = {finding: "\n".join(lines).strip() for finding, lines in notes.items()}
    return {finding: said for finding, said in words.items() if said}


def _check_heading(
    finding: str, notes: Mapping[str, list[str]], file: str, row: int, collector: Collector
) -> None:
    if not _FINDING.fullmatch(finding):
        collector.problem(
            "not-a-finding",
            file,
            "The heading is no finding's id.",
            "Write it as the page shows it, such as '## level.distance'.",
            row=row,
            value=finding,
        )
    elif finding in notes:
        collector.problem(
            "duplicate-id",
            file,
            "The finding has words above already.",
            "Put both under one heading.",
            row=row,
            value=finding,
        )
