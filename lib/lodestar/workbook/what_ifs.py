"""What a published run carries for its what-ifs: computed with it, read back beside it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from lodestar.engagement.model import Engagement
from lodestar.errors import FaultError
from lodestar.workbook.carrying import carried_name
from lodestar.workbook.encoding import decoded, encoded
from lodestar.workbook.pages import PAGES, Page
from lodestar.workbook.sections import REVIEWED

__all__ = ["Beside", "beside", "carried", "scenarios_of"]

_NUMBER = re.compile(r"[0-9](\.[0-9]{1,6})?")


def carried(engagement: Engagement) -> dict[str, bytes]:
    """Return what a run carries for its what-ifs.

    Parameters
    ----------
    engagement : Engagement
        The client's material.

    Returns
    -------
    dict of str to bytes
        Content by path in the run: JSON, the same bytes for the same material.

    Notes
    -----
    Nothing said in confidence is in it, only what the client's own registers say and aggregates
    that passed the gate: whoever uses a live what-if can read all of it.
    """
    pages = [page for page in PAGES if page.control]
    return {carried_name(p.stem): encoded(scenarios_of(p, engagement)) for p in pages}


def scenarios_of(page: Page, engagement: Engagement) -> Any:
    """Return what a page's what-if is computed from."""
    return _module(page).scenarios(engagement)


class Beside:
    """A page that shows nothing but its what-if, beside the reviewed run: no input is read.

    Parameters
    ----------
    page : Page
        A page with a control.
    results : Path
        results.json of the reviewed run; what the run carries lies beside it.
    """

    def __init__(self, page: Page, results: Path) -> None:
        self.page = page
        self.results: Mapping[str, Any] = json.loads(results.read_text(encoding="utf-8"))
        self._carried = results.parent / carried_name(page.stem)

    def what_if(self) -> Any:
        """Return the live control, at what was chosen on the page that it was opened from.

        Raises
        ------
        FaultError
            The run carries nothing for this page: it was made by an earlier version.
        """
        if not self._carried.is_file():
            client, period = self.results["client"], self.results["period"]
            raise FaultError(
                "This run was made before what-ifs could stand beside it: make it again with "
                f"`lodestar run {client} --period {period}`."
            )
        scenarios = decoded(self._carried.read_bytes(), _module(self.page).Scenarios)
        control = self.page.controls().what_if(scenarios, self.results)
        asked = _asked(os.environ.get("QUERY_STRING", ""))
        if asked is not None and hasattr(control, "take"):
            control.take(asked)
        return control


def beside(page: Page, client: str, period: str) -> Beside | None:
    """Return a page beside the reviewed run, where the environment says that this is a live copy.

    Parameters
    ----------
    page : Page
        A page with a control.
    client, period : str
        Whose; another client's or period's results are nobody's to stand beside.
    """
    reviewed = os.environ.get(REVIEWED)
    found = Beside(page, Path(reviewed)) if reviewed else None
    whose = (found.results.get("client"), found.results.get("period")) if found else None
    return found if whose == (client, period) else None


def _asked(query: str) -> float | None:
    """Return what the address asks to start at (``at=3.5``): a plain number, or nothing."""
    found = parse_qs(query).get("at", [""])[0]
    return float(found) if _NUMBER.fullmatch(found) else None


def _module(page: Page) -> Any:
    return import_module(f"lodestar.assess.{page.topic}.scenarios")
