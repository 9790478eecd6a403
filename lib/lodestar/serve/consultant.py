"""The first page of consultants and reviewers: every client they may see, and how each stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from lodestar.access import Access, Look, Session
from lodestar.engagement.places import client_folder
from lodestar.findings.clients import (
    all_clients,
    harmed_run,
    looked,
    no_run,
    record,
    run_stands,
)
from lodestar.findings.signed import review_words
from lodestar.provenance import (
    MANIFEST,
    RESULTS,
    PublishedRun,
    code_hash,
    file_hash,
)
from lodestar.provenance.files import files_below
from lodestar.provenance.integrity import named_hashes
from lodestar.serve.facts import span
from lodestar.serve.reviewed import standing_of
from lodestar.serve.site import Site
from lodestar.serve.upkeep import Tried, changed_since, tried
from lodestar.serve.visits import day_of

__all__ = ["Standing", "client_standing", "consultant_html"]

_NAME = re.compile(rb'^ "client_name": (".*?"),?$', re.MULTILINE)
"""A client's name where results.json has it: reading all of it takes fifty times as long."""

_HEAD = 1 << 17
"""Bytes in which the name usually stands; otherwise the whole is read."""

SHOWN = 3
"""Persons named of those who looked; the others are counted."""

State = Literal["none", "harmed", "changed", "standing"]


@dataclass(frozen=True)
class Standing:
    """How one client stands.

    Parameters
    ----------
    client, name : str
        Folder, and name as pages show it.
    state : str
        ``none`` published, ``harmed`` files, inputs ``changed`` since, or ``standing``.
    sentence : str
        The state in words, with what to do.
    period, href : str
        The latest period as people say it; address of the client's pages. Empty without a run.
    review, mark : str
        What stands of the reviews, and how it is styled.
    checks : str
        What the manifest keeps on record.
    looks : tuple of str
        Who looked last, newest first.
    more : int
        Persons who looked and are not named.
    others : int
        Earlier periods that are published.
    attempts : tuple of Tried
        What the last run and check came to, where no run has overtaken them.
    """

    client: str
    name: str
    state: State
    sentence: str
    period: str = ""
    href: str = ""
    review: str = ""
    mark: str = ""
    checks: str = ""
    looks: tuple[str, ...] = ()
    more: int = 0
    others: int = 0
    attempts: tuple[Tried, ...] = ()


def consultant_html(site: Site, access: Access, session: Session, password: bool = False) -> str:
    """Return the page of all clients that somebody may see.

    Parameters
    ----------
    site : Site
        Knows the runs and renders the page.
    access : Access
        Knows who looked.
    session : Session
        Whose page.
    password : bool
        Whether this person's password is kept here, and so can be changed here.
    """
    clients = [client for client in site.clients if session.may_see(client)]
    whole = session.role == "consultant"
    standings = [client_standing(site, each, access.lookers(each), whole) for each in clients]
    states = [standing.state for standing in standings]
    sentence = all_clients(
        len(standings),
        states.count("none"),
        states.count("changed") + states.count("harmed"),
        sum(bool(each.mark) and each.mark != "reviewed" for each in standings),
        sum(any(attempt.grave for attempt in each.attempts) for each in standings),
    )
    return site.render(
        "consultant.html",
        sentence=sentence,
        standings=standings,
        session=session,
        password=password,
    )


def client_standing(
    site: Site, client: str, looks: Iterable[Look], causes: bool = True
) -> Standing:
    """Return how a client stands, from hashes and what is on record; nothing is computed.

    Without ``causes`` it is told that a run failed, not why: an error may quote the inputs, which
    consultants hold and reviewers need not.
    """
    folder, runs = client_folder(client, site.data_root), site.runs(client)
    attempts = tried(client, folder, causes)
    if not runs:
        return Standing(client, client, "none", no_run(client), attempts=attempts)
    run, seen = runs[0], list(looks)
    state, sentence = _state(run, folder)
    review = standing_of(run)
    current = {each.hash for each in runs}
    manifest = _manifest(run) if state != "harmed" else {}
    return Standing(
        client=client,
        name=_name(run) if state != "harmed" else client,
        state=state,
        sentence=sentence,
        period=span(run.period),
        href=f"{site.base}c/{client}",
        review=review_words(review),
        mark=review.state,
        checks=_record(manifest),
        looks=tuple(looked(x.person, day_of(x.at), x.run in current) for x in seen[:SHOWN]),
        more=max(len(seen) - SHOWN, 0),
        others=len(runs) - 1,
        attempts=attempts,
    )


def _record(manifest: Mapping[str, Any]) -> str:
    """Return what a manifest keeps on record; empty where it was written before it kept that."""
    kinds: list[Any] = [manifest.get(kind) for kind in ("corrections", "assumptions")]
    return record(*map(len, kinds)) if None not in kinds else ""


def _state(run: PublishedRun, folder: Path) -> tuple[State, str]:
    if not _whole(run):
        return "harmed", harmed_run(run.client)
    manifest = _manifest(run)
    files = changed_since(folder, manifest["inputs"])
    same_code = manifest["code"]["sha256"] == code_hash()
    published = day_of((folder / "runs" / run.period).lstat().st_mtime)
    state: State = "changed" if files or not same_code else "standing"
    return state, run_stands(run.client, published, files, same_code)


def _whole(run: PublishedRun) -> bool:
    """Tell whether a run's manifest is its own and its files are there; pages hash each file."""
    try:
        named = named_hashes(_manifest(run))
        own = file_hash(run.folder / MANIFEST).startswith(run.hash)
    except (OSError, ValueError, KeyError):
        return False
    there = {path for path, _ in files_below(str(run.folder))}
    return own and there.issuperset(f"{run.folder}/{name}" for name in named)


@lru_cache(maxsize=2048)
def _manifest(run: PublishedRun) -> dict[str, Any]:
    return run.manifest()


@lru_cache(maxsize=2048)
def _name(run: PublishedRun) -> str:
    with (run.folder / RESULTS).open("rb") as results:
        found = _NAME.search(results.read(_HEAD))
    name = json.loads(found[1]) if found else run.results().get("client_name")
    return str(name or run.client)
