"""A client's first page: the summary, what changed since the last visit, periods and workbooks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nbformat
from markupsafe import Markup

from lodestar.access import Session, Visit
from lodestar.provenance import PublishedRun, file_hash
from lodestar.serve.facts import run_facts
from lodestar.serve.saved import read_blocks
from lodestar.serve.site import Site
from lodestar.serve.unbroken import unbroken
from lodestar.serve.visits import since_visit
from lodestar.serve.walk import page_url, walk

__all__ = ["LANDING", "Summary", "choice_html", "landing_html", "summary_of"]

LANDING = "landing"
"""What a look at the first page is written down as, beside the names of workbooks."""

SUMMARY, NONE = "00_summary", Markup()
_LEAD = re.compile(r'<p class="ls-lead">(.*?)</p>', re.DOTALL)
_ANSWER = re.compile(r'<p class="ls-answer">(.*?)</p>', re.DOTALL)
_FINDING = re.compile(r'<section class="ls-card" id="(summary\.[\w.-]+)"><h3>(.*?)</h3>', re.DOTALL)


@dataclass(frozen=True)
class Summary:
    """What the one-page summary leads with, exactly as it was published.

    Parameters
    ----------
    lead : Markup
        The answer's first sentence; empty where the run has no summary.
    answers : tuple of Markup
        Its other sentences.
    findings : tuple of (str, Markup)
        Place on the page and headline of each finding.
    """

    lead: Markup = NONE
    answers: tuple[Markup, ...] = ()
    findings: tuple[tuple[str, Markup], ...] = ()


def landing_html(
    site: Site,
    client: str,
    session: Session | None = None,
    visit: Visit | None = None,
    password: bool = False,
) -> str:
    """Return a client's first page; a calm one when nothing is published.

    Parameters
    ----------
    site : Site
        Knows the runs and renders the page.
    client : str
        Whose page; the gate has let this person see it.
    session : Session or None
        Whose request it is; None leaves out the way to sign out.
    visit : Visit or None
        The person's visit before this one.
    password : bool
        Whether this person's password is kept here, and so can be changed here.
    """
    runs = site.runs(client)
    if not runs:
        return site.unpublished(client)
    latest = runs[0]
    path = latest.notebook(SUMMARY)
    facts = run_facts(latest)
    return site.render(
        "landing.html",
        client,
        name=facts.name,
        run=facts,
        summary=summary_of(path, file_hash(path)) if path else Summary(),
        href=page_url(latest, SUMMARY, site.base),
        since=since_visit(visit, runs),
        session=session,
        password=password,
        walk=[entry for entry in walk(latest, site.base) if entry.stem != SUMMARY],
        earlier=_earlier(site, runs[1:]),
    )


def choice_html(
    site: Site, clients: Sequence[str], session: Session, password: bool = False
) -> str:
    """Return the page on which a person of several clients chooses one, by its latest run."""
    listed = []
    for client in clients:
        runs = site.runs(client)
        facts = run_facts(runs[0]) if runs else None
        listed.append({"href": f"{site.base}c/{client}", "client": client, "run": facts})
    return site.render("choice.html", clients=listed, session=session, password=password)


def _earlier(site: Site, runs: Sequence[PublishedRun]) -> list[dict[str, object]]:
    return [{**vars(run_facts(run)), "walk": walk(run, site.base)} for run in runs]


@lru_cache(maxsize=64)
def summary_of(path: Path, _identity: str) -> Summary:
    """Return what a published summary leads with.

    Parameters
    ----------
    path : Path
        The executed notebook.
    _identity : str
        Hash of its content: another content is read anew.
    """
    blocks = read_blocks(nbformat.read(path, as_version=4))
    html = unbroken("".join(str(block.html) for block in blocks))
    lead = _LEAD.search(html)
    return Summary(
        lead=Markup(lead[1]) if lead else Markup(),
        answers=tuple(map(Markup, _ANSWER.findall(html))),
        findings=tuple((place, Markup(said)) for place, said in _FINDING.findall(html)),
    )
