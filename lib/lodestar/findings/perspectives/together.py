"""Sentences on small groups that are shown as one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.perspectives.names import first_name
from lodestar.findings.words import joined, named

__all__ = ["together"]


def together(results: Mapping[str, Any]) -> list[str]:
    """Return who stands in each merged group, one sentence for each set of groups merged.

    Parameters
    ----------
    results : mapping
        ``perspectives.scales`` with ``members`` where small groups were merged.
    """
    labels = results["labels"]
    sets = {
        (row["group"], tuple(row["members"]))
        for row in results["perspectives"]["scales"]
        if row.get("members")
    }
    return [_sentence(labels, group, members) for group, members in sorted(sets)]


def _sentence(labels: Mapping[str, Any], group: str, members: tuple[str, ...]) -> str:
    parts = [member.partition(":")[2] for member in members]
    names = [str(named(labels["function"], part)) for part in parts]
    return (
        f"{first_name(labels, group)}: {joined(names)} taken together. Each alone has too few "
        "answers to be shown, or would let those few be worked out."
    )
