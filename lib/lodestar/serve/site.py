"""The pages of published runs: where they are, what links to what, how they look."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import nbformat
from markupsafe import Markup

from lodestar.engagement.places import client_folder, existing_folder
from lodestar.provenance import (
    PublishedRun,
    code_hash,
    digest,
    file_hash,
    find_run,
    published_periods,
)
from lodestar.serve.assets import Assets
from lodestar.serve.brand import PLAIN, Brand, brand_of, brand_style, firm_brand
from lodestar.serve.facts import RunFacts, run_facts, sheet_rule, span
from lodestar.serve.glossary import METHOD, Word, glossary
from lodestar.serve.headers import style_hashes
from lodestar.serve.packing import PAGE, packed
from lodestar.serve.reading import Reading, read_along
from lodestar.serve.saved import heading, read_blocks
from lodestar.serve.tones import tone_style
from lodestar.serve.walk import Entry, page_url, walk

__all__ = ["Rendered", "Site"]

_KEPT, _PREPARED = 64, 12


@dataclass(frozen=True)
class Rendered:
    """A page ready to be sent, the name of exactly this content, hashes of its style elements."""

    etag: str
    html: bytes
    zipped: bytes
    tight: bytes
    styles: tuple[str, ...] = ()


class Site:
    """Everything served for some clients.

    Parameters
    ----------
    template : Path
        Folder of the dashboard template.
    clients : iterable of str
        Whose pages may be served.
    period : str
        Only this period; empty means all that are published.
    data_root : Path or None
        Folder of clients.
    base : str
        Path that every page is below; begins and ends with ``/``.
    """

    def __init__(
        self,
        template: Path,
        clients: Iterable[str],
        period: str,
        data_root: Path | None,
        base: str = "/",
    ) -> None:
        self.clients, self.base = tuple(clients), base
        self.period, self.data_root = period, data_root
        self.template, self.assets = template, Assets(template / "static", base)
        self._pages = jinja2.Environment(
            loader=jinja2.FileSystemLoader(template / "pages"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        looks = {path.name: file_hash(path) for path in sorted(template.rglob("*.html"))}
        self._looks = digest({**looks, "assets": self.assets.version})
        self._ready: OrderedDict[str, Rendered] = OrderedDict()

    def runs(self, client: str) -> list[PublishedRun]:
        """Return a client's published runs, latest first."""
        periods = reversed(published_periods(client, self.data_root))
        found = [find_run(client, p, self.data_root) for p in periods if self.period in ("", p)]
        return [run for run in found if run]

    def run(self, client: str, period: str) -> PublishedRun | None:
        """Return one published run, pinned for the length of a request."""
        wanted = self.period in ("", period) and client in self.clients
        return find_run(client, period, self.data_root) if wanted and period else None

    def render(self, page: str, /, client: str = "", **values: Any) -> str:
        """Return a page of the template, dressed for a client; empty: in the firm's own way."""
        shared = {
            "asset": self.assets.url,
            "language": "en",
            "home": self.base,
            "firm": self.firm(),
            "brand": self.brand(client),
            "style": Markup(self._colours(client)),
        }
        return self._pages.get_template(page).render(**{**shared, **values})

    def firm(self) -> Brand:
        """Return the brand of whoever serves these pages."""
        return firm_brand(existing_folder(self.data_root))

    def brand(self, client: str) -> Brand:
        """Return a client's own brand; a plain one for none."""
        return brand_of(client_folder(client, self.data_root)) if client else PLAIN

    def _colours(self, client: str) -> str:
        return brand_style(self.firm(), self.brand(client))

    def unpublished(self, client: str) -> str:
        """Return the page of a client of whom nothing has been published yet."""
        return self.render(
            "message.html",
            client,
            reason="unpublished",
            heading="Nothing has been published yet.",
            lines=["Whoever runs this server can publish the dashboards with:"],
            command=f"lodestar run {client}",
        )

    def prepare(self) -> None:
        """Make the pages ready that are asked for first: every client's summary, then the rest.

        The hash of the code, which the consultants' page asks for, is known from then on as well.
        """
        code_hash()
        latest = [runs[0] for runs in map(self.runs, self.clients) if runs]
        pages = [(place, run, s) for run in latest for place, s in enumerate(run.notebooks())]
        for _, run, stem in sorted(pages, key=lambda page: page[0])[:_PREPARED]:
            path = run.notebook(stem)
            if path is not None:
                self.workbook(run, path)

    def workbook(self, run: PublishedRun, path: Path) -> Rendered:
        """Return a reviewed page: what the executed notebook showed, and no kernel."""
        facts, identity = run_facts(run), file_hash(path)
        periods = [self._period(other, run, path.stem) for other in self.runs(run.client)]
        style = f"{self._colours(run.client)}{sheet_rule(facts)}"
        logos = [self.firm().name, self.firm().logo, self.brand(run.client).logo]
        known = [identity, self._looks, vars(facts), periods, style, logos]
        etag = digest(known)[:32]
        if etag not in self._ready:
            html = self._html(run, path, identity, facts=facts, periods=periods, style=style)
            packs = packed(html, PAGE)
            self._ready[etag] = Rendered(f'"{etag}"', html, *packs, style_hashes(html))
            while len(self._ready) > _KEPT:
                self._ready.popitem(last=False)
        return self._ready[etag]

    def _period(self, other: PublishedRun, run: PublishedRun, stem: str) -> dict[str, Any]:
        """Return an entry of the period switch: the same page, else the first that there is."""
        stems = other.notebooks()
        return {
            "span": span(other.period),
            "href": page_url(other, stem if stem in stems else stems[0], self.base),
            "here": other.period == run.period,
        }

    def _html(
        self,
        run: PublishedRun,
        path: Path,
        identity: str,
        facts: RunFacts,
        periods: list[dict[str, Any]],
        style: str,
    ) -> bytes:
        notebook = nbformat.read(path, as_version=4)
        entries = walk(run, self.base)
        place = [entry.stem for entry in entries].index(path.stem)
        reading = _reading(run, path.stem, notebook, entries)
        shown = "".join(str(block.html) for block in reading.blocks)
        return self.render(
            "workbook.html",
            run.client,
            page={
                "stem": path.stem,
                "title": entries[place].question or heading(notebook) or path.stem,
                "hash": identity,
                "what_if": f"{entries[place].href}/what-if",
            },
            run=facts,
            style=Markup(style + tone_style(shown, self.assets.tones)),
            walk=entries,
            periods=periods,
            reading=reading,
            here=entries[place],
            before=entries[place - 1] if place else None,
            after=entries[place + 1] if place + 1 < len(entries) else None,
        ).encode()


def _reading(run: PublishedRun, stem: str, notebook: Any, entries: list[Entry]) -> Reading:
    """Return a page's blocks with words, pages and formulas a click away."""
    method = run.notebook(METHOD) if stem != METHOD else None
    words = _words(method, file_hash(method)) if method else ()
    pages = {entry.stem[:2]: entry.href for entry in entries if entry.stem != stem}
    at = next((entry.href for entry in entries if entry.stem == METHOD), "") if method else ""
    return read_along(read_blocks(notebook, stem), words, pages, at)


@lru_cache(maxsize=16)
def _words(method: Path, _identity: str) -> tuple[Word, ...]:
    return glossary(nbformat.read(method, as_version=4))
