"""The reviewer's checklist: its items, and answers that say yes or give a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lodestar.errors import InputError, Problem
from lodestar.provenance import sha256
from lodestar.schema import resources
from lodestar.schema.nearest import meant
from lodestar.schema.yaml_file import parse_yaml

__all__ = [
    "ANSWERS",
    "Checklist",
    "Item",
    "answered",
    "load_checklist",
    "read_answers",
    "tidy_answer",
]

ANSWERS = "Answer yes, or no or n/a with the reason, e.g. 'no: the ledger stops in September'."
_WHERE = "checklist"


@dataclass(frozen=True)
class Item:
    """One question to a second consultant, and where to look."""

    id: str
    question: str
    look: str = ""


@dataclass(frozen=True)
class Checklist:
    """The items in order; ``sha256`` is kept with each signature, to tell what was asked."""

    items: tuple[Item, ...]
    sha256: str


def load_checklist(path: Path | None = None) -> Checklist:
    """Return the shipped checklist, or another one.

    Parameters
    ----------
    path : Path, optional
        A file like ``templates/review/checklist.yml``.
    """
    content = (path or resources.templates() / "review" / "checklist.yml").read_bytes()
    items = parse_yaml(content, _WHERE)["items"]
    return Checklist(tuple(Item(**item) for item in items), sha256(content))


def read_answers(path: Path) -> dict[str, str]:
    """Return the answers of a YAML file: the id of an item, then its answer.

    Raises
    ------
    InputError
        There is no such file, or it does not hold ``id: answer`` lines.
    """
    if not path.is_file():
        raise InputError([_problem(path.name, "There is no such file.", "Name the answers' file.")])
    data: Any = parse_yaml(path.read_bytes(), path.name)
    if not isinstance(data, dict) or any(isinstance(said, (dict, list)) for said in data.values()):
        raise InputError([_problem(path.name, "This is no list of answers.", "Write 'run: yes'.")])
    return {str(item): "" if said is None else str(said) for item, said in data.items()}


def answered(checklist: Checklist, answers: Mapping[str, str]) -> dict[str, str]:
    """Return every item's answer in the checklist's order, tidied.

    Parameters
    ----------
    checklist : Checklist
        What must be answered.
    answers : mapping
        Item to answer.

    Raises
    ------
    InputError
        Items without an answer, answers without the reason they need, or unknown items; all of
        them at once.

    Examples
    --------
    >>> asked = Checklist((Item("run", "Verified?"), Item("harm", "Discussed?")), "")
    >>> answered(asked, {"harm": "N/A:  nothing harms", "run": "Yes"})
    {'run': 'yes', 'harm': 'n/a: nothing harms'}
    """
    tidy = {item.id: tidy_answer(answers.get(item.id, "")) for item in checklist.items}
    problems = [*_unknown(answers, tidy)]
    for item in checklist.items:
        if not tidy[item.id]:
            problems.append(_unanswered(item, answers.get(item.id, "")))
    if problems:
        raise InputError(problems)
    return tidy


def tidy_answer(text: str) -> str:
    """Return an answer as it is kept; empty when it is none or lacks its reason.

    Examples
    --------
    >>> tidy_answer("No:  the ledger stops"), tidy_answer("no")
    ('no: the ledger stops', '')
    """
    word, _, reason = text.partition(":")
    word, reason = word.strip().lower(), " ".join(reason.split())
    if word == "yes" or (word in ("no", "n/a") and reason):
        return f"{word}: {reason}" if reason else word
    return ""


def _unknown(answers: Mapping[str, str], known: Iterable[str]) -> Iterable[Problem]:
    ids = list(known)
    for item in sorted(set(answers) - set(ids)):
        remedy = meant(item, ids, f"The items are {', '.join(ids)}.")
        yield _problem(item, "The checklist has no such item.", remedy, item)


def _unanswered(item: Item, said: str) -> Problem:
    look = f" Where to look: {item.look.rstrip('.')}." if item.look else ""
    how = f"{ANSWERS} By --answer {item.id}=yes, or a line of --checklist."
    return _problem(item.id, f"{item.question}{look}", how, said or None)


def _problem(place: str, message: str, remedy: str, value: str | None = None) -> Problem:
    return Problem("checklist", f"{_WHERE} {place}", message, remedy, value=value)
