"""Sentences of the what-if of 03: which links may be doubted, what a scenario leaves standing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from lodestar.assess.conflicts.links import EVIDENCE
from lodestar.assess.conflicts.scenario import Excess, Scenario
from lodestar.findings.conflicts.pairs_words import listed
from lodestar.findings.conflicts.told import EVIDENCE_WORDS, arrow, bare, by_id, node
from lodestar.findings.words import count, joined, named, percent, plural, start
from lodestar.schema.numerals import numeral

__all__ = [
    "MOST",
    "excess_words",
    "grade_words",
    "link_words",
    "links_of_evidence",
    "pay_words",
    "remain_words",
    "weak_links",
]

Pair = tuple[str, str]

MOST = 12
"""Most links offered one by one."""

WORST = 10


def weak_links(results: Mapping[str, Any]) -> list[Pair]:
    """Return the links on the paths of the ten worst conflicts, the weakest evidence first.

    Parameters
    ----------
    results : mapping
        Sections of results.json; conflicts are read.

    Returns
    -------
    list of (source, target)
        At most twelve; among equals those of the worst conflict first.
    """
    evidence = _evidence(results)
    found: dict[Pair, None] = {}
    for item in listed(results["conflicts"])[:WORST]:
        for pair in pairwise(item["path"]):
            known = pair if pair in evidence else pair[::-1]
            if known in evidence:
                found.setdefault(known)
    return sorted(found, key=lambda pair: EVIDENCE[evidence[pair]])[:MOST]


def links_of_evidence(results: Mapping[str, Any], evidence: str) -> list[Pair]:
    """Return all links of one grade of evidence: measured, observed, stated or assumed."""
    return sorted(pair for pair, word in _evidence(results).items() if word == evidence)


def link_words(results: Mapping[str, Any], pair: Pair) -> str:
    """Return a link as one would say it, with its evidence."""
    links = results["conflicts"]["register"]["links"]
    link = next(k for k in links if (k["source"], k["target"]) == pair)
    name = node(results, pair[0])
    is_rule = by_id(results)[pair[0]]["kind"] == "policy"
    first = f"The rule “{bare(name)}”" if is_rule else f"{name} ↑"
    end = f"{node(results, pair[1])} {arrow(link['strength'])}"
    return f"{first} → {end} ({EVIDENCE_WORDS[link['evidence']]})"


def grade_words(evidence: str, many: int) -> str:
    """Return what it is to doubt every link of one grade.

    Examples
    --------
    >>> grade_words("assumed", 8), grade_words("stated", 1)
    ('All eight links that are assumed', 'The one link that is stated by people')
    """
    word = EVIDENCE_WORDS[evidence]
    return (
        f"All {count(many)} links that are {word}" if many > 1 else f"The one link that is {word}"
    )


def remain_words(
    reviewed: Mapping[str, Any], now: Mapping[str, Any], scenario: Scenario
) -> list[str]:
    """Return which severe conflicts remain in a scenario, and which are new; empty without one.

    Parameters
    ----------
    reviewed, now : mapping
        Sections of results.json as reviewed, and in the scenario.
    scenario : Scenario
        What is otherwise.
    """
    if not scenario.changes:
        return []
    before, after = _severe(reviewed), _severe(now)
    kept, new = len(before & after), len(after - before)
    return [f"{start(joined(_premises(scenario)))}, {_left(len(before), kept, new)}."]


def pay_words(results: Mapping[str, Any], metric: str, share: float, reviewed: float) -> str:
    """Return what a measure carries in a scenario, beside what was reviewed.

    Parameters
    ----------
    results : mapping
        Sections of results.json; names are read.
    metric : str
        Its id.
    share, reviewed : float
        Share of its function's reward, 0–1.
    """
    function = _function_of(results, metric)
    return (
        f"{node(results, metric)} carries {percent(share)} of the reward of {function} "
        f"(reviewed {percent(reviewed)})"
    )


def excess_words(results: Mapping[str, Any], excess: Excess) -> str:
    """Return why a scenario cannot be: a function would be paid more than its whole reward."""
    function = named(results["labels"]["function"], excess.function)
    names = joined([f"“{node(results, metric)}”" for metric in excess.metrics[:3]])
    return (
        f"Not solved: the shares of {function} add up to {percent(excess.total)}, more than the "
        f"whole of its reward. Lower one of these first: {names}."
    )


def _evidence(results: Mapping[str, Any]) -> dict[Pair, str]:
    links = results["conflicts"]["register"]["links"]
    return {(link["source"], link["target"]): link["evidence"] for link in links}


def _severe(results: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    """Severe conflicts by their two ends and kind, whichever direction is the worse."""
    items = [item for item in results["conflicts"]["items"] if item["severe"]]
    return {(*sorted((i["a"], i["b"])), i["kind"]) for i in items}  # type: ignore[misc]


def _premises(scenario: Scenario) -> list[str]:
    """What is otherwise, each beginning with a preposition."""
    said = []
    if scenario.doubted:
        many = len(scenario.doubted)
        said.append("without the link you doubt" if many == 1 else _doubted(many))
    if scenario.length is not None:
        said.append(_near(scenario.length))
    if scenario.incentives:
        said.append(f"with {plural(len(scenario.incentives), 'measure')} paid otherwise")
    if scenario.threshold is not None:
        said.append(f"with conflicts severe from {numeral(scenario.threshold, 'g')}")
    return said


def _doubted(many: int) -> str:
    return f"without the {count(many)} links you doubt"


def _near(length: int) -> str:
    if length == 1:
        return "with direct effects only"
    return f"with effects of at most {count(length)} links only"


def _left(before: int, kept: int, new: int) -> str:
    opens = f"{plural(new, 'new one')} {'opens' if new == 1 else 'open'}"
    if not before:
        return "no conflict is severe, as reviewed" if not new else _becomes(new)
    stays = _stays(before, kept)
    return f"{stays} and {opens}" if new else stays


def _becomes(new: int) -> str:
    return f"{plural(new, 'conflict')} {'becomes' if new == 1 else 'become'} severe"


def _stays(before: int, kept: int) -> str:
    if before == 1:
        return f"your one severe conflict {'remains' if kept else 'is gone'}"
    if kept == before:
        return f"{'both' if before == 2 else f'all {count(before)}'} severe conflicts remain"
    many = count(kept) if kept else "neither" if before == 2 else "none"
    return f"{many} of the {count(before)} severe conflicts {'remains' if kept < 2 else 'remain'}"


def _function_of(results: Mapping[str, Any], metric: str) -> str:
    nodes = results["conflicts"]["register"]["nodes"]
    function = next(n["function"] for n in nodes if n["id"] == metric)
    return named(results["labels"]["function"], function)
