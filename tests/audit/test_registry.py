"""Every number in results is known to the audit. Oracle: the schema, and the demo client."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from lodestar.audit import registry
from lodestar.audit.registry import DECLARED, kind_of, numbers
from lodestar.findings.headlines import HEADLINES
from lodestar.schema.results import results_schema
from tests.audit.schema_leaves import schema_leaves


@pytest.fixture(scope="module")
def demo(demo_root: Path) -> list[str]:
    """Return the pointers of the demo's numbers, those of this client without one included."""
    path = demo_root / "demo" / "runs" / "2026-Q4" / "results.json"
    filled = path.read_text(encoding="utf-8").replace(": null", ": 0")
    return [pointer for pointer, _ in numbers(json.loads(filled))]


def unknown(pointers: list[str]) -> set[str]:
    return {re.sub(r"/\d+(?=/|$)", "/*", p) for p in pointers if kind_of(p) is None}


def test_every_number_of_the_schema_is_declared() -> None:
    assert unknown(schema_leaves(results_schema())) == set()


def test_every_number_of_the_demo_is_declared(demo: list[str]) -> None:
    assert unknown(demo) == set()


def test_no_declaration_is_dead(demo: list[str]) -> None:
    """Each pattern is the first to match some number of the schema or the demo."""
    forms = registry._forms()
    met = set()
    for pointer in {*demo, *schema_leaves(results_schema())}:
        met.add(next(i for i, (form, _) in enumerate(forms) if form.fullmatch(pointer)))
    assert [name for i, name in enumerate(DECLARED) if i not in met] == []


def test_what_first_pages_compare_between_two_visits_is_registered() -> None:
    """Oracle: the page's own list; those of persons are held against replaced runs."""
    kinds = {one.id: kind_of(one.pointer.replace("/-1/", "/0/")) for one in HEADLINES}
    assert None not in kinds.values()
    people = ("level.experienced", "inclusion.nps", "inclusion.enps", "inclusion.referral")
    assert {kinds[name] for name in (*people, "data.response")} == {"cell"}
