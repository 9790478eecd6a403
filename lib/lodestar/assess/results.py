"""All results of an engagement, each section computed when first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from lodestar.assess.labels import labels
from lodestar.engagement.model import Engagement

__all__ = ["SCHEMA_VERSION", "TOPICS", "Results"]

SCHEMA_VERSION = 1
TOPICS = (
    "purpose",
    "level",
    "conflicts",
    "alignment",
    "perspectives",
    "inclusion",
    "roadmap",
)
"""Sections in the order in which one may rest on another."""


class Results(Mapping[str, Any]):
    """The sections of results.json by name, computed once each on demand.

    Parameters
    ----------
    engagement : Engagement
        Checked and typed material of a client and period.

    Notes
    -----
    A workbook pays only for the sections it shows. A section is asked for by its name and may ask
    for earlier ones; a cycle is a fault of ours and raises RecursionError. Whoever asks for a
    section has read what it was computed from, also when it was known already.
    """

    def __init__(self, engagement: Engagement) -> None:
        self._engagement = engagement
        self._known: dict[str, tuple[Any, set[str]]] = {
            name: (value, set()) for name, value in _heading(engagement).items()
        }

    def __getitem__(self, name: str) -> Any:
        if name not in self._known:
            self._known[name] = self._made(name)
        value, touched = self._known[name]
        self._engagement.reads.add(*touched)
        return value

    def _made(self, name: str) -> tuple[Any, set[str]]:
        """Return a section and what was read for it."""
        with self._engagement.reads.within() as touched:
            value = self._compute(name)
        return value, touched

    def _compute(self, name: str) -> Any:
        if name == "data_quality":
            # Imported here: whoever only hands sections on needs none of what computes them.
            from lodestar.assess.quality import data_quality

            return data_quality(self._engagement, self)
        if name not in TOPICS:
            raise KeyError(name)
        return import_module(f"lodestar.assess.{name}").assess(self._engagement, self)

    def __iter__(self) -> Iterator[str]:
        return iter((*_heading(self._engagement), *TOPICS, "data_quality"))

    def __len__(self) -> int:
        return len(list(iter(self)))


def _heading(engagement: Engagement) -> dict[str, Any]:
    settings, framework = engagement.settings, engagement.framework
    return {
        "schema_version": SCHEMA_VERSION,
        "client": settings.client,
        "client_name": settings.name,
        "period": engagement.period.id,
        "as_of": engagement.period.as_of.isoformat(),
        "currency": settings.currency,
        "locale": settings.locale,
        "threshold": settings.confidentiality.minimum,
        "framework": {"id": framework.id, "version": str(framework.version)},
        "labels": labels(engagement),
    }
