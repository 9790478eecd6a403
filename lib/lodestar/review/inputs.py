"""Input rows added, gone and changed; answers given in confidence only as gated counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

from lodestar.confidentiality.gate import PROTECTED_BASIS, Gate
from lodestar.engagement.files.discover import table_name
from lodestar.review.sheets import Key, Row, Sheets, files_of, read_sheets
from lodestar.review.sides import Side
from lodestar.schema.tables import TABLES
from lodestar.schema.yaml_file import parse_yaml

__all__ = [
    "BY_PERSON",
    "FEW",
    "SOME",
    "Cell",
    "ChangedRow",
    "Inputs",
    "TableChange",
    "compare_inputs",
]

BY_PERSON = {"respondents": "respondent", "responses": "respondent", "comments": "respondent"}
BY_PERSON |= {"recall": "respondent"}
"""Tables that hold nothing but what persons said in confidence, with the person's column."""

BY_BASIS = {"ratings": "rater", "context": "rater"}
"""Tables that hold answers in confidence where their basis says so."""

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
        wanted = _changed_files(files_of(before, there), files_of(after, here))
        one = read_sheets(before, there, wanted)
        other = read_sheets(after, here, wanted)
        harmed = {table_name(PurePosixPath(name).stem) for name in (*one.lost, *other.lost)}
        lost += [*one.lost, *other.lost]
        tables += list(_tables(one, other, (there, here), harmed, gate))
        files += _hashes(before, after, there, here, (*one.lost, *other.lost))
    return Inputs(tuple(tables), tuple(sorted(set(lost))), tuple(files))


def _periods(before: Side, after: Side) -> list[tuple[str, str]]:
    """Return the periods to compare: each side's own, then earlier ones that both hold."""
    both = _held(before) & _held(after)
    own = (before.period, after.period)
    return [own, *((one, one) for one in sorted(both) if (one, one) != own)]


def _held(side: Side) -> set[str]:
    return {name.split("/")[1] for name in side.files if name.startswith("inputs/")}


def _changed_files(there: Mapping[str, str], here: Mapping[str, str]) -> Callable[[str], bool]:
    changed = {name for name in {*there, *here} if there.get(name) != here.get(name)}
    # A table may have moved between its own file and the intake: read all where the intake changed.
    every = any(name.casefold() == "intake.xlsx" for name in changed)
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
    pairs = [(key, there.get(key), here.get(key)) for key in {**there, **here}]
    differ = [pair for pair in pairs if not _equal(pair[1], pair[2])]
    hidden = [pair for pair in differ if _is_confidential(table, pair[1], pair[2])]
    closed = {id(pair) for pair in hidden}
    rows = tuple(_row(table, *pair) for pair in differ if id(pair) not in closed)
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
    if table in BY_PERSON:
        return True
    bases = [row.cells.get("basis", "") for row in (there, here) if row is not None]
    return table in BY_BASIS and PROTECTED_BASIS in bases


def _row(table: str, key: Key, there: Row | None, here: Row | None) -> ChangedRow:
    sides = [row for row in (here, there) if row is not None]
    shown = sides[0].written
    names = list(dict.fromkeys(name for row in sides for name in row.cells))
    key_names = TABLES[table].key
    cells = tuple(
        Cell(name, _written(there, name), _written(here, name))
        for name in names
        if name not in key_names and _counted(there, name) != _counted(here, name)
    )
    kind: Kind = "added" if there is None else "gone" if here is None else "changed"
    return ChangedRow(
        kind,
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
    table: str, pairs: list[tuple[Key, Row | None, Row | None]], gate: Gate
) -> dict[Kind, int | str]:
    """Return how many rows were added, are gone and changed, as far as they may be told."""
    if not pairs:
        return {}
    person = {**BY_PERSON, **BY_BASIS}[table]
    least = gate.comments if table == "comments" else gate.minimum
    shown: dict[Kind, int | str] = {}
    for kind in KINDS:
        of = [(there, here) for _, there, here in pairs if _kind(there, here) == kind]
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
    before: Side, after: Side, there: str, here: str, lost: tuple[str, ...]
) -> list[tuple[str, str, str]]:
    """Return the hashes of changed files whose rows cannot be compared, or that hold no table."""
    own, others = files_of(before, there), files_of(after, here)
    gone = {PurePosixPath(name).name for name in lost}
    return [
        (f"inputs/{here}/{name}", own.get(name, ""), others.get(name, ""))
        for name in sorted({*own, *others})
        if own.get(name) != others.get(name) and (name in gone or not _is_table(name))
    ]


def _is_table(name: str) -> bool:
    path = PurePosixPath(name)
    return name.casefold() in ("intake.xlsx", "notes.md") or (
        path.suffix.casefold() in (".csv", ".tsv") and table_name(path.stem) in TABLES
    )
