"""Figures of hidden groups beside their names, wherever a page, picture or table shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from lodestar.audit.artefacts import Text
from lodestar.audit.model import FAULT, Cell, Leak, Place
from lodestar.audit.pieces import Piece, pieces
from lodestar.schema.numerals import Numerals, numerals_of

__all__ = ["Hidden"]

_NUMBER = re.compile(r"(?<![\w.])[-−]?\d+(?:\.\d+)?(?![\w.]*\w)")


class Hidden:
    """Looks for the true figures of hidden cells beside the names they go by.

    Parameters
    ----------
    cells : iterable of Cell
        Every cell of one period.
    results : mapping
        results.json of that period: its labels, and the figures that it does publish.
    """

    def __init__(self, cells: Iterable[Cell], results: Mapping[str, Any]) -> None:
        self.cells = [c for c in cells if c.secret and not c.shown and c.measure != "comments"]
        self._results = results

    def names(self, cell: Cell) -> set[str]:
        """Return the words by which a cell's group is shown, lower case."""
        return self._forms(cell.name)

    def subjects(self, cell: Cell) -> set[str]:
        """Return the words by which a cell's measure is shown."""
        dimension = cell.measure.partition(".")[0]
        label = self._results.get("labels", {}).get("dimension", {}).get(dimension)
        return {name for name in (cell.measure, dimension, label) if name}

    @cached_property
    def _index(self) -> dict[str, list[tuple[Cell, frozenset[str]]]]:
        """Return the hidden cells by each name of their group, lower case."""
        found: dict[str, list[tuple[Cell, frozenset[str]]]] = {}
        for cell in self.cells:
            subjects = frozenset(one.casefold() for one in self.subjects(cell))
            for name in self.names(cell):
                found.setdefault(name, []).append((cell, subjects))
        return found

    @cached_property
    def _sought(self) -> re.Pattern[str] | None:
        names = sorted(self._index, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else None

    def look(self, found: Iterable[Text]) -> tuple[list[Leak], list[Place]]:
        """Return leaks, and places where a number beside a hidden group is not explained."""
        leaks: set[Leak] = set()
        unexplained: set[Place] = set()
        if self._sought is None:
            return [], []
        for text in found:
            if not self._sought.search(text.content.casefold()):
                continue
            for piece in pieces(text):
                self._judge(piece, leaks, unexplained)
        return sorted(leaks), sorted(unexplained)

    def _judge(self, piece: Piece, leaks: set[Leak], unexplained: set[Place]) -> None:
        """Look at the figures of one piece."""
        lowered = piece.words.casefold()
        assert self._sought is not None
        for name in set(self._sought.findall(lowered)):
            rest = lowered.replace(name, " ")
            numbers = _NUMBER.findall(self._numerals.read(rest) if piece.spoken else rest)
            for cell, subjects in self._index[name]:
                if not any(_holds(lowered, subject) for subject in subjects):
                    continue
                open_figures = self._published[name] | self._as_one(name, lowered)
                odd = [n for n in numbers if not _explained(n, open_figures)]
                if any(_tells(n, cell) for n in odd) or _counted(piece, cell, open_figures):
                    leaks.add(_leak(cell, piece.place))
                elif any("." in n and not self._of_many(name, n) for n in odd):
                    unexplained.add(piece.place)

    @cached_property
    def _numerals(self) -> Numerals:
        return numerals_of(self._results.get("locale", "en"))

    def _as_one(self, name: str, words: str) -> set[float]:
        """Return the figures of groups shown as one where the words name every one of them."""
        found: set[float] = set()
        for members, figures in self._together.get(name, ()):
            if all(any(_holds(words, form) for form in member) for member in members):
                found |= figures
        return found

    def _of_many(self, name: str, number: str) -> bool:
        return any(_explained(number, figures) for _, figures in self._together.get(name, ()))

    @cached_property
    def _published(self) -> dict[str, set[float]]:
        """Return every figure that results publish of each group that has hidden cells, by name."""
        alike = {name: self._alike(name) for name in self._index}
        found: dict[str, set[float]] = {form: set() for form in set().union(*alike.values())}
        _gather(self._results, found, frozenset())
        return {name: set().union(*(found[form] for form in alike[name])) for name in alike}

    def _alike(self, name: str) -> set[str]:
        """Return a name of a group, and the ids of the groups that are labelled so."""
        forms = {name}
        for kind in ("function", "group"):
            labels = self._results.get("labels", {}).get(kind, {})
            forms |= {i.casefold() for i, label in labels.items() if label.casefold() == name}
        return forms

    @cached_property
    def _together(self) -> dict[str, list[tuple[list[set[str]], set[float]]]]:
        """Return by a group's names, lower case, those shown with it as one, and their figures."""
        found: dict[str, list[tuple[list[set[str]], set[float]]]] = {}
        for record in _merged(self._results):
            members = [self._forms(str(member)) for member in record["members"]]
            figures: set[float] = set()
            _gather(record, {"": figures}, frozenset({""}))
            for form in sorted(set().union(*members)):
                found.setdefault(form, []).append((members, figures))
        return found

    def _forms(self, group: str) -> set[str]:
        """Return the words by which a group's id is shown, lower case."""
        own, labels = group.rpartition(":")[2].strip(), self._results.get("labels", {})
        named = [labels.get(kind, {}).get(own) for kind in ("function", "group")]
        return {form.casefold() for form in (own, *named) if form}


def _gather(node: Any, found: Mapping[str, set[float]], inside: frozenset[str]) -> None:
    """Collect the numbers of records that name a group, and those kept under its name."""
    if isinstance(node, dict):
        said = (v.casefold().rpartition(":")[2] for v in node.values() if isinstance(v, str))
        inside |= found.keys() & said
        for key, value in node.items():
            named = key.casefold()
            _gather(value, found, inside | {named} if named in found else inside)
    elif isinstance(node, list):
        for value in node:
            _gather(value, found, inside)
    elif inside and isinstance(node, (int, float)) and not isinstance(node, bool):
        for name in inside:
            found[name].add(float(node))


def _merged(node: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the records that name several groups as their members."""
    if isinstance(node, dict) and node.get("members"):
        yield node
    for child in node.values() if isinstance(node, dict) else node:
        if isinstance(child, (dict, list)):
            yield from _merged(child)


def _holds(words: str, subject: str) -> bool:
    # Whether it is there at all is known at once; whether as a word takes the pattern.
    return subject in words and bool(re.search(rf"(?<!\w){re.escape(subject)}(?!\w)", words))


def _digits(number: str) -> int:
    return len(number.partition(".")[2])


def _value(number: str) -> float:
    return float(number.replace("−", "-"))


def _explained(number: str, figures: Iterable[float]) -> bool:
    """Tell whether a printed number is a published one, as it is or in percent."""
    half = 0.5 * 10.0 ** -_digits(number) + 1e-9
    value = abs(_value(number))
    return any(abs(abs(f) * scale - value) <= half for f in figures for scale in (1, 100))


def _tells(number: str, cell: Cell) -> bool:
    """Tell whether a printed number with decimals is a hidden mean."""
    if not _digits(number) or not cell.size or not (cell.values == cell.values).all():
        return False
    half = 0.5 * 10.0 ** -_digits(number) + 1e-9
    mean = float(cell.values.mean())
    return any(abs(abs(mean) * scale - abs(_value(number))) <= half for scale in (1, 100))


def _counted(piece: Piece, cell: Cell, figures: Iterable[float]) -> bool:
    """Tell whether a piece counts the persons of a hidden cell of too few."""
    small = 0 < cell.size < cell.minimum
    told = any(c.strip() in (str(cell.size), f"{cell.size}.0") for c in piece.counts)
    return small and told and not _explained(str(cell.size), figures)


def _leak(cell: Cell, place: Place) -> Leak:
    what = f"{cell.measure} of {cell.name} is hidden in the results and stands here"
    return Leak("figure", what, (str(place),), cell.who, FAULT)
