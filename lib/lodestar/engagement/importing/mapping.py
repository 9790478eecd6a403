"""The mapping as values: which raw files, and which steps make each table of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import Parameter, signature
from pathlib import Path
from typing import Any

import pandas as pd

from lodestar.engagement.collector import Collector
from lodestar.engagement.documents.yaml_document import Document, Place, read_document
from lodestar.engagement.importing import figures, frames
from lodestar.engagement.places import plain_name
from lodestar.errors import InputError
from lodestar.schema.nearest import meant
from lodestar.schema.tables import TABLES

__all__ = ["STEPS", "Part", "Plan", "Source", "Step", "read_mapping"]

STEPS: Mapping[str, Callable[..., pd.DataFrame]] = {
    "leave_out": frames.leave_out,
    "recode": frames.recode,
    "write": frames.write,
    "unpivot": frames.unpivot,
    "group": figures.group,
    "ratio": figures.ratio,
    "decimals": figures.decimals,
    "sort": frames.sort,
    "columns": frames.columns,
}
_TOP = ("client", "period", "sources", "tables")
_SOURCE = ("file", "sha256", "sheet", "header")
_PART = ("from", "rows", "steps")


@dataclass(frozen=True)
class Source:
    """A raw file beside the mapping; ``header`` is the row of its column names."""

    file: str
    sha256: str = ""
    sheet: str = ""
    header: int = 1


@dataclass(frozen=True)
class Step:
    """One step of a table: its name, its arguments, and the row it stands in."""

    name: str
    arguments: Mapping[str, Any]
    place: str
    row: int | None


@dataclass(frozen=True)
class Part:
    """Rows of a table: from a source, or written in the mapping, then changed by steps."""

    source: str
    rows: tuple[Mapping[str, Any], ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Plan:
    """A whole mapping, checked."""

    file: str
    client: str
    period: str
    sources: Mapping[str, Source]
    tables: Mapping[str, tuple[Part, ...]]


def read_mapping(path: Path) -> Plan:
    """Return a mapping file, checked as far as it can be without the raw files.

    Parameters
    ----------
    path : Path
        The mapping, YAML.

    Raises
    ------
    InputError
        Every unknown key, table, source or step, each with its row: mend the mapping.
    """
    collector = Collector()
    document = read_document(path, collector)
    if document is None:
        raise InputError(collector.report().problems)
    plan = _Reader(document, collector).plan()
    if problems := collector.report().problems:
        raise InputError(problems)
    return plan


class _Reader:
    """Reads one document, collecting every problem with its row."""

    def __init__(self, document: Document, collector: Collector) -> None:
        self.document, self.collector = document, collector

    def plan(self) -> Plan:
        """Return the plan; parts that are wrong are left out and told."""
        top = self.mapping(self.document.data, (), _TOP)
        sources = self.mapping(top.get("sources", {}), ("sources",))
        tables = self.mapping(top.get("tables"), ("tables",))
        for name in tables:
            if name not in TABLES:
                self.tell(("tables", name), "There is no table of this name.", name, TABLES)
        read = {name: self.source(one, ("sources", name)) for name, one in sources.items()}
        return Plan(
            file=self.document.file,
            client=str(top.get("client", "")),
            period=self.period(top),
            sources=read,
            tables={name: self.parts(one, ("tables", name), read) for name, one in tables.items()},
        )

    def period(self, top: Mapping[str, Any]) -> str:
        """Return the period, which names a folder."""
        period = self.text(top, "period", ())
        if period and not plain_name(period):
            self.tell(("period",), "This is no name of a period, such as 2026-Q4.", period)
        return period

    def source(self, given: Any, place: Place) -> Source:
        """Return one raw file."""
        entry = self.mapping(given, place, _SOURCE)
        header = entry.get("header", 1)
        if not isinstance(header, int) or isinstance(header, bool) or header < 1:
            self.tell((*place, "header"), "The header's row must be a whole number from 1.")
            header = 1
        words = {key: str(entry.get(key, "")) for key in ("sha256", "sheet")}
        return Source(file=self.text(entry, "file", place), header=header, **words)

    def parts(self, given: Any, place: Place, sources: Mapping[str, Source]) -> tuple[Part, ...]:
        """Return the parts of a table: one, or several in a list, one below the other."""
        if not isinstance(given, list):
            return (self.part(given, place, sources),)
        return tuple(self.part(one, (*place, at), sources) for at, one in enumerate(given))

    def part(self, given: Any, place: Place, sources: Mapping[str, Source]) -> Part:
        """Return rows of a table."""
        entry = self.mapping(given, place, _PART)
        source, rows = str(entry.get("from", "")), entry.get("rows", [])
        if bool(source) == bool(rows):
            self.tell(place, "Rows come from a source or are written here: give from or rows.")
        if source and source not in sources:
            self.tell((*place, "from"), "There is no source of this name.", source, sources)
        if not isinstance(rows, list):
            self.tell((*place, "rows"), "rows must be a list.")
            rows = []
        written = [self.mapping(row, (*place, "rows", at)) for at, row in enumerate(rows)]
        return Part(source, tuple(written), self.steps(entry.get("steps", []), (*place, "steps")))

    def steps(self, given: Any, place: Place) -> tuple[Step, ...]:
        """Return the steps that are sound."""
        if not isinstance(given, list):
            self.tell(place, "steps must be a list.")
            return ()
        found = []
        for at, one in enumerate(given):
            here = (*place, at)
            if not isinstance(one, dict) or len(one) != 1:
                self.tell(here, "A step is one name with its arguments.")
                continue
            name, arguments = next(iter(one.items()))
            if name not in STEPS:
                self.tell(here, "There is no step of this name.", str(name), STEPS)
                continue
            arguments = self.mapping(arguments, (*here, name))
            self.arguments(name, arguments, here)
            path = ".".join(map(str, here))
            found.append(Step(name, arguments, path, self.document.row(here)))
        return tuple(found)

    def arguments(self, name: str, given: Mapping[str, Any], place: Place) -> None:
        """Check a step's arguments against what the step takes."""
        takes = dict(list(signature(STEPS[name]).parameters.items())[1:])
        if any(one.kind is Parameter.VAR_KEYWORD for one in takes.values()):
            return
        for key in given:
            if key not in takes:
                self.tell(place, f"The step {name} takes no argument of this name.", key, takes)
        for key, one in takes.items():
            if one.default is Parameter.empty and key not in given:
                self.tell(place, f"The step {name} needs its argument {key}.")

    def mapping(self, given: Any, place: Place, known: tuple[str, ...] = ()) -> dict[str, Any]:
        """Return a mapping with text keys; tell keys that are not known, where some are named."""
        if not isinstance(given, dict):
            self.tell(place, "This must be a mapping of keys to values.")
            return {}
        entry = {str(key): value for key, value in given.items()}
        for key in entry if known else ():
            if key not in known:
                self.tell((*place, key), "The key is not known here.", key, known)
        return entry

    def text(self, entry: Mapping[str, Any], key: str, place: Place) -> str:
        """Return a text that must be there."""
        if not str(entry.get(key, "")):
            self.tell(place, f"The key '{key}' is missing.")
        return str(entry.get(key, ""))

    def tell(self, place: Place, message: str, value: str = "", known: Any = ()) -> None:
        """Collect a problem at a place of the mapping."""
        listed = f"Known: {', '.join(known)}." if known else "Mend the mapping here."
        self.collector.problem(
            "mapping",
            self.document.file,
            message,
            meant(value, known, listed) if value else listed,
            row=self.document.row(place),
            column=".".join(map(str, place)) or None,
            value=value or None,
        )
