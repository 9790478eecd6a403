"""What came of a batch of runs, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lodestar.run.report import Failure

__all__ = ["client_line", "summary", "time_left"]

Outcome = Mapping[str, Any]

_ORDER = ("published", "unchanged", "refused", "failed", "stopped")


def client_line(outcome: Outcome) -> str:
    """Return what came of one client; for one that did not run: why, what stands, and the log.

    Parameters
    ----------
    outcome : mapping
        As ``run --json`` prints it.

    Examples
    --------
    >>> client_line({"client": "acme", "status": "stopped", "cause": "", "failures": [],
    ...              "problems": [], "stands": ["2026-Q4"], "log": None})
    'acme: stopped; nothing was published. The earlier run of 2026-Q4 stands.'
    """
    name = outcome["client"]
    if outcome["status"] == "unchanged":
        return f"{name} {outcome['period']}: unchanged, {outcome['folder']}"
    if outcome["status"] == "published":
        done = _counted(len(outcome["executed"]), "workbook")
        return f"{name} {outcome['period']}: published, {done} executed, {outcome['folder']}"
    lines = [f"{name}: {_why(outcome)}; nothing was published. {_stands(outcome['stands'])}"]
    lines += [f"  {Failure(**failure)}" for failure in outcome["failures"]]
    lines += [f"  Log: {outcome['log']}"] if outcome["log"] else []
    return "\n".join(lines)


def summary(outcomes: Sequence[Outcome]) -> str:
    """Return how many clients ended in which way.

    Examples
    --------
    >>> summary([{"status": "published"}, {"status": "failed"}, {"status": "published"}])
    '3 clients: 2 published, 1 failed.'
    """
    statuses = [outcome["status"] for outcome in outcomes]
    said = [f"{statuses.count(each)} {each}" for each in _ORDER if each in statuses]
    return f"{_counted(len(outcomes), 'client')}: {', '.join(said)}."


def time_left(seconds: float | None) -> str:
    """Return in words how long it will take; nothing where there is no ground to say.

    Examples
    --------
    >>> time_left(4), time_left(90), time_left(4000), time_left(None)
    ('a few seconds left', '2 min left', '1 h 7 min left', '')
    """
    if seconds is None:
        return ""
    if seconds < 10:
        return "a few seconds left"
    if seconds < 60:
        return f"{round(seconds / 5) * 5} s left"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min left"
    return f"{minutes // 60} h {minutes % 60} min left"


def _why(outcome: Outcome) -> str:
    if outcome["problems"]:
        return f"refused, {_counted(len(outcome['problems']), 'problem')} in the input"
    if outcome["failures"]:
        return f"failed, {_counted(len(outcome['failures']), 'workbook')} stopped"
    cause = str(outcome["cause"]).rstrip(".")
    return f"{outcome['status']}: {cause}" if cause else str(outcome["status"])


def _stands(periods: Sequence[str]) -> str:
    if not periods:
        return "There is no earlier run."
    runs = "run" if len(periods) == 1 else "runs"
    verb = "stands" if len(periods) == 1 else "stand"
    return f"The earlier {runs} of {', '.join(periods)} {verb}."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
