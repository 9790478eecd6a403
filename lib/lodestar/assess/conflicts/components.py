"""Strong components of the map: places on loops together, and whether signs agree there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lodestar.assess.conflicts.links import Links

__all__ = ["Component", "components"]


@dataclass(frozen=True)
class Component:
    """Places that all lead to each other.

    Parameters
    ----------
    members : tuple of int
        Places, ascending.
    colour : tuple of int or None
        0 or 1 by member, so that a link between equal colours is positive and one between
        different colours negative; None where a loop of the component is negative (unbalanced).
    """

    members: tuple[int, ...]
    colour: tuple[int, ...] | None


def components(links: Links) -> tuple[Component, ...]:
    """Return the strong components of a map, each after all that it leads to.

    Parameters
    ----------
    links : Links
        The signed links.

    Notes
    -----
    Tarjan (1972), without recursion. A component is sign-balanced when its places can be given two
    colours as above (Harary 1953): all walks between two of its places then have one sign.
    """
    return tuple(Component(members, _colours(links, members)) for members in _strong(links))


def _strong(links: Links) -> Iterator[tuple[int, ...]]:
    """Members of each component, what it leads to first."""
    index = [-1] * len(links.ids)
    low, waiting, held = list(index), [False] * len(links.ids), []
    count = 0
    for root in range(len(links.ids)):
        work = [(root, 0)] if index[root] < 0 else []
        while work:
            place, step = work.pop()
            if step == 0:
                index[place] = low[place] = count
                count += 1
                held.append(place)
                waiting[place] = True
            ways = links.leaving[place]
            if step:
                low[place] = min(low[place], low[ways[step - 1][0]])
            while step < len(ways):
                end = ways[step][0]
                step += 1
                if index[end] < 0:
                    work += [(place, step), (end, 0)]
                    break
                if waiting[end]:
                    low[place] = min(low[place], index[end])
            else:
                if low[place] == index[place]:
                    yield _popped(held, waiting, place)


def _popped(held: list[int], waiting: list[bool], first: int) -> tuple[int, ...]:
    members: list[int] = []
    while not members or members[-1] != first:
        members.append(held.pop())
        waiting[members[-1]] = False
    return tuple(sorted(members))


def _colours(links: Links, members: tuple[int, ...]) -> tuple[int, ...] | None:
    colour, queue, inside = {members[0]: 0}, [members[0]], set(members)
    while queue:
        place = queue.pop()
        for end, flip, _ in links.leaving[place]:
            if end not in inside:
                continue
            if end not in colour:
                colour[end] = colour[place] ^ flip
                queue.append(end)
            elif colour[end] != colour[place] ^ flip:
                return None
    return tuple(colour[place] for place in members)
