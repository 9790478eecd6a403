"""The first difference of two runs. Oracle: notebooks of a few cells with one place changed."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from lodestar.review.differing import first_cell

WIDGET = "application/vnd.jupyter.widget-view+json"


def card(words: str = "Up", value: int = 1, drawn: str = "<svg/>", tag: str = "p") -> str:
    picture = base64.b64encode(drawn.encode()).decode()
    return (
        f"<style>.a{{}}</style><{tag}>{words}</{tag}>"
        f'<img src="data:image/svg+xml;base64,{picture}">'
        f'<script type="application/json" class="ls-spec">{{"value":{value}}}</script>'
    )


def book(html: str = "", source: str = "wb.show()", plain: str = "A", **more: Any) -> bytes:
    data = {"text/html": html or card(), "text/plain": plain, WIDGET: {"model_id": "m"}}
    shown = new_output("execute_result", {**data, **more}, execution_count=1)
    cells = [
        new_markdown_cell("# Why?", id="why"),
        new_code_cell(source, id="show", outputs=[shown], execution_count=1),
        new_code_cell("1", id="last"),
    ]
    return str(nbformat.writes(new_notebook(cells=cells))).encode()


@pytest.mark.parametrize(
    ("part", "other", "says"),
    [
        ("source", book(source="wb.show(2)"), "wb.show(2)"),
        ("text", book(card(words="Down")), "Down"),
        ("text", book(plain="B"), "B"),
        ("chart data", book(card(value=2)), '"value":2'),
        ("picture", book(card(drawn="<svg a/>")), "<svg a/>"),
        ("control", book(**{WIDGET: {"model_id": "n"}}), '"n"'),
        ("markup", book(card(tag="b")), "<b>"),
        ("chart data", book(card(value=2, drawn="<svg a/>")), '"value":2'),
    ],
)
def test_the_part_that_differs_is_named_with_its_words(part: str, other: bytes, says: str) -> None:
    found = first_cell({"a.ipynb": book()}, {"a.ipynb": other})
    assert found is not None
    assert (found.notebook, found.number, found.cell, found.part) == ("a", 2, "show", part)
    assert says in found.again
    assert says not in found.published


def changed(change: Callable[[Any], None]) -> bytes:
    notebook = nbformat.reads(book().decode(), as_version=4)
    change(notebook)
    return str(nbformat.writes(notebook)).encode()


def test_what_lies_outside_sources_and_outputs_is_named_too() -> None:
    def look(other: bytes) -> tuple[int, str]:
        found = first_cell({"a.ipynb": book()}, {"a.ipynb": other})
        assert found is not None
        return found.number, found.part

    assert look(changed(lambda n: n.cells[1].metadata.update(tags=["x"]))) == (2, "metadata")
    assert look(changed(lambda n: n.cells[1].update(execution_count=7))) == (2, "metadata")
    assert look(changed(lambda n: n.metadata.update(x=1))) == (0, "metadata")
    assert look(changed(lambda n: n.cells.pop())) == (3, "source")
    assert look(book() + b"\n") == (0, "layout")
    assert look(b"no notebook") == (0, "layout")


@given(st.lists(st.integers(0, 2), max_size=6), st.lists(st.integers(0, 2), max_size=6))
def test_the_first_cell_is_the_first_of_a_plain_loop(one: list[int], two: list[int]) -> None:
    def written(values: list[int]) -> bytes:
        cells = [new_code_cell(str(v), id=f"c{i}") for i, v in enumerate(values)]
        return str(nbformat.writes(new_notebook(cells=cells))).encode()

    expected = 0
    for number in range(max(len(one), len(two)), 0, -1):
        if one[number - 1 : number] != two[number - 1 : number]:
            expected = number
    found = first_cell({"a.ipynb": written(one)}, {"a.ipynb": written(two)})
    assert (found.number if found else 0) == expected


def test_the_first_notebook_that_differs_is_told_and_only_shared_ones() -> None:
    sides = [{"a.ipynb": book(), "b.ipynb": book(), "c.ipynb": b"", "only": b""} for _ in "ab"]
    sides[1] |= {"b.ipynb": book(plain="B"), "c.ipynb": b"{}", "d.ipynb": b""}
    found = first_cell(*sides)
    assert found is not None
    assert found.notebook == "b"
    assert first_cell(sides[0], sides[0]) is None


@given(st.text(), st.text(), st.text())
def test_an_excerpt_is_one_short_line_that_shows_the_difference(a: str, b: str, c: str) -> None:
    """Whatever a client wrote: no control characters reach the terminal."""
    found = first_cell({"a.ipynb": book(plain=a + b)}, {"a.ipynb": book(plain=a + c)})
    for excerpt in (found.published, found.again) if found else ():
        assert excerpt.isprintable()
        assert len(excerpt) <= 82
