"""Begin an engagement: a client's folder, and an intake workbook with one sheet a table."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

import yaml

from lodestar.engagement.model import Settings
from lodestar.engagement.places import plain_name
from lodestar.errors import InputError, Problem
from lodestar.framework.model import Framework
from lodestar.schema import resources
from lodestar.schema.columns import GROUPS, Column, Table
from lodestar.schema.tables import TABLES

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["new_client", "write_intake"]

ROWS = 5000
"""Rows of a sheet that offer the words a cell may hold."""

_WORDS = 250
"""Longest list of words that a spreadsheet takes inside a cell's rule."""

_BREAKING = ('"', "&", "<", ">", "\n")
"""Signs that end such a list, or that a spreadsheet reads otherwise in it."""

_LARGE = 10**15
_FORMATS = {"text": "@", "quarter": "@", "list": "@", "date": "yyyy-mm-dd"}


def new_client(root: str | Path, client: str, name: str) -> Path:
    """Make a client's folder with a commented ``engagement.yml`` and an empty ``inputs``.

    Parameters
    ----------
    root : str or Path
        Folder of clients; made when it is not there.
    client : str
        Name of the new folder.
    name : str
        The client's name as pages show it.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        The name is no plain folder name, or the folder is there: choose another.
    """
    folder = Path(root) / client
    if not plain_name(client):
        _refuse("client-name", client, "This is not a plain folder name.", "Use 'acme-2026'.")
    if folder.exists():
        _refuse("client-exists", client, "The folder is there already.", "Choose another name.")
    text = (resources.templates() / "intake" / "engagement.yml").read_text(encoding="utf-8")
    filled = Template(text).substitute(client=_scalar(client), name=_scalar(name.strip() or client))
    (folder / "inputs").mkdir(parents=True)
    (folder / "engagement.yml").write_text(filled, encoding="utf-8")
    return folder


def write_intake(path: str | Path, framework: Framework, settings: Settings) -> None:
    """Write an empty intake workbook: headers, meanings, and the words that cells may hold.

    Parameters
    ----------
    path : str or Path
        File to write, ``intake.xlsx``.
    framework : Framework
        Its capabilities, items and factors are offered.
    settings : Settings
        Its functions and purposes are offered.
    """
    import openpyxl

    book = openpyxl.Workbook()
    _write_guide(book.active)
    offered = _offered(framework, settings)
    for table in TABLES.values():
        _write_sheet(book.create_sheet(table.name), table, offered, book)
    book.save(path)


def _refuse(code: str, client: str, message: str, remedy: str) -> None:
    raise InputError([Problem(code, client, message, remedy, value=client)])


def _scalar(text: str) -> str:
    """Return a text as YAML writes it on one line, in quotes where it needs them."""
    return yaml.safe_dump(" ".join(text.split()), allow_unicode=True, width=10**6).split("\n")[0]


def _offered(framework: Framework, settings: Settings) -> dict[str, tuple[str, ...]]:
    """Return the ids that the sheets may choose from."""
    return {
        "functions": tuple(function.id for function in settings.functions),
        "purpose": tuple(purpose.id for purpose in settings.purpose),
        "groups": GROUPS,
        "capabilities": tuple(capability.id for capability in framework.capabilities),
        "items": tuple(item.id for item in framework.items),
        "factors": tuple(factor.id for factor in framework.factors),
    }


def _write_guide(sheet: Any) -> None:
    """Write the sheet that tells how to fill the others."""
    from openpyxl.styles import Alignment, Font

    sheet.title = "guide"
    text = (resources.templates() / "intake" / "guide.txt").read_text(encoding="utf-8")
    for row, line in enumerate(text.splitlines(), 1):
        cell = sheet.cell(row, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=row == 1)
    for row, table in enumerate(TABLES.values(), sheet.max_row + 2):
        sheet.cell(row, 1, f"{table.name}: {table.definition}")
    sheet.column_dimensions["A"].width = 110


def _write_sheet(
    sheet: Worksheet, table: Table, offered: dict[str, tuple[str, ...]], book: Any
) -> None:
    """Write one table's header with its meanings, formats and allowed words."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for at, column in enumerate(table.columns, 1):
        letter = get_column_letter(at)
        cell = sheet.cell(1, at, column.name)
        cell.font = Font(bold=not column.optional)
        cell.comment = Comment(_meaning(column), "Lodestar", width=320, height=120)
        sheet.column_dimensions[letter].width = max(12, len(column.name) + 4)
        sheet.column_dimensions[letter].number_format = _FORMATS.get(column.type, "General")
        _write_rule(sheet, column, letter, offered, book)
    sheet.freeze_panes = "A2"


def _meaning(column: Column) -> str:
    """Return what a header's note says: meaning, form, and whether the column must be filled."""
    parts = [column.definition, "May stay blank." if column.optional else "Fill every row."]
    if column.allowed and len(column.allowed) > 1:
        parts.append(f"One of: {', '.join(column.allowed)}.")
    if column.unit:
        parts.append(f"Unit: {column.unit}.")
    if column.type == "list":
        parts.append("Separate entries by semicolons.")
    if column.default:
        parts.append(f"Blank means {column.default}.")
    return " ".join(parts)


def _write_rule(
    sheet: Worksheet,
    column: Column,
    letter: str,
    offered: dict[str, tuple[str, ...]],
    book: Any,
) -> None:
    """Let cells hold only the words, ids or numbers that the column allows."""
    from openpyxl.worksheet.datavalidation import DataValidation

    words = _choices(column, offered)
    if words:
        joined = ",".join(words)
        short = len(joined) <= _WORDS and not any(sign in joined for sign in _BREAKING)
        source = f'"{joined}"' if short else _listed(book, column.reference[0], words)
        rule = DataValidation("list", formula1=source)
        rule.error = f"Choose one of: {joined}"[:_WORDS]
    elif column.low is not None and not column.not_applicable:
        rule = _between(column)
    else:
        return
    rule.errorTitle, rule.showErrorMessage, rule.allow_blank = column.name, True, True
    rule.add(f"{letter}2:{letter}{ROWS}")
    sheet.add_data_validation(rule)


def _between(column: Column) -> DataValidation:
    """Return the rule that holds a number within its column's range."""
    from openpyxl.worksheet.datavalidation import DataValidation

    ends = str(column.low), str(_LARGE if column.high is None else column.high)
    whole = column.type == "whole"
    rule = DataValidation("whole" if whole else "decimal", *ends, operator="between")
    upper = "" if column.high is None else f" to {column.high:g}"
    rule.error = f"Write a number from {column.low:g}{upper}."
    return rule


def _choices(column: Column, offered: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the words and ids that a cell may be; none where tables define them."""
    known = [offered[kind] for kind in column.reference if kind in offered]
    if column.type == "list" or len(known) < len(column.reference):
        return ()
    return (*column.allowed, *(id for ids in known for id in ids))


def _listed(book: Any, name: str, words: tuple[str, ...]) -> str:
    """Return the range that holds a list too long for a rule, on the guide's sheet."""
    from openpyxl.utils import get_column_letter

    guide = book["guide"]
    heads = [cell.value for cell in guide[1]]
    at = heads.index(name) + 1 if name in heads else len(heads) + 1
    for row, word in enumerate((name, *words), 1):
        guide.cell(row, at, word).data_type = "s"
    letter = get_column_letter(at)
    guide.column_dimensions[letter].hidden = True
    return f"guide!${letter}$2:${letter}${len(words) + 1}"
