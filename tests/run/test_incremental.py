"""Only what changed is made again. Oracle: a full run of the same material, byte for byte."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

from lodestar.engagement import load
from lodestar.engagement.model import Engagement, Wave
from lodestar.engagement.reads import EVERYTHING
from lodestar.provenance import content_hash, input_hashes, sources
from lodestar.run import run_client
from lodestar.run.plan import Ground, told
from lodestar.schema import resources
from lodestar.workbook import PAGES, Page, Workbook
from tests.support.clients import contents, known_results, small_client, small_run, walk_of

SOAK = bool(os.environ.get("LODESTAR_SOAK"))
TRIED = [page for page in PAGES if SOAK or page.stem in ("02_level", "06_inclusion")]
"""Pages rendered twice; ``make soak`` tries all."""


@pytest.fixture(scope="module")
def demo() -> Engagement:
    return load("demo", "", resources.client_data())


def shown(page: Page, engagement: Engagement) -> tuple[list[str], set[str]]:
    """Return everything a page shows, cell by cell, and the names of what it read."""
    book = nbformat.read(resources.workbooks() / f"{page.stem}.ipynb", as_version=4)
    cells = [cell.source for cell in book.cells if cell.cell_type == "code"]
    known: dict[str, Any] = {"wb": Workbook(page, engagement)}
    lines = [line for cell in cells for line in cell.splitlines() if line.startswith("wb.")]
    said = [said_by(eval(line, known)) for line in lines]
    return said, set(known["wb"].engagement.reads.names)


def said_by(output: Any) -> str:
    """Return what a reader sees of an output: of a control, the values of all its parts."""
    if hasattr(output, "html"):
        return str(output.html)
    inside = [said_by(child) for child in getattr(output, "children", ())]
    return "\n".join([str(getattr(output, "value", "")), *inside])


def names_of(engagement: Engagement) -> list[str]:
    """Return the name of each table of each period."""
    return [f"{w.period.id}/{table}" for w in engagement.waves for table in w.tables]


def with_changed(engagement: Engagement, names: set[str]) -> Engagement:
    """Return an engagement in which each of these tables has lost its last row."""

    def changed(wave: Wave) -> Wave:
        frames = wave.tables.items()
        place = wave.period.id
        return replace(
            wave, tables={n: f.iloc[:-1] if f"{place}/{n}" in names else f for n, f in frames}
        )

    return replace(engagement, waves=tuple(changed(wave) for wave in engagement.waves))


@pytest.mark.parametrize("page", TRIED, ids=lambda page: page.stem)
def test_no_page_depends_on_a_table_that_it_did_not_note(page: Page, demo: Engagement) -> None:
    """Every other table of every period is changed at once: what is shown stays as it is."""
    before, reads = shown(page, demo)
    others = set(names_of(demo)) - reads
    after, again = shown(page, with_changed(demo, others))
    assert after == before
    assert again == reads
    assert others


def test_a_correction_in_a_later_period_makes_nothing_of_an_earlier_one_due(tmp_path: Path) -> None:
    """Oracle: the keys before the correction was declared; those of its own period do change."""
    folder = small_client(tmp_path)
    later = folder / "inputs" / "2026-Q4" / "outcomes.csv"
    later.write_text(later.read_text().replace("0.5", "0.7"))
    before = {period: _keys(tmp_path, period) for period in ("2026-Q3", "2026-Q4")}
    (folder / "corrections.yml").write_text(
        "- {table: outcomes, where: {outcome: o1}, column: importance, old: 0.7, new: 0.6, "
        "reason: typed wrongly}\n"
    )
    assert _keys(tmp_path, "2026-Q3") == before["2026-Q3"]
    book, results = _keys(tmp_path, "2026-Q4")
    assert book != before["2026-Q4"][0]
    assert results != before["2026-Q4"][1]


def _keys(root: Path, period: str) -> tuple[str, str]:
    """Return what decides over a page that reads outcomes, and over the results."""
    engagement = load("small", period, root)
    ground = Ground(engagement, {**sources(engagement), "workbooks": {"a": "hash"}})
    return ground.key("a", ["settings", f"{period}/outcomes"]), ground.results_key


def test_every_value_of_every_table_is_in_its_hash(demo: Engagement) -> None:
    for wave in demo.waves:
        for table, frame in wave.tables.items():
            name = f"{wave.period.id}/{table}"
            was = content_hash(demo, name)
            for column in frame.columns:
                tables = {**wave.tables, table: one_changed(frame, column)}
                waves = [replace(w, tables=tables) if w is wave else w for w in demo.waves]
                assert content_hash(replace(demo, waves=tuple(waves)), name) != was, (name, column)


def one_changed(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return a frame with the first value of a column gone, or filled where it was missing."""
    values = frame[column].tolist()
    other = next((v for v in reversed(values) if v == v and v != values[0]), None)
    values[0] = other if values[0] != values[0] or other is not None else None
    return frame.assign(**{column: pd.Series(values, dtype=object)})


def test_a_key_moves_with_a_table_exactly_when_the_page_read_it(demo: Engagement) -> None:
    books = sorted(resources.workbooks().glob("*.ipynb"))
    made = sources(demo, books)
    before = Ground(demo, made)
    for name in names_of(demo):
        after = Ground(with_changed(demo, {name}), made)
        assert before.key("02_level", [name]) != after.key("02_level", [name])
        assert before.key("02_level", ["notes"]) == after.key("02_level", ["notes"])
        assert before.results_key != after.results_key


def test_who_did_not_say_what_it_read_may_have_read_anything(demo: Engagement) -> None:
    assert told(["settings", "2026-Q4/needs"]) == ("2026-Q4/needs", "settings")
    assert told([]) == told(["2026-Q4/needs"]) == (EVERYTHING,)
    assert input_hashes(demo)


@pytest.fixture
def edited(demo_root: Path, tmp_path: Path) -> Path:
    """A copy of the demo with its run."""
    shutil.copytree(demo_root / "demo", tmp_path / "demo", symlinks=True)
    return tmp_path


def edit(root: Path, table: str, old: str, new: str) -> None:
    """Change one value of a table of the demo's latest period."""
    path = root / "demo" / "inputs" / "2026-Q4" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_one_changed_table_runs_the_pages_that_read_it_and_gives_a_full_runs_bytes(
    edited: Path,
) -> None:
    stems = {page.stem for page in PAGES}
    edit(edited, "workforce", ",69,", ",70,")
    first = run_client("demo", "", edited)
    assert set(first.executed) == {"06_inclusion", "90_method"}
    assert set(first.taken) == stems - set(first.executed)
    edit(edited, "repairs", ",1.5,", ",1.50,")
    written_otherwise = run_client("demo", "", edited)
    assert written_otherwise.executed == ()
    note = edited / "demo" / "inputs" / "2026-Q4" / "notes.md"
    note.write_text(note.read_text() + "\n## inclusion.workforce\n\nOur own words.\n")
    second = run_client("demo", "", edited)
    assert second.executed == ("06_inclusion",)
    mixed = contents(second.folder)
    full = run_client("demo", "", edited, force=True)
    assert set(full.executed) == stems
    assert contents(full.folder) == mixed


def test_the_same_table_in_another_file_is_no_change(tmp_path: Path) -> None:
    """A CSV with other quotes, separators and line ends holds the same values."""
    folder = small_client(tmp_path)
    table, files = "2026-Q4/outcomes", EVERYTHING
    before = load("small", "", tmp_path)
    was = content_hash(before, table), content_hash(before, files)
    rows = 'outcome;name;beneficiary;importance\r\no1;"On time";customer;0.50\r\n'
    (folder / "inputs" / "2026-Q4" / "outcomes.csv").write_bytes(rows.encode())
    after = load("small", "", tmp_path)
    assert content_hash(after, table) == was[0]
    assert content_hash(after, files) != was[1]


def test_the_manifest_names_what_each_notebook_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known_results(monkeypatch)
    small_client(tmp_path)
    folder = small_run(tmp_path, walk_of(tmp_path / "walk", **{"00_a": "good"})).folder
    manifest = json.loads((folder / "manifest.json").read_text())
    assert set(manifest["reads"]) == set(manifest["keys"]) == {"00_a"}
    assert set(manifest["reads"]["00_a"]) == {EVERYTHING}
    assert manifest["manifest_version"] == 3
    assert manifest["corrections"] == manifest["assumptions"] == []
