"""What every page's sentences are held to, and how a test picks one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from tests.support.pointers import resolve

__all__ = ["hold_together", "pick", "said"]


def pick(made: Iterable[Finding | Absent], name: str) -> Finding | Absent:
    """Return the slot of this id."""
    return next(slot for slot in made if slot.id == name)


def said(slot: Finding | Absent) -> Finding:
    """Return a slot that must hold a finding."""
    assert isinstance(slot, Finding)
    return slot


def hold_together(slot: Finding | Absent, workbook: str, given: Mapping[str, Any]) -> None:
    """Assert that a finding is a sentence of its page, says what to do, and has evidence."""
    finding = said(slot)
    assert finding.workbook == workbook
    assert finding.headline[0].isupper()
    assert not finding.headline.endswith(".")
    assert finding.so_what.endswith(".")
    assert all(resolve(given, pointer) is not None for pointer in finding.evidence)
