"""The words of the method page, and where each finding's formula stands on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

__all__ = ["METHOD", "Word", "formula_of", "glossary", "slug"]

METHOD = "90_method"
HEADING = "## Words\n"

FORMULAS: dict[str, str] = {
    "summary.levels": "present-and-experienced-level",
    "summary.misalignment": "alignment",
    "summary.conflicts": "conflicts-between-measures",
    "summary.gaps": "alignment",
    "summary.drift": "purpose-and-effort",
    "summary.decisions": "investments",
    "level": "present-and-experienced-level",
    "level.required": "required-level",
    "level.offer": "required-level",
    "level.consequence": "steps-of-the-ladder-and-what-the-last-level-costs",
    "level.steps": "steps-of-the-ladder-and-what-the-last-level-costs",
    "conflicts": "conflicts-between-measures",
    "alignment": "alignment",
    "perspectives": "who-sees-what",
    "purpose": "purpose-and-effort",
    "inclusion": "who-takes-part",
    "roadmap": "investments",
}
"""A finding, or the part of its name before the dot: its section on the method page."""

_ENTRY = re.compile(
    r"^- \*\*(?P<name>.+?)\*\*(?: \((?P<forms>.+?)\))?: (?P<text>.+)$", re.MULTILINE
)
_LINK = re.compile(r"\s*\[(?P<label>[^]]+)\]\(#(?P<section>[\w-]+)\)\s*$")


@dataclass(frozen=True)
class Word:
    """One word with its definition.

    Parameters
    ----------
    name : str
        As it is defined.
    forms : tuple of str
        How it may stand in a sentence, the name first.
    text : str
        What it means, in a line.
    section : str
        Name of the method page's section that computes it; empty for none.
    """

    name: str
    forms: tuple[str, ...]
    text: str
    section: str

    @property
    def id(self) -> str:
        """Return the word's place on a page."""
        return f"word-{slug(self.name)}"


def glossary(method: Any) -> tuple[Word, ...]:
    """Return the words that the method page defines, in its order.

    Parameters
    ----------
    method : NotebookNode
        The published method page: what it says and what a click on a word shows are one.
    """
    cells = [cell.source for cell in method.cells if cell.cell_type == "markdown"]
    listed = [source for source in cells if source.startswith(HEADING)]
    return tuple(_word(found) for source in listed for found in _ENTRY.finditer(source))


def formula_of(finding: str) -> str:
    """Return the section of the method page that computes a finding; empty for none.

    Examples
    --------
    >>> formula_of("level.required"), formula_of("level.four"), formula_of("provenance")
    ('required-level', 'present-and-experienced-level', '')
    """
    return FORMULAS.get(finding, FORMULAS.get(finding.split(".")[0], ""))


def slug(text: str) -> str:
    """Return a heading's name in an address.

    Examples
    --------
    >>> slug("What another budget would reach?")
    'what-another-budget-would-reach'
    """
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")


def _word(found: re.Match[str]) -> Word:
    link = _LINK.search(found["text"])
    forms = tuple(form.strip() for form in (found["forms"] or "").split(",") if form.strip())
    return Word(
        name=found["name"],
        forms=(found["name"], *forms),
        text=_LINK.sub("", found["text"]),
        section=link["section"] if link else "",
    )
