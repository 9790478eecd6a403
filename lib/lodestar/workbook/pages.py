"""The walk: which workbook answers which question, from which modules."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

__all__ = ["PAGES", "Page", "page"]


@dataclass(frozen=True)
class Page:
    """One workbook of the walk.

    Parameters
    ----------
    stem : str
        File name without ``.ipynb``.
    topic : str
        Name of its modules in findings, workbook and, where it has one, controls.
    short : str
        Its place in the sidebar.
    question : str
        The question it answers, as the client would ask it.
    control : bool
        Whether it carries a what-if control.
    choices : bool
        Whether it shows what follows from other choices without computing anew.
    """

    stem: str
    topic: str
    short: str
    question: str
    control: bool = False
    choices: bool = False

    def findings(self) -> ModuleType:
        """Return the module that makes its sentences."""
        return import_module(f"lodestar.findings.{self.topic}")

    def exhibits(self) -> ModuleType:
        """Return the module that makes its exhibits."""
        return import_module(f"lodestar.workbook.{self.topic}")

    def controls(self) -> ModuleType:
        """Return the module that makes its what-if control."""
        return import_module(f"lodestar.controls.{self.topic}")

    def other_choices(self) -> ModuleType:
        """Return the module that prepares what follows from other choices."""
        return import_module(f"lodestar.controls.{self.topic}_choices")


PAGES: tuple[Page, ...] = (
    Page(
        "00_summary", "summary", "Where we stand", "Where do we stand, and what should we do first?"
    ),
    Page(
        "01_purpose", "purpose", "Our reason to exist", "Do we still work for the reason we exist?"
    ),
    Page(
        "02_level",
        "level",
        "How customer-centric",
        "How customer-centric do we need to be, and how customer-centric are we?",
        control=True,
        choices=True,
    ),
    Page(
        "03_metric_conflicts",
        "conflicts",
        "Measures that collide",
        "Which functions' measures pull against each other or against the customer?",
        control=True,
        choices=True,
    ),
    Page(
        "04_alignment",
        "alignment",
        "Aligned at our level",
        "Are our capabilities aligned at the chosen level?",
        control=True,
        choices=True,
    ),
    Page("05_perspectives", "perspectives", "Who sees what", "Who sees what differently?"),
    Page(
        "06_inclusion",
        "inclusion",
        "Who takes part",
        "Do employees and customers take part, and does it show?",
    ),
    Page(
        "07_roadmap",
        "roadmap",
        "Where to invest",
        "What do planned investments do to alignment, and which should we make, when?",
        control=True,
    ),
    Page("90_method", "method", "How this is computed", "How is this computed?"),
)


def page(stem: str) -> Page:
    """Return the page of this file stem.

    Raises
    ------
    KeyError
        No such workbook: use one of ``PAGES``.
    """
    return {p.stem: p for p in PAGES}[stem]
