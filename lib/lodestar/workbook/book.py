"""A workbook open on one client and period."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from lodestar.engagement.model import Engagement
from lodestar.engagement.reads import traced
from lodestar.findings.model import Absent, Finding
from lodestar.schema.numerals import spoken
from lodestar.workbook import origin
from lodestar.workbook.card import (
    Html,
    absent_card,
    exhibit_card,
    finding_card,
    lead,
)
from lodestar.workbook.choices import choices_card
from lodestar.workbook.exhibit import Exhibit
from lodestar.workbook.material import material_of
from lodestar.workbook.pages import Page, page
from lodestar.workbook.sections import READS, results_of
from lodestar.workbook.what_ifs import Beside, beside, scenarios_of

__all__ = ["Workbook", "open_workbook"]


def open_workbook(
    stem: str, client: str, period: str = "", data_root: str = ""
) -> Workbook | Beside:
    """Open a workbook on a client's material.

    Parameters
    ----------
    stem : str
        Which workbook, e.g. ``02_level``.
    client : str
        Folder in the data root.
    period : str
        Period, e.g. ``2026-Q4``; empty means the latest.
    data_root : str
        Folder of clients; empty means ``$LODESTAR_DATA``, else ``client_data``.

    Returns
    -------
    Workbook or Beside
        Shows its answer and findings; computes only what it shows. Beside a reviewed run (in a
        live copy) nothing but the what-if.

    Raises
    ------
    InputError
        The material has problems: each one says where it is and how to mend it.
    """
    live = beside(page(stem), client, period)
    if live is not None:
        return live
    root = data_root or os.environ.get("LODESTAR_DATA", "")
    return Workbook(page(stem), material_of(client, period, root or None))


class Workbook:
    """One page of the walk for one client and period.

    Parameters
    ----------
    page : Page
        Which question.
    engagement : Engagement
        The client's material.
    """

    def __init__(self, page: Page, engagement: Engagement) -> None:
        sink = os.environ.get(READS)
        self.page = page
        self.engagement = traced(engagement, Path(sink) if sink else None)
        self.results: Mapping[str, Any] = results_of(self.engagement)

    @cached_property
    @spoken
    def findings(self) -> dict[str, Finding | Absent]:
        """Return the page's findings by id, in page order."""
        return {slot.id: slot for slot in self.page.findings().findings(self.results)}

    @spoken
    def answer(self) -> Html:
        """Return the answer in three sentences: generated, or the consultant's own."""
        sentences = self.page.findings().answer(self.results)
        return lead(sentences, self.engagement.notes.get(f"{self.page.topic}.answer"))

    @spoken
    def show(self, finding: str) -> Html:
        """Return the card of a finding, or of what is missing to find anything.

        Parameters
        ----------
        finding : str
            Its id, e.g. ``level.four``.

        Raises
        ------
        KeyError
            No such finding on this page.
        """
        slot = self.findings[finding]
        if isinstance(slot, Absent):
            return absent_card(slot)
        made = self.page.exhibits().EXHIBITS.get(finding)
        exhibit = made(self.results) if made else Exhibit()
        return finding_card(slot, exhibit, self.engagement.notes.get(finding))

    @spoken
    def exhibit(self, name: str) -> Html:
        """Return a card of facts that argue nothing, e.g. the ladder on the method page."""
        title, reading, made = self.page.exhibits().FACTS[name]
        return exhibit_card(name, title, made(self.engagement, self.results), reading)

    @spoken
    def other_choices(self) -> Html:
        """Return what follows from each other choice: worked out now, so that no kernel is needed.

        Notes
        -----
        Empty where there is nothing to choose: the live control says why.
        """
        return choices_card(self.page.other_choices().choices(self._scenarios, self.results))

    @spoken
    def what_if(self) -> Any:
        """Return the page's live control; without a kernel its reviewed figures stand."""
        return self.page.controls().what_if(self._scenarios, self.results)

    @cached_property
    def _scenarios(self) -> Any:
        return scenarios_of(self.page, self.engagement)

    @spoken
    def uncertainty(self) -> Html:
        """Return what the intervals cover, what was left out, and the assumptions."""
        return origin.uncertainty(self.engagement)

    @spoken
    def provenance(self) -> Html:
        """Return where the figures come from: inputs, framework, seed, corrections, version."""
        return origin.provenance(self.engagement)
