"""What changed on a client's pages since a person's last visit, from what was published then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from lodestar.access import Visit
from lodestar.engagement.places import plain_name
from lodestar.findings.headlines import HEADLINES, Figure, read
from lodestar.findings.signed import day
from lodestar.findings.visits import HEADS, figure_moved, period_changed, since
from lodestar.provenance import MANIFEST, PublishedRun
from lodestar.schema.numerals import speaking
from lodestar.serve.facts import run_facts, span
from lodestar.workbook.pages import PAGES

__all__ = ["Change", "Since", "day_of", "earlier_run", "since_visit"]

_SHORT = {page.stem: page.short for page in PAGES}


@dataclass(frozen=True)
class Change:
    """One period that is new or was published again, and how its headline numbers moved."""

    period: str
    sentence: str
    moved: tuple[str, ...] = ()


@dataclass(frozen=True)
class Since:
    """Everything that changed since a visit; no changes when nothing did."""

    sentence: str
    changes: tuple[Change, ...]


def since_visit(visit: Visit | None, runs: Sequence[PublishedRun]) -> Since | None:
    """Return what changed since a visit; None when there was none.

    Parameters
    ----------
    visit : Visit or None
        The visit before this one, with the run seen of each period.
    runs : sequence of PublishedRun
        What is published now, latest first.
    """
    if visit is None:
        return None
    with speaking(run_facts(runs[0]).locale if runs else "en"):
        found = [_change(run, visit.runs.get(run.period)) for run in runs]
    changes = tuple(change for change in found if change)
    return Since(since(day_of(visit.at), bool(changes)), changes)


def day_of(moment: float) -> str:
    """Return the day of a moment in seconds since 1970 as people say it, in UTC.

    Examples
    --------
    >>> day_of(1_790_000_000)
    '21 September 2026'
    """
    return day(datetime.fromtimestamp(moment, UTC).isoformat())


def earlier_run(run: PublishedRun, seen: str) -> PublishedRun | None:
    """Return the run of this hash that is kept beside a published one; None when it is gone."""
    folder = run.folder.parent / seen
    kept = plain_name(seen) and (folder / MANIFEST).is_file()
    return PublishedRun(run.client, run.period, folder) if kept else None


def _change(run: PublishedRun, seen: str | None) -> Change | None:
    """Return what became of a period since the run of this hash was seen."""
    if seen == run.hash:
        return None
    if seen is None:
        return Change(run.period, period_changed(span(run.period), None))
    before = earlier_run(run, seen)
    if before is None:
        return Change(run.period, period_changed(span(run.period), (), kept=False))
    then, now = (each.manifest()["notebooks"] for each in (before, run))
    pages = [_SHORT.get(stem, stem) for stem in sorted(now) if then.get(stem) != now[stem]]
    sentence = period_changed(span(run.period), pages, len(now))
    return Change(run.period, sentence, _moved(before, run))


def _moved(before: PublishedRun, run: PublishedRun) -> tuple[str, ...]:
    then, now = _figures(before), _figures(run)
    heads = {headline.id: headline for headline in HEADLINES}
    told = (figure_moved(heads[name], then[name], now[name]) for name in HEADS)
    return tuple(sentence for sentence in told if sentence)


@lru_cache(maxsize=256)
def _figures(run: PublishedRun) -> dict[str, Figure]:
    """Return the headline numbers of a run, which never change."""
    results = run.results()
    return {headline.id: read(headline, results) for headline in HEADLINES}
