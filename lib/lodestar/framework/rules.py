"""Check what a framework means: ids that exist, complete and rising targets, no circle of needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from lodestar.errors import Problem
from lodestar.framework.documents import IDENTITY, NAMES, SECTIONS, Document, entries
from lodestar.framework.item_rules import item_problems
from lodestar.schema.nearest import meant

__all__ = ["duplicate_problems", "rule_problems"]

_LEVELS = ("1", "2", "3", "4", "5")
_PARTS = ("levels", "required", "alignment", "transition")


def rule_problems(document: Document, where: str) -> list[Problem]:
    """Return what is wrong with the meaning of a framework whose shape is right.

    Parameters
    ----------
    document : dict
        Plain data that passed the schema.
    where : str
        Name of the file for messages.

    Returns
    -------
    list of Problem
        In the order of the sections; empty when all is well.
    """
    return [
        *duplicate_problems(document, where),
        *_unknown_ids(document, where),
        *_target_problems(document, where),
        *_cycle_problems(document, where),
        *item_problems(document, where),
        *_factor_problems(document, where),
    ]


def duplicate_problems(document: Document, where: str) -> list[Problem]:
    """Return a problem for every id that stands twice in its section."""
    problems = []
    for section in SECTIONS:
        key = IDENTITY.get(section, "id")
        counts = Counter(str(entry[key]) for entry in document.get(section, []))
        problems += [
            Problem(
                code="framework-duplicate",
                file=where,
                column=f"{section}.{id}",
                value=id,
                message=f"The {NAMES[section]} {id} stands {count} times.",
                remedy="Keep one, or give the other its own id.",
            )
            for id, count in counts.items()
            if count > 1
        ]
    return problems


def _unknown_ids(document: Document, where: str) -> Iterator[Problem]:
    """Yield a problem for every id that points nowhere."""
    dimensions = list(entries(document, "dimensions"))
    capabilities = list(entries(document, "capabilities"))
    for section in ("capabilities", "items"):
        for id, entry in entries(document, section).items():
            if "dimension" in entry:
                place = f"{section}.{id}.dimension"
                yield from _missing([entry["dimension"]], dimensions, place, "dimension", where)
    for id, entry in entries(document, "capabilities").items():
        place = f"capabilities.{id}.needs"
        yield from _missing(entry.get("needs", []), capabilities, place, "capability", where)
    known = [*_PARTS, *(id for section in SECTIONS[1:5] for id in entries(document, section))]
    for id, entry in entries(document, "sources").items():
        place = f"sources.{id}.rests"
        yield from _missing(entry.get("rests", []), known, place, "part of the framework", where)


def _missing(
    given: Iterable[str], known: list[str], column: str, what: str, where: str
) -> Iterator[Problem]:
    """Yield a problem for each id that is not known, with the nearest that is."""
    for id in given:
        if id not in known:
            yield Problem(
                code="framework-unknown-id",
                file=where,
                column=column,
                value=id,
                message=f"No {what} has this id.",
                remedy=meant(
                    id, known, f"Use an id that stands in the framework, or add the {what}."
                ),
            )


def _target_problems(document: Document, where: str) -> Iterator[Problem]:
    """Yield a problem for every target profile that is incomplete or falls."""
    for id, entry in entries(document, "capabilities").items():
        target, place = entry["target"], f"capabilities.{id}.target"
        missing = [level for level in _LEVELS if level not in target]
        if missing:
            yield Problem(
                code="framework-target",
                file=where,
                column=place,
                message=f"The target has no value at level {', '.join(missing)}.",
                remedy="Give a target at each of the levels 1 to 5.",
            )
            continue
        yield from _falling(target, place, where)
        for function, own in entry.get("target_by_function", {}).items():
            column = f"capabilities.{id}.target_by_function.{function}"
            yield from _falling({**target, **own}, column, where)


def _falling(profile: dict[str, float], column: str, where: str) -> Iterator[Problem]:
    """Yield a problem when a higher chosen level asks for a lower target."""
    values = [profile[level] for level in _LEVELS]
    for level, low, high in zip(_LEVELS[1:], values[:-1], values[1:], strict=True):
        if high < low:
            yield Problem(
                code="framework-target",
                file=where,
                column=column,
                value=f"{high:g}",
                message=f"The target at level {level} is below the one before it, {low:g}.",
                remedy="Let targets rise or stay equal from level to level; a level that a "
                "function's own targets leave out keeps the general target.",
            )


def _cycle_problems(document: Document, where: str) -> Iterator[Problem]:
    """Yield one problem for every capability that ends up needing itself, once a circle."""
    found = entries(document, "capabilities")
    needs = {id: sorted(entry.get("needs", [])) for id, entry in found.items()}
    told: set[str] = set()
    for start in sorted(needs):
        circle = _circle(start, needs)
        if circle and not told & set(circle):
            told |= set(circle)
            yield Problem(
                code="framework-cycle",
                file=where,
                column=f"capabilities.{start}.needs",
                value=" > ".join([*circle, start]),
                message="These capabilities need each other in a circle.",
                remedy="Remove one of the needs, so that one of them can come first.",
            )


def _circle(start: str, needs: dict[str, list[str]]) -> list[str]:
    """Return the first path found that leads from a capability back to itself, else nothing."""
    paths, seen = [[start]], {start}
    while paths:
        path = paths.pop(0)
        for need in needs.get(path[-1], []):
            if need == start:
                return path
            if need not in seen:
                seen.add(need)
                paths.append([*path, need])
    return []


def _factor_problems(document: Document, where: str) -> list[Problem]:
    """Return a problem for each base factor that pulls down: the base is a plain mean."""
    return [
        Problem(
            code="framework-factor",
            file=where,
            column=f"factors.{id}.sign",
            value=str(entry["sign"]),
            message="A base factor cannot have a negative sign: the base is a mean of its factors.",
            remedy="Write sign 1, or make it a factor with the role shift.",
        )
        for id, entry in entries(document, "factors").items()
        if entry["role"] == "base" and entry.get("sign", 1) == -1
    ]
