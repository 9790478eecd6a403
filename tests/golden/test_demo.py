"""The demo's headline numbers and sentences stay as read and committed; `make golden` rewrites."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from lodestar.engagement import load
from lodestar.workbook import results_document
from tests.support.pointers import resolve

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "demo.json"
POINTERS = {
    "level": ("required", "present", "experienced", "chosen"),
    "alignment": ("index", "misalignment", "corrected", "parts", "built_for", "coverage"),
    "purpose": ("focus_index", "recurring_share", "hhi", "effective_customers", "top_share"),
    "inclusion": ("nps", "enps", "referral", "inclusion_index", "command_share"),
    "roadmap": ("chosen", "cost", "index_before", "index_after", "optimal"),
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return results_document(load("demo", data_root=ROOT / "client_data"))


def headline(document: dict[str, Any]) -> dict[str, Any]:
    kept = {
        section: {key: document[section][key] for key in keys} for section, keys in POINTERS.items()
    }
    items = document["conflicts"]["items"]
    kept["conflicts"] = {
        "items": [[item["kind"], item["a"], item["b"], item["severity"]] for item in items[:20]],
        "orphans": document["conflicts"]["orphans"],
        "untraceable": document["conflicts"]["untraceable"],
        "repairs": document["conflicts"]["repairs"]["changes"],
    }
    kept["findings"] = {f["id"]: [f["headline"], f["so_what"]] for f in document["findings"]}
    return kept


def test_the_demo_reads_as_before(document: dict[str, Any]) -> None:
    text = json.dumps(headline(document), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if os.environ.get("LODESTAR_UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert close(json.loads(text), golden)


def close(found: Any, golden: Any) -> bool:
    """Compare whole structures, numbers to five decimals: platforms differ in the last bits."""
    if isinstance(found, dict):
        return found.keys() == golden.keys() and all(close(found[k], golden[k]) for k in found)
    if isinstance(found, list):
        return len(found) == len(golden) and all(map(close, found, golden))
    if isinstance(found, float) and isinstance(golden, (int, float)):
        return found == pytest.approx(golden, abs=1e-5)
    return bool(found == golden)


def test_every_evidence_pointer_resolves(document: dict[str, Any]) -> None:
    for finding in document["findings"]:
        assert finding["evidence"], finding["id"]
        for pointer in finding["evidence"]:
            resolve(document, pointer)


def test_every_page_has_something_to_say(document: dict[str, Any]) -> None:
    spoken = {finding["workbook"] for finding in document["findings"]}
    assert len(spoken) == 8
