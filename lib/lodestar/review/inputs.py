"""Input rows added, gone and changed; answers given in confidence only as gated counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

from lodestar.confidentiality.gate import PROTECTED_BASIS, Gate
from lodestar.engagement.files.discover import DELIMITED, INTAKE, table_name
from lodestar.provenance.hashes import input_periods
from lodestar.review.sheets import Row, Sheets, files_of, read_sheets
from lodestar.review.sides import Side
from lodestar.schema.personal import PERSONAL
from lodestar.schema.tables import TABLES
from lodestar.schema.yaml_file import parse_yaml

__all__ = [
    "FEW",
    "SOME",
    "Cell",
    "ChangedRow",
    "Inputs",
    "TableChange",
    "compare_inputs",
]

BY_BASIS = ("ratings", "context")
"""Of the personal tables, those that hold answers in confidence only where their basis says so."""

FEW, SOME = "few", "some"
"""Said in place of a count: fewer persons than the threshold; a count that would tell them."""

Kind = Literal["added", "gone", "changed"]
KINDS: tuple[Kind, ...] = ("added", "gone", "changed")


@dataclass(frozen=True)
class Cell:
    """A cell that differs, as written on each side."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedRow:
    """A row that differs: its key, its place on each side, and its cells that differ."""

    kind: Kind
    key: Mapping[str, str]
    row_before: int | None
    row_after: int | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class TableChange:
    """One table of two periods or of one period on both sides.

    Parameters
    ----------
    table, period_before, period_after : str
        Which table, of which periods.
    file_before, file_after : str
        Where it was read; empty where it is absent.
    rows : tuple of ChangedRow
        Rows that are the client's facts.
    confidential : mapping
        Rows of answers given in confidence by kind: a count, ``few`` or ``some``; empty where
        none differ.
    """

    table: str
    period_before: str
    period_after: str
    file_before: str
    file_after: str
    rows: tuple[ChangedRow, ...]
    confidential: Mapping[Kind, int | str]

    def count(self, kind: Kind) -> int:
        """Return how many open rows were added, are gone or changed."""
        return sum(row.kind == kind for row in self.rows)


@dataclass(frozen=True)
class Inputs:
    """Tables that differ, files whose rows cannot be compared, and files that hold no table."""

    tables: tuple[TableChange, ...] = ()
    lost: tuple[str, ...] = ()
    files: tuple[tuple[str, str, str], ...] = ()

    def __len__(self) -> int:
        rows = sum(len(one.rows) + (1 if one.confidential else 0) for one in self.tables)
        return rows + len(self.lost) + len(self.files)


def compare_inputs(before: Side, after: Side) -> Inputs:
    """Return what differs between the tables that two sides were made from.

    Parameters
    ----------
    before, after : Side
        Two runs. Of different periods, each side's own tables are compared; earlier periods that
        both were made from are compared as well.

    Notes
    -----
    Rows are compared as read (a decimal comma counts as a point, a blank cell as its default),
    before any correction, which is told apart. Rows of answers given in confidence are counted;
    a count that rests on fewer persons than the larger threshold of the two sides is *few*, and
    the other of added and gone is then *some*, since the table's published size would tell it.
    """
    gate = _gate(before, after)
    tables: list[TableChange] = []
    lost: list[str] = []
    files: list[tuple[str, str, str]] = []
    for there, here in _periods(before, after):
        owns, others = files_of(before, there), files_of(after, here)
        wanted = _changed_files(owns, others)
        one = read_sheets(before, there, wanted)
        other = read_sheets(after, here, wanted)
        gone = [PurePosixPath(name) for name in (*one.lost, *other.lost)]
        lost += map(str, gone)
        tables += _tables(one, other, (there, here), {table_name(file.stem) for file in gone}, gate)
        files += _hashes(owns, others, here, {file.name for file in gone})
    return Inputs(tuple(tables), tuple(sorted(set(lost))), tuple(files))


def _periods(before: Side, after: Side) -> list[tuple[str, str]]:
    """Return the periods to compare: each side's own, then earlier ones that both hold."""
    both = input_periods(before.files) & input_periods(after.files)
    own = (before.period, after.period)
    return [own, *((one, one) for one in sorted(both) if (one, one) != own)]


def _changed_files(there: Mapping[str, str], here: Mapping[str, str]) -> Callable[[str], bool]:
    changed = {name for name in {*there, *here} if there.get(name) != here.get(name)}
    # A table may have moved between its own file and the intake: read all where the intake changed.
    every = any(name.casefold() == INTAKE for name in changed)
    return lambda name: every or name in changed


def _tables(
    one: Sheets, other: Sheets, periods: tuple[str, str], harmed: Iterable[str], gate: Gate
) -> Iterable[TableChange]:
    for table in (name for name in TABLES if name in {*one.rows, *other.rows}):
        if table in harmed or "intake" in harmed:
            continue
        change = _table(table, one, other, periods, gate)
        if change.rows or change.confidential:
            yield change


def _table(
    table: str, one: Sheets, other: Sheets, periods: tuple[str, str], gate: Gate
) -> TableChange:
    there, here = one.rows.get(table, {}), other.rows.get(table, {})
    pairs = [(there.get(key), here.get(key)) for key in {**there, **here}]
    differ = [pair for pair in pairs if not _equal(*pair)]
    hidden = [pair for pair in differ if _is_confidential(table, *pair)]
    rows = tuple(_row(table, *pair) for pair in differ if not _is_confidential(table, *pair))
    files = one.files.get(table, ""), other.files.get(table, "")
    return TableChange(table, *periods, *files, rows, _counts(table, hidden, gate))


def _equal(there: Row | None, here: Row | None) -> bool:
    if there is None or here is None:
        return False
    if there.cells == here.cells:
        return True
    names = {*there.cells, *here.cells}
    return all(there.cells.get(name, "") == here.cells.get(name, "") for name in names)


def _is_confidential(table: str, there: Row | None, here: Row | None) -> bool:
    if table not in BY_BASIS:
        return table in PERSONAL
    return PROTECTED_BASIS in (_counted(there, "basis"), _counted(here, "basis"))


def _row(table: str, there: Row | None, here: Row | None) -> ChangedRow:
    sides = [row for row in (here, there) if row is not None]
    shown = sides[0].written
    names = list(dict.fromkeys(name for row in sides for name in row.cells))
    key_names = TABLES[table].key
    cells = tuple(
        Cell(name, _written(there, name), _written(here, name))
        for name in names
        if name not in key_names and _counted(there, name) != _counted(here, name)
    )
    return ChangedRow(
        _kind(there, here),
        {name: shown.get(name, "") for name in key_names},
        there.number if there else None,
        here.number if here else None,
        cells,
    )


def _written(row: Row | None, name: str) -> str:
    return row.written.get(name, "") if row else ""


def _counted(row: Row | None, name: str) -> str:
    return row.cells.get(name, "") if row else ""


def _counts(
    table: str, pairs: list[tuple[Row | None, Row | None]], gate: Gate
) -> dict[Kind, int | str]:
    """Return how many rows were added, are gone and changed, as far as they may be told."""
    if not pairs:
        return {}
    person = "rater" if table in BY_BASIS else "respondent"
    least = gate.comments if table == "comments" else gate.minimum
    shown: dict[Kind, int | str] = {}
    for kind in KINDS:
        of = [pair for pair in pairs if _kind(*pair) == kind]
        persons = {_counted(here or there, person) for there, here in of}
        shown[kind] = FEW if 0 < len(persons) < least else len(of)
    for kind, other in (("added", "gone"), ("gone", "added")):
        if shown[other] == FEW and isinstance(shown[kind], int) and shown[kind]:  # type: ignore[index]
            shown[kind] = SOME  # type: ignore[index]
    return shown


def _kind(there: Row | None, here: Row | None) -> Kind:
    return "added" if there is None else "gone" if here is None else "changed"


def _gate(before: Side, after: Side) -> Gate:
    """Return the stricter of the two sides' thresholds."""
    own = [_thresholds(side) for side in (before, after)]
    return Gate(max(one.minimum for one in own), max(one.comments for one in own))


def _thresholds(side: Side) -> Gate:
    content = side.content("engagement.yml")
    known: Any = parse_yaml(content, "engagement.yml") if content else None
    asked = known.get("confidentiality") if isinstance(known, Mapping) else None
    asked = asked if isinstance(asked, Mapping) else {}
    least = side.results.get("threshold") or asked.get("minimum") or Gate.minimum
    return Gate(int(least), int(asked.get("comments") or Gate.comments))


def _hashes(
    there: Mapping[str, str], here: Mapping[str, str], period: str, lost: Iterable[str]
) -> list[tuple[str, str, str]]:
    """Return the hashes of changed files whose rows cannot be compared, or that hold no table."""
    return [
        (f"inputs/{period}/{name}", there.get(name, ""), here.get(name, ""))
        for name in sorted({*there, *here})
        if there.get(name) != here.get(name) and (name in lost or not _is_table(name))
    ]


def _is_table(name: str) -> bool:
    path = PurePosixPath(name)
    return name.casefold() in (INTAKE, "notes.md") or (
        path.suffix.casefold() in DELIMITED and table_name(path.stem) in TABLES
    )
