"""Which links of the map somebody doubts: single ones, or all of a grade of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets
import traitlets

from lodestar.findings.conflicts.what_if_words import (
    grade_words,
    link_words,
    links_of_evidence,
    weak_links,
)

__all__ = ["Doubts"]

GRADES = ("assumed", "stated")
HIDDEN, SHOWN = "none", ""
WHY = (
    "<p>Tick what you doubt; it is taken not to hold. Whole grades first, then single links from "
    "the paths of the ten worst conflicts, the weakest evidence first.</p>"
)


class Doubts(widgets.VBox):
    """Boxes to tick: links that are taken not to hold.

    Parameters
    ----------
    results : mapping
        The reviewed results.

    Attributes
    ----------
    doubted : frozenset of (source, target)
        Links that are ticked, singly or with all of their grade; observed by its owner.
    """

    doubted = traitlets.Any(frozenset())

    def __init__(self, results: Mapping[str, Any]) -> None:
        self._resetting = False
        self._stands_for: dict[widgets.Checkbox, frozenset[tuple[str, str]]] = {}
        for grade in GRADES:
            links = links_of_evidence(results, grade)
            if links:
                self._add(grade_words(grade, len(links)), links)
        for pair in weak_links(results):
            self._add(link_words(results, pair), [pair])
        self.boxes = list(self._stands_for)
        self.more = widgets.ToggleButton(
            description="Doubt some links", layout=widgets.Layout(width="auto")
        )
        self.more.observe(self._unfold, names="value")
        self.fold = widgets.VBox([widgets.HTML(WHY), *self.boxes])
        self.fold.layout.display = HIDDEN
        super().__init__([widgets.HBox([self.more]), self.fold] if self.boxes else [])

    def reset(self) -> None:
        """Untick every box."""
        self._resetting = True
        for box in self.boxes:
            box.value = False
        self._resetting = False
        self._gather()

    def _add(self, words: str, links: list[tuple[str, str]]) -> None:
        layout = widgets.Layout(width="auto", max_width="100%", height="auto")
        box = widgets.Checkbox(description=words, indent=False, layout=layout)
        box.observe(self._gather, names="value")
        self._stands_for[box] = frozenset(links)

    def _unfold(self, *_: object) -> None:
        self.fold.layout.display = SHOWN if self.more.value else HIDDEN

    def _gather(self, *_: object) -> None:
        if not self._resetting:
            ticked = [links for box, links in self._stands_for.items() if box.value]
            self.doubted = frozenset[tuple[str, str]]().union(*ticked)
