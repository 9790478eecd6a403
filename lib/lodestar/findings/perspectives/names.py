"""Names of groups and scales as a sentence says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.words import named, start
from lodestar.schema.numerals import numeral

__all__ = ["OTHER", "WORKBOOK", "first_name", "group_name", "mark", "scale_name", "short_name"]

WORKBOOK = "05_perspectives"

OTHER = "other"
"""How groups merged for being small are called."""

Labels = Mapping[str, Any]


def group_name(labels: Labels, group: str) -> str:
    """Return a group in the plural: ``customers``, ``employees in Sales``.

    Examples
    --------
    >>> labels = {"group": {"employee": "Employees"}, "function": {"sales": "Sales"}}
    >>> group_name(labels, "employee:sales"), group_name(labels, "seniority:senior")
    ('employees in Sales', 'people of seniority “senior”')
    """
    kind, _, part = group.partition(":")
    if kind == "seniority":
        return "people of other seniority" if part == OTHER else f"people of seniority “{part}”"
    people = str(named(labels["group"], kind)).lower()
    if part == OTHER and part not in labels["function"]:
        return f"{people} in other functions"
    return f"{people} in {named(labels['function'], part)}" if part else people


def first_name(labels: Labels, group: str) -> str:
    """Return a group with its first letter raised, for labels and the start of a sentence."""
    return start(group_name(labels, group))


def short_name(labels: Labels, group: str) -> str:
    """Return a group's name without the word for its kind, for labels of a chart.

    Examples
    --------
    >>> labels = {"group": {"employee": "Employees"}, "function": {"sales": "Sales"}}
    >>> short_name(labels, "employee:sales"), short_name(labels, "seniority:senior")
    ('Sales', '“senior”')
    """
    kind, _, part = group.partition(":")
    if not part:
        return group_name(labels, group)
    return f"“{part}”" if kind == "seniority" else str(named(labels["function"], part))


def scale_name(labels: Labels, scale: str) -> str:
    """Return what a scale is about: its dimension, with the family where it is no level.

    Examples
    --------
    >>> labels = {"dimension": {"D6": "Hand-offs"}}
    >>> scale_name(labels, "D6.level"), scale_name(labels, "D6.know")
    ('Hand-offs', 'Hand-offs (know)')
    """
    dimension, _, family = scale.rpartition(".")
    name = str(named(labels["dimension"], dimension))
    return name if family == "level" else f"{name} ({family})"


def mark(x: float) -> str:
    """Return a mean answer on the 1–5 scale as a person says it.

    Examples
    --------
    >>> mark(3.0), mark(2.449)
    ('3.0', '2.4')
    """
    return numeral(x, ".1f")
