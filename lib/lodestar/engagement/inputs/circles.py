"""Circles in what requires what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["circle"]


def circle(requires: Mapping[str, Sequence[str]]) -> list[str]:
    """Return one circle of requirements, its first member also last; empty when there is none.

    Parameters
    ----------
    requires : mapping of str to sequence of str
        What each member requires; unknown members are ignored.

    Examples
    --------
    >>> circle({"a": ["b"], "b": ["c"], "c": ["b"]})
    ['b', 'c', 'b']
    >>> circle({"a": ["b"], "b": []})
    []
    """
    pending = {name: len(_within(requires, name)) for name in requires}
    users: dict[str, list[str]] = {name: [] for name in requires}
    for name in requires:
        for needed in _within(requires, name):
            users[needed].append(name)
    open_ = [name for name, count in pending.items() if not count]
    while open_:
        for user in users[open_.pop()]:
            pending[user] -= 1
            if not pending[user]:
                open_.append(user)
    stuck = {name for name, count in pending.items() if count}
    return _walk(requires, stuck) if stuck else []


def _within(requires: Mapping[str, Sequence[str]], name: str) -> list[str]:
    """Return what a member requires, among the members, each once."""
    return [needed for needed in dict.fromkeys(requires[name]) if needed in requires]


def _walk(requires: Mapping[str, Sequence[str]], stuck: set[str]) -> list[str]:
    """Return the circle that a walk among members with open requirements runs into."""
    path = [min(stuck)]
    while True:
        needed = min(name for name in _within(requires, path[-1]) if name in stuck)
        if needed in path:
            return [*path[path.index(needed) :], needed]
        path.append(needed)
