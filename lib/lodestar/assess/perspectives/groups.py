"""Groups whose views are compared: stakeholders, functions among employees, seniority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["EMPLOYEE", "Group", "groups", "pairs"]

EMPLOYEE = "employee"


@dataclass(frozen=True)
class Group:
    """Some respondents: ``id`` as results name it, ``kind`` of cut, who belongs to it."""

    id: str
    kind: str
    members: NDArray[np.bool_]


def groups(respondents: pd.DataFrame) -> list[Group]:
    """Return the groups of a survey that have a member, sorted within each kind.

    Parameters
    ----------
    respondents : DataFrame
        Typed table.

    Returns
    -------
    list of Group
        Kinds ``stakeholder`` (``customer``), ``function`` (``employee:sales``) and ``seniority``
        (``seniority:senior``).
    """
    stakeholder, function = respondents["group"], respondents["function"]
    employees = function.where(stakeholder == EMPLOYEE)
    cuts = {
        "stakeholder": (stakeholder, ""),
        "function": (employees, f"{EMPLOYEE}:"),
        "seniority": (respondents["seniority"], "seniority:"),
    }
    return [
        group for kind, (labels, prefix) in cuts.items() for group in _cut(labels, prefix, kind)
    ]


def _cut(labels: pd.Series, prefix: str, kind: str) -> list[Group]:
    """Return a group for each label, sorted."""
    codes, values = pd.factorize(labels, sort=True)
    return [Group(f"{prefix}{value}", kind, codes == code) for code, value in enumerate(values)]


def pairs(found: Sequence[Group]) -> list[tuple[Group, Group]]:
    """Return the pairs that are compared: groups of one kind, the smaller id first.

    Parameters
    ----------
    found : sequence of Group
        As :func:`groups` returns them; customers and employees are both stakeholders.

    Examples
    --------
    >>> nobody = np.zeros(0, dtype=bool)
    >>> both = [Group("employee", "stakeholder", nobody), Group("customer", "stakeholder", nobody)]
    >>> [(a.id, b.id) for a, b in pairs(both)]
    [('customer', 'employee')]
    """
    ordered = sorted(found, key=lambda group: group.id)
    return [(a, b) for a, b in combinations(ordered, 2) if a.kind == b.kind]
