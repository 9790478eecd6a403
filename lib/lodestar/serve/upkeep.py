"""What consultants must see to: inputs that changed since a run, attempts that came to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lodestar.findings.clients import attempted
from lodestar.provenance.attempts import Attempt, kept_attempts
from lodestar.provenance.files import input_look, input_stats, known_hash
from lodestar.provenance.hashes import differing, input_periods
from lodestar.serve.visits import day_of

__all__ = ["Tried", "changed_since", "tried"]

_LABELS = {"run": "Last run", "check": "Check"}


@dataclass(frozen=True)
class Tried:
    """One attempt as the page tells it.

    Parameters
    ----------
    label, sentence : str
        What it was, and what it came to with what to do.
    causes : tuple of str
        The first problems, each with its place and remedy; empty once the inputs have changed.
    more : int
        Problems that are not listed.
    grave : bool
        The inputs as they are now cannot be run.
    """

    label: str
    sentence: str
    causes: tuple[str, ...] = ()
    more: int = 0
    grave: bool = False


def changed_since(folder: Path, recorded: Mapping[str, str]) -> list[str]:
    """Return the input files that are no longer what a run was made from, sorted.

    Parameters
    ----------
    folder : Path
        The client's folder.
    recorded : mapping
        ``inputs`` of the run's manifest; periods that came later do not count.
    """
    periods = {"", *input_periods(recorded)}
    now = {
        name: known_hash(folder, name, about)
        for name, about in input_stats(folder).items()
        if (name.split("/")[1] if "/" in name else "") in periods
    }
    return differing(now, recorded)


def tried(client: str, folder: Path, causes: bool = True) -> tuple[Tried, ...]:
    """Return what the last attempts at a client came to, newest first; none once a run stands.

    Problems that a check and a run both found are listed once.
    """
    attempts = kept_attempts(folder)
    look = input_look(folder) if attempts else ""
    told = [_told(client, attempt, attempt.look == look) for attempt in attempts]
    said: set[tuple[str, ...]] = set()
    for place, each in enumerate(told):
        if each.causes in said or not causes:
            told[place] = replace(each, causes=(), more=0)
        said.add(each.causes)
    return tuple(told)


def _told(client: str, attempt: Attempt, current: bool) -> Tried:
    what = (attempt.verb, attempt.status, day_of(attempt.at), attempt.number)
    causes = attempt.causes if current else ()
    more = max(attempt.number - len(causes), 0) if causes else 0
    label = _LABELS.get(attempt.verb, attempt.verb)
    grave = current and attempt.status in ("refused", "failed")
    return Tried(label, attempted(client, *what, current), causes, more, grave)
