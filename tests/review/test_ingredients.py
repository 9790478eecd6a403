"""A framework kept merged gives the same framework again; what differs between sides is told."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from lodestar.framework import available, load_framework
from lodestar.framework.build import build
from lodestar.framework.documents import plain
from lodestar.framework.rules import rule_problems
from lodestar.framework.shape import shape_problems
from lodestar.provenance import framework_hash, framework_text, sha256
from lodestar.review.ingredients import Ingredients, differing
from lodestar.review.mixtures import UnavailableError, mixed_sections
from lodestar.schema.yaml_file import parse_yaml
from tests.support.sides import few_tables, side_of

CHANGED = {
    "capabilities": [{"id": "C01", "target": {"4": 5}, "weight": 2}],
    "required": {"shift_cap": 1.0},
}


def _kept(side, framework):
    """Lay the merged framework beside the client as a run keeps it; forget the files' hash."""
    text = framework_text(framework)
    place = side.folder / "inputs" / ".kept"
    place.mkdir(exist_ok=True)
    (place / sha256(text)).write_bytes(text)
    told = {"id": framework.id, "version": framework.version, "sha256": sha256(text)}
    return replace(side, manifest={**side.manifest, "framework": told})


@pytest.mark.parametrize("id", available())
@pytest.mark.parametrize("own", [None, CHANGED])
def test_a_kept_framework_written_as_a_file_is_that_framework(tmp_path, id, own):
    """Law: merged, kept, written as a shipped file, read: the same but for the words on changes."""
    merged = load_framework(id, own)
    side = _kept(side_of(few_tables(tmp_path), "a", ()), merged)
    found = Ingredients(side).framework
    document = plain(parse_yaml(found.shipped, "kept"))
    assert not shape_problems(document, "kept")
    assert not rule_problems(document, "kept")
    assert found.own is None
    assert framework_hash(build(document)) == framework_hash(replace(merged, overrides=()))


def test_a_shipped_framework_of_another_time_computes_in_a_process_of_its_own(tmp_path):
    """Oracle: the same change given as the client's own framework.yml, computed in process."""
    own = "capabilities: [{id: C01, target: {4: 5}}]\n"
    there = side_of(few_tables(tmp_path / "own", own), "own")
    merged = load_framework("customer-alignment", parse_yaml(own.encode(), "own"))
    here = side_of(few_tables(tmp_path / "plain"), "plain", ())
    older = Ingredients(_kept(here, replace(merged, overrides=())))
    found = mixed_sections(Ingredients(here), older, None, ["alignment"])
    expected = there.results["alignment"]["index"]
    assert found["alignment"]["index"] == pytest.approx(expected, abs=1e-9)
    assert json.dumps(found)


def test_a_framework_that_nobody_kept_is_told(tmp_path):
    side = side_of(few_tables(tmp_path), "a", ())
    told = {**side.manifest["framework"], "sha256": "0" * 64}
    lost = Ingredients(replace(side, manifest={**side.manifest, "framework": told}))
    with pytest.raises(UnavailableError, match="no longer kept"):
        mixed_sections(Ingredients(side), lost, None, ["level"])


def test_settings_count_as_data_and_the_name_of_the_framework_does_not(tmp_path):
    first, second = few_tables(tmp_path / "a"), few_tables(tmp_path / "b")
    path = second / "engagement.yml"
    text = path.read_text(encoding="utf-8")
    before = Ingredients(side_of(first, "a", ()))
    path.write_text(text + "\n# a remark\n", encoding="utf-8")
    assert differing(before, Ingredients(side_of(second, "b", ()))) == ()
    path.write_text(text.replace("chosen_level: 4", "chosen_level: 3"), encoding="utf-8")
    assert differing(before, Ingredients(side_of(second, "b", ()))) == ("data",)
