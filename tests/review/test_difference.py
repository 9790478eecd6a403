"""Whole comparisons. Oracles: the demo's run against itself; results changed on purpose."""

from __future__ import annotations

import copy
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from lodestar.errors import InputError
from lodestar.findings.differences import NOTHING
from lodestar.findings.headlines import CHOICES, HEADLINES, read
from lodestar.review.difference import Difference, compare_sides, headline_numbers
from lodestar.review.identity import identify
from lodestar.review.page import difference_page
from lodestar.review.report import PAGE, sections
from lodestar.review.sides import Side, resolve, sides
from lodestar.review.terminal import print_difference
from lodestar.schema.results import check_results
from tests.support.pointers import resolve as resolve_pointer
from tests.support.review import html, notebook, side_of

NASTY = "<script>alert('x')</script>"


@pytest.fixture
def demo(demo_root: Path) -> Side:
    return resolve("demo", "2026-Q4", demo_root)


def _printed(found: Difference) -> str:
    out = io.StringIO()
    print_difference(found, Console(file=out, width=80, highlight=False))
    return out.getvalue()


def test_a_run_does_not_differ_from_itself(demo: Side) -> None:
    found = compare_sides(demo, demo)
    assert not found.differs
    assert found.sentence() == NOTHING
    assert NOTHING in _printed(found)
    assert NOTHING in difference_page(found)
    document = found.as_dict()
    assert document["differs"] is False
    assert not any(document[part] for part in ("headlines", "results", "made_from", "notebooks"))


def test_every_list_of_the_demos_results_tells_its_entries_apart(demo: Side) -> None:
    """Oracle: uniqueness of the declared names in every list of mappings that a run publishes."""
    nameless: set[str] = set()

    def walk(node: Any, place: tuple[str, ...]) -> None:
        if isinstance(node, dict):
            for key, inner in node.items():
                walk(inner, (*place, key))
        elif isinstance(node, list) and node and isinstance(node[0], dict):
            if identify(".".join(place), node, node) is None:
                nameless.add(".".join(place))
            for entry in node:
                walk(entry, place)

    walk(demo.results, ())
    assert nameless == set()


def test_every_headline_is_a_number_of_the_demo(demo: Side) -> None:
    assert all(read(one, demo.results).value is not None for one in HEADLINES)
    assert all(read(one, demo.results).low is not None for one in HEADLINES if one.interval)
    assert all(resolve_pointer(demo.results, pointer) for _, _, pointer, _ in CHOICES)


def _changed(demo: Side) -> Side:
    results = copy.deepcopy(dict(demo.results))
    results["alignment"]["corrected"] |= {"index": 70.0, "low": 68.0, "high": 72.0}
    results["conflicts"]["severe"] = 12
    results["inclusion"]["nps"] |= {"score": None, "low": None, "high": None, "n": None}
    results["inclusion"]["nps"]["suppressed"] = True
    results["roadmap"]["chosen"] = [*results["roadmap"]["chosen"][1:], "n99"]
    results["findings"][0] = {**results["findings"][0], "headline": f"Level 9.9 {NASTY}"}
    results["findings"][1] = {**results["findings"][1], "id": "level.new"}
    inputs = {**demo.files, "inputs/2026-Q4/ratings.csv": "0" * 64}
    return replace(demo, results=results, manifest={**demo.manifest, "inputs": inputs})


def test_a_changed_result_leads_with_its_headline_and_verdict(demo: Side) -> None:
    found = compare_sides(demo, _changed(demo))
    by_id = {one.id: one for one in found.headlines}
    assert set(by_id) == {"alignment.index", "conflicts.severe", "inclusion.nps", "roadmap.chosen"}
    assert by_id["alignment.index"].sentence.endswith("beyond noise.")
    assert "too few to show" in by_id["inclusion.nps"].sentence
    assert "n99” came in" in by_id["roadmap.chosen"].sentence
    assert {one.key for one in headline_numbers(found.headlines)} == {
        "alignment.index",
        "conflicts.severe",
    }
    assert (len(found.findings.added), len(found.findings.gone)) == (1, 1)
    assert [one.id for one in found.findings.changed] == [demo.results["findings"][0]["id"]]
    paths = {group.path for group in found.results}
    assert {"alignment.corrected.index", "conflicts.severe", "roadmap.chosen"} <= paths
    assert found.inputs.lost == ("inputs/2026-Q4/ratings.csv",)


def test_turned_round_every_movement_has_the_other_sign(demo: Side) -> None:
    other = _changed(demo)
    one, back = compare_sides(demo, other), compare_sides(other, demo)
    for there, here in zip(one.headlines, back.headlines, strict=True):
        assert (there.before, there.after) == (here.after, here.before)
        if there.movement and here.movement:
            assert there.movement.change == -here.movement.change
            assert there.movement.beyond_noise == here.movement.beyond_noise
            assert (there.movement.low, there.movement.high) == (
                here.movement.high and -here.movement.high,
                here.movement.low and -here.movement.low,
            )
    assert [group.path for group in one.results] == [group.path for group in back.results]


def test_the_page_loads_nothing_runs_nothing_and_escapes_everything(demo: Side) -> None:
    page = difference_page(compare_sides(demo, _changed(demo)))
    assert "<script" not in page
    assert "alert(&#x27;x&#x27;)" in page
    targets = re.findall(r"""(?:src|href)\s*=\s*"([^"]*)""", page)
    assert targets
    assert all(target.startswith("#") for target in targets)
    assert set(re.findall(r"url\((\w+):", page)) == {"data"}
    assert "prefers-color-scheme: dark" in page


def test_the_terminal_fits_eighty_columns(demo: Side) -> None:
    text = _printed(compare_sides(demo, _changed(demo)))
    assert max(map(len, text.splitlines())) <= 80
    assert text.index("Alignment index rose") < text.index("All results that moved")


def test_results_of_both_sides_follow_the_schema(demo: Side) -> None:
    """Otherwise the tests above would rest on documents that no run publishes."""
    check_results(demo.results)


def test_a_page_of_nasty_cells_stays_text(tmp_path: Path) -> None:
    made = []
    for name, value in (("a", "1"), ("b", NASTY)):
        folder = tmp_path / name
        folder.mkdir()
        book = notebook(
            ("one", f"print({value!r})", [html(f"<table><tr><td>{value}</td></tr></table>")])
        )
        (folder / "00_a.ipynb").write_text(json.dumps(book))
        side = side_of(folder, files={"engagement.yml": f'name: "{value}"\n'})
        made.append(replace(side, notebooks={"00_a": folder / "00_a.ipynb"}))
    found = compare_sides(made[0], made[1])
    assert [section.title for section in sections(found, PAGE)][-1] == "Cells"
    assert "<script" not in difference_page(found)


def test_a_side_is_a_period_or_the_beginning_of_a_runs_hash(demo: Side, demo_root: Path) -> None:
    assert resolve("demo", demo.run[:6], demo_root).run == demo.run
    assert sides("demo", "2026-Q4", "", "", demo_root)[1].run == demo.run


@pytest.mark.parametrize("name", ["2031-Q1", "fffffff", "ab"])
def test_what_does_not_exist_is_told_with_what_does(demo_root: Path, name: str) -> None:
    with pytest.raises(InputError, match="2026-Q4"):
        resolve("demo", name, demo_root)


def test_a_first_run_has_nothing_to_be_compared_with(demo_root: Path) -> None:
    with pytest.raises(InputError, match="only one run"):
        sides("demo", data_root=demo_root)
