"""The pages of published runs: where they are, what links to what, how they look."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import nbformat

from lodestar.provenance import PublishedRun, digest, file_hash, find_run, published_periods
from lodestar.serve.assets import Assets
from lodestar.serve.facts import RunFacts, run_facts, sheet_words
from lodestar.serve.saved import heading, read_blocks
from lodestar.workbook.pages import PAGES

__all__ = ["Entry", "Rendered", "Site", "page_url"]

_KEPT = 64
_KNOWN = {page.stem: page for page in PAGES}


@dataclass(frozen=True)
class Entry:
    """One workbook in the sidebar; the method page carries no number."""

    stem: str
    number: str
    short: str
    question: str
    href: str


@dataclass(frozen=True)
class Rendered:
    """A page ready to be sent, and the name of exactly this content."""

    etag: str
    html: bytes
    zipped: bytes


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
    """

    def __init__(
        self, template: Path, clients: Iterable[str], period: str, data_root: Path | None
    ) -> None:
        self.clients = tuple(clients)
        self.period, self.data_root = period, data_root
        self.template, self.assets = template, Assets(template / "static")
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

    def render(self, page: str, /, **values: Any) -> str:
        """Return a page of the template."""
        shared = {"asset": self.assets.url, "language": "en", "home": "/"}
        return self._pages.get_template(page).render(**shared, **values)

    def landing(self, client: str) -> str:
        """Return the list of a client's periods and workbooks; a calm page when there is none."""
        runs = self.runs(client)
        if not runs:
            return self.unpublished(client)
        listed = [{**vars(run_facts(run)), "walk": walk(run)} for run in runs]
        return self.render("landing.html", name=listed[0]["name"], runs=listed)

    def unpublished(self, client: str) -> str:
        """Return the page of a client of whom nothing has been published yet."""
        return self.render(
            "message.html",
            heading="Nothing has been published yet.",
            lines=["Whoever runs this server can publish the dashboards with:"],
            command=f"lodestar run {client}",
        )

    def workbook(self, run: PublishedRun, path: Path) -> Rendered:
        """Return a reviewed page: what the executed notebook showed, and no kernel."""
        facts, identity = run_facts(run, path.stem), file_hash(path)
        others = [other for other in self.runs(run.client) if other.period != run.period]
        etag = digest([identity, self._looks, vars(facts), [other.period for other in others]])[:32]
        if etag not in self._ready:
            self._ready[etag] = self._rendered(run, facts, path, others, identity, etag)
            while len(self._ready) > _KEPT:
                self._ready.popitem(last=False)
        return self._ready[etag]

    def _rendered(
        self,
        run: PublishedRun,
        facts: RunFacts,
        path: Path,
        others: list[PublishedRun],
        identity: str,
        etag: str,
    ) -> Rendered:
        notebook = nbformat.read(path, as_version=4)
        entries = walk(run)
        place = [entry.stem for entry in entries].index(path.stem)
        known = _KNOWN.get(path.stem)
        html = self.render(
            "workbook.html",
            page={
                "stem": path.stem,
                "title": known.question if known else heading(notebook) or path.stem,
                "hash": identity,
                "what_if": f"{page_url(run, path.stem)}/what-if",
            },
            run=facts,
            sheet=sheet_words(facts),
            walk=entries,
            others=[{"period": r.period, "href": page_url(r, path.stem)} for r in others],
            blocks=read_blocks(notebook),
            before=entries[place - 1] if place else None,
            after=entries[place + 1] if place + 1 < len(entries) else None,
        ).encode()
        return Rendered(f'"{etag}"', html, gzip.compress(html, 6, mtime=0))


def walk(run: PublishedRun) -> list[Entry]:
    """Return the workbooks of a run in the order of the walk."""
    entries = []
    for stem in run.notebooks():
        known = _KNOWN.get(stem)
        number = stem[:2].lstrip("0") or "0"
        entries.append(
            Entry(
                stem=stem,
                number="" if stem.startswith("9") else number,
                short=known.short if known else stem,
                question=known.question if known else "",
                href=page_url(run, stem),
            )
        )
    return entries


def page_url(run: PublishedRun, stem: str) -> str:
    """Return the address of a reviewed page."""
    return f"/c/{run.client}/{run.period}/{stem}"
