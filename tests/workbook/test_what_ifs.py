"""What a run carries for its what-ifs. Oracles: the control computed from the client's material;
what persons said in confidence, which must not be in it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.results import Results
from lodestar.engagement import load
from lodestar.engagement.model import Engagement
from lodestar.errors import FaultError
from lodestar.workbook import open_workbook
from lodestar.workbook.carrying import carried_name
from lodestar.workbook.encoding import decoded, encoded
from lodestar.workbook.pages import PAGES, Page
from lodestar.workbook.sections import REVIEWED
from lodestar.workbook.what_ifs import Beside, carried, scenarios_of
from tests.support.levels import client as small
from tests.support.levels import context, ratings

CLIENTS = ("demo", "airport-passengers", "emergency-departments", "gift-wholesaler")
CONTROLS = [page for page in PAGES if page.control]
ROOT = Path("client_data")


@cache
def engagement(name: str) -> Engagement:
    return load(name, "", ROOT)


@cache
def results(name: str) -> dict[str, Any]:
    made = engagement(name)
    own = Results(made)
    sections = ("level", "conflicts", "alignment", "roadmap", "labels", "currency", "as_of")
    known = {"client": name, "period": made.period.id}
    document = {**known, **{key: own[key] for key in sections}}
    return json.loads(json.dumps(document, default=dict))  # labels are made on demand


@cache
def pair(name: str, stem: str) -> tuple[Any, Any]:
    """The control of a page from the client's material, and from what a run carries."""
    page = next(page for page in PAGES if page.stem == stem)
    direct = scenarios_of(page, engagement(name))
    read = decoded(encoded(direct), type(direct))
    return tuple(page.controls().what_if(one, results(name)) for one in (direct, read))


def movable(control: Any) -> list[Any]:
    """Every slider and choice of a control, in its order."""
    found: list[Any] = []
    for child in getattr(control, "children", ()):
        found += [child] if _moves(child) else movable(child)
    return found


def _moves(widget: Any) -> bool:
    return hasattr(widget, "options") or (hasattr(widget, "min") and hasattr(widget, "max"))


def shown(control: Any) -> list[str]:
    """All HTML a control shows, in order."""
    own = [control.value] if type(control).__name__ == "HTML" else []
    return own + [text for child in getattr(control, "children", ()) for text in shown(child)]


@pytest.mark.parametrize("stem", [page.stem for page in CONTROLS])
@pytest.mark.parametrize("name", CLIENTS)
@settings(max_examples=4)
@given(data=st.data())
def test_both_ways_show_the_same_after_any_moves(name: str, stem: str, data: st.DataObject) -> None:
    first, second = pair(name, stem)
    assert shown(first) == shown(second)
    count = len(movable(first))
    for _ in range(min(count, 2)):
        place = data.draw(st.integers(0, count - 1))
        share = data.draw(st.floats(0, 1))
        for control in (first, second):
            _move(movable(control)[place], share)
        assert shown(first) == shown(second)


def _move(widget: Any, share: float) -> None:
    """Put a slider or a choice at a share of its range."""
    if hasattr(widget, "options"):
        values = [own[1] if isinstance(own, tuple) else own for own in widget.options]
        widget.value = values[round(share * (len(values) - 1))]
    else:
        value = widget.min + share * (widget.max - widget.min)
        widget.value = round(value) if isinstance(widget.min, int) else value


def in_confidence(made: Engagement) -> Iterator[str]:
    """Who answered and what they wrote: respondents, raters, comments, priorities named."""
    for wave in made.waves:
        for table, columns in {
            "respondents": ["respondent"],
            "comments": ["text"],
            "recall": ["answer"],
            "ratings": ["rater"],
            "context": ["rater"],
        }.items():
            frame = wave.tables.get(table)
            if frame is not None and "basis" in frame:
                frame = frame[frame["basis"] == "survey"]
            for column in columns if frame is not None else ():
                if column in frame:
                    yield from map(str, frame[column].dropna().unique())


@pytest.mark.parametrize("name", CLIENTS)
def test_nobody_who_answered_and_nothing_they_wrote_is_in_it(name: str) -> None:
    texts = {s for content in carried(engagement(name)).values() for s in strings(content)}
    assert not texts & set(in_confidence(engagement(name)))
    said = [text for text in in_confidence(engagement(name)) if len(text) > 20]
    assert not [text for text in said if any(text in own for own in texts)]


def strings(content: bytes) -> Iterator[str]:
    def walk(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            for key, value in node.items():
                yield key
                yield from walk(value)
        elif isinstance(node, list):
            for value in node:
                yield from walk(value)
        elif isinstance(node, str):
            yield node

    yield from walk(json.loads(content))


def exchanged(
    rows: list[dict[str, Any]], key: str, by: tuple[str, ...], seed: int
) -> list[dict[str, Any]]:
    """The same answers of each cell, given by other persons."""
    cells: dict[Any, list[Any]] = {}
    for row in rows:
        cells.setdefault(tuple(row[k] for k in by), []).append(row[key])
    for values in cells.values():
        random.Random(seed).shuffle(values)
    return [{**row, key: cells[tuple(row[k] for k in by)].pop()} for row in rows]


def apart(text: bytes) -> tuple[dict[str, Any], list[float]]:
    """Return what JSON holds without its fractions, and these in their order."""
    figures: list[float] = []
    return json.loads(text, parse_float=lambda found: figures.append(float(found))), figures


@given(seed=st.integers(0, 10_000))
@settings(max_examples=10)
def test_single_answers_given_in_confidence_change_nothing_but_what_is_published(seed: int) -> None:
    """Two clients whose published figures are the same carry the same, whoever said what.

    Oracle: the raters' answers, exchanged between them in each factor and cell: means, medians,
    spreads and numbers of persons stay, and nothing else may be told.
    """
    scores = [{**row, "basis": "survey"} for row in context(6)]
    levels = [{**row, "basis": "survey"} for row in ratings(6)]
    for row, own in zip(scores, range(len(scores)), strict=True):
        row["score"] = float(1 + own % 5)
    made = [
        small(tables={"context": c, "ratings": r})
        for c, r in (
            (scores, levels),
            (
                exchanged(scores, "score", ("factor",), seed),
                exchanged(levels, "level", ("capability", "function"), seed),
            ),
        )
    ]
    (one, figures), (other, same) = (apart(carried(own)[carried_name("02_level")]) for own in made)
    assert one == other
    # Who comes first in a sum may move its last digit.
    assert figures == pytest.approx(same, rel=1e-12, abs=1e-12)
    votes = one["votes"]["values"]
    assert set(votes) == {None}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what a live copy of demo's run is given: nothing of the client's."""
    (tmp_path / "whatif").mkdir()
    (tmp_path / "results.json").write_text(json.dumps(results("demo")))
    for path, content in carried(engagement("demo")).items():
        (tmp_path / path).write_bytes(content)
    monkeypatch.setenv(REVIEWED, str(tmp_path / "results.json"))
    return tmp_path


def live(page: Page, period: str = "2026-Q4") -> Any:
    return open_workbook(page.stem, "demo", period, "/nowhere")


@pytest.mark.parametrize("page", CONTROLS, ids=lambda page: page.stem)
def test_a_live_copy_needs_no_folder_of_the_client(page: Page, run: Path) -> None:
    opened, own = live(page), scenarios_of(page, engagement("demo"))
    assert isinstance(opened, Beside)
    direct = page.controls().what_if(own, results("demo"))
    assert shown(opened.what_if()) == shown(direct)


def test_a_run_made_before_says_what_to_do(run: Path) -> None:
    (run / "whatif" / "02_level.json").unlink()
    with pytest.raises(FaultError, match="lodestar run demo --period 2026-Q4"):
        live(CONTROLS[0]).what_if()


def test_results_of_another_period_are_not_stood_beside(run: Path) -> None:
    with pytest.raises(Exception, match="nowhere"):
        live(CONTROLS[0], "2026-Q2")


@pytest.mark.parametrize(
    ("query", "level"),
    [("at=2.5", 2.5), ("at=2.4", None), ("at=nan", None), ("at=1e1", None), ("at=%3Cb%3E", None)],
)
def test_a_live_copy_starts_at_what_was_chosen_on_the_page(
    run: Path, monkeypatch: pytest.MonkeyPatch, query: str, level: float | None
) -> None:
    monkeypatch.setenv("QUERY_STRING", query)
    reviewed = results("demo")["level"]["chosen"]
    assert live(CONTROLS[0]).what_if().chosen.value == (reviewed if level is None else level)
