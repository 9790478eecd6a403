"""What every page says about its run: whose, when, how many people, from what."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from lodestar.findings.signed import review_words
from lodestar.provenance import PublishedRun
from lodestar.schema.numerals import numeral, speaking
from lodestar.serve.reviewed import standing_of

__all__ = ["RunFacts", "run_facts", "sheet_rule", "span"]

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True)
class RunFacts:
    """The line at the top and the line at the foot of a page; ``mark`` styles ``state``."""

    name: str
    period: str
    span: str
    people: str
    state: str
    mark: str
    hash: str
    framework: str
    seed: int
    threshold: int
    locale: str = "en"


def run_facts(run: PublishedRun) -> RunFacts:
    """Return a run's facts with what stands of its reviews now."""
    standing = standing_of(run)
    return replace(_facts(run), state=review_words(standing), mark=standing.state)


@lru_cache(maxsize=64)
def _facts(run: PublishedRun) -> RunFacts:
    """Return what a published run says; it never changes, so it is read once."""
    manifest, results = run.manifest(), run.results()
    locale = str(results.get("locale", "en"))
    with speaking(locale):
        people = _people(results)
    return RunFacts(
        name=str(results.get("client_name", run.client)),
        period=run.period,
        span=span(run.period),
        people=people,
        state="",
        mark="",
        hash=run.hash,
        framework=f"{manifest['framework']['id']} {manifest['framework']['version']}",
        seed=int(manifest["seed"]),
        threshold=int(results.get("threshold", 5)),
        locale=locale,
    )


def sheet_rule(facts: RunFacts) -> str:
    r"""Return the rule by which every printed sheet says whose it is, and what stands of it.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> sheet_rule(SimpleNamespace(name='A"</style>', span="B", state="C", hash="0123456789"))
    '@page{@bottom-left{content:"A\\22 \\3c \\2f style\\3e  \\b7  B \\b7  C \\b7  run 01234567"}}'
    """
    text = f"{facts.name} · {facts.span} · {facts.state} · run {facts.hash[:8]}"
    plain = re.compile(r"[^A-Za-z0-9 ]")
    words = plain.sub(lambda sign: f"\\{ord(sign.group()):x} ", text)
    return f'@page{{@bottom-left{{content:"{words}"}}}}'


def span(period: str) -> str:
    """Return a period as people say it.

    Examples
    --------
    >>> span("2026-Q4"), span("2026-07"), span("baseline")
    ('October–December 2026', 'July 2026', 'baseline')
    """
    quarter, month = _QUARTER.fullmatch(period), _MONTH.fullmatch(period)
    if quarter:
        first = 3 * int(quarter.group(2)) - 2
        months = calendar.month_name[first], calendar.month_name[first + 2]
        return f"{months[0]}–{months[1]} {quarter.group(1)}"
    if month and 1 <= int(month.group(2)) <= 12:
        return f"{calendar.month_name[int(month.group(2))]} {month.group(1)}"
    return period


def _people(results: dict[str, Any]) -> str:
    """Return how many persons answered, in how many functions, as far as known."""
    tables = results.get("data_quality", {}).get("tables", {})
    persons = tables.get("respondents", {}).get("rows") or 0
    functions = len(results.get("labels", {}).get("function", {}))
    said = [f"{numeral(persons, ',')} people"] if persons >= results.get("threshold", 5) else []
    said += [f"{functions} function{'s' if functions > 1 else ''}"] if functions else []
    return ", ".join(said)
