"""What a column of an input table holds, and short makers for the kinds that recur."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "BASES",
    "GROUPS",
    "NODE_IDS",
    "Column",
    "Table",
    "choice",
    "date",
    "listing",
    "number",
    "quarter",
    "refers",
    "share",
    "text",
    "whole",
]

Kind = Literal["text", "number", "whole", "date", "list", "quarter"]

BASES = ("survey", "workshop", "assessor", "document")
GROUPS = ("executive", "manager", "employee", "customer", "partner")
NODE_IDS = ("metrics", "outcomes", "nodes")


@dataclass(frozen=True)
class Column:
    """One column of an input table.

    Parameters
    ----------
    name : str
        Header in the file.
    type : {"text", "number", "whole", "date", "list", "quarter"}
        How a cell is read; a list is separated by ``;``, a quarter is written ``2027-Q1``.
    definition : str
        What the column means, in words.
    optional : bool
        Whether the column may be absent and its cells blank.
    unit : str
        Unit of a number (``"share"`` for 0-1); empty for none.
    allowed : tuple of str
        The words a cell may hold; with ``reference``, words besides the ids.
    low, high : float, optional
        Range of a number, both ends included.
    step : float, optional
        Numbers are whole multiples of this.
    reference : tuple of str
        Where the ids come from: names of tables, or ``functions``, ``groups``, ``items``,
        ``factors``, ``capabilities``, ``purpose``.
    default : str
        What a blank or absent cell means; empty for nothing.
    not_applicable : bool
        Whether ``na`` may stand for "does not apply".
    label : str
        Title for people; made from the name when empty.
    """

    name: str
    type: Kind
    definition: str
    optional: bool = False
    unit: str = ""
    allowed: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    step: float | None = None
    reference: tuple[str, ...] = ()
    default: str = ""
    not_applicable: bool = False
    label: str = ""

    @property
    def title(self) -> str:
        """Return the column's title for people.

        Examples
        --------
        >>> number("delay_months", "Months until it starts.").title
        'Delay months'
        """
        return self.label or self.name.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Table:
    """One input table: what a row is, its columns and its key.

    ``key`` names the columns that together appear once; empty for none. With
    ``repeats``, rows equal in every column may stand more than once.
    """

    name: str
    title: str
    definition: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    repeats: bool = False

    def column(self, name: str) -> Column:
        """Return the column of this name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the column names in the order of the contract."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """Return the names of the columns that must exist and be filled."""
        return tuple(column.name for column in self.columns if not column.optional)

    @property
    def labels(self) -> dict[str, str]:
        """Return each column's title for people."""
        return {column.name: column.title for column in self.columns}

    @property
    def definitions(self) -> dict[str, str]:
        """Return each column's meaning in words."""
        return {column.name: column.definition for column in self.columns}


def text(name: str, definition: str, *, optional: bool = False) -> Column:
    """Return a column of free text or of ids that this table defines."""
    return Column(name, "text", definition, optional)


def choice(
    name: str,
    allowed: tuple[str, ...],
    definition: str,
    *,
    optional: bool = False,
    default: str = "",
) -> Column:
    """Return a column that holds one of a few words."""
    return Column(name, "text", definition, optional, allowed=allowed, default=default)


def refers(
    name: str,
    reference: tuple[str, ...],
    definition: str,
    *,
    optional: bool = False,
    besides: tuple[str, ...] = (),
) -> Column:
    """Return a column of ids defined elsewhere, or one of the words ``besides``."""
    return Column(name, "text", definition, optional, allowed=besides, reference=reference)


def listing(
    name: str,
    definition: str,
    *,
    reference: tuple[str, ...] = (),
    optional: bool = False,
) -> Column:
    """Return a column of lists, separated by ``;``."""
    return Column(name, "list", definition, optional, reference=reference)


def number(
    name: str,
    definition: str,
    *,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    step: float | None = None,
    optional: bool = False,
) -> Column:
    """Return a column of numbers."""
    return Column(name, "number", definition, optional, unit, low=low, high=high, step=step)


def share(name: str, definition: str, *, optional: bool = False) -> Column:
    """Return a column of shares, 0 to 1; per cent are read as such where written with a sign."""
    return Column(name, "number", definition, optional, "share", low=0, high=1)


def whole(
    name: str, definition: str, *, unit: str = "", low: float | None = 0, optional: bool = False
) -> Column:
    """Return a column of whole numbers."""
    return Column(name, "whole", definition, optional, unit, low=low, step=1)


def date(name: str, definition: str, *, optional: bool = False) -> Column:
    """Return a column of dates."""
    return Column(name, "date", definition, optional)


def quarter(name: str, definition: str, *, optional: bool = False) -> Column:
    """Return a column of quarters, written ``2027-Q1``."""
    return Column(name, "quarter", definition, optional)
