"""Executed notebooks as blocks. Oracle: notebooks of a few cells, written here."""

from __future__ import annotations

from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from lodestar.serve.saved import STATE, WIDGET, heading, live_notebook, read_blocks


def shown(**data: Any) -> nbformat.NotebookNode:
    named = {name.replace("_", "/"): value for name, value in data.items()}
    return new_code_cell("wb.show()", outputs=[new_output("display_data", named)])


CONTROL = new_code_cell(
    "wb.what_if()",
    outputs=[new_output("display_data", {WIDGET: {"model_id": "m"}, "text/plain": "VBox()"})],
)


def test_prose_cards_and_controls_in_order_and_nothing_python_printed() -> None:
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# Why?\n\nFor *boards*."),
            new_code_cell("x = 1"),
            shown(text_html="<style>.a{}</style><section>A</section>", text_plain="<Html at 0x1>"),
            shown(text_plain="Thing()"),
            new_code_cell("print(1)", outputs=[new_output("stream", name="stdout", text="1")]),
            CONTROL,
        ]
    )
    blocks = read_blocks(notebook)
    assert [block.kind for block in blocks] == ["prose", "card", "control"]
    assert "<em>boards</em>" in blocks[0].html
    assert "¶" not in blocks[0].html
    assert blocks[1].html == "<section>A</section>"


def test_a_control_without_its_tables_is_shown_as_the_sentence_it_says() -> None:
    state = {"m": {"model_name": "HTMLModel", "state": {"value": "<p>Fill table ratings.</p>"}}}
    notebook = new_notebook(cells=[CONTROL], metadata={"widgets": {STATE: {"state": state}}})
    (block,) = read_blocks(notebook)
    assert block.kind == "card"
    assert "<p>Fill table ratings.</p>" in block.html


def test_the_title_is_the_first_heading() -> None:
    assert heading(new_notebook(cells=[new_markdown_cell("# Why?\n\nText")])) == "Why?"
    assert heading(new_notebook(cells=[new_code_cell("# not a title")])) == ""


def test_the_live_part_opens_and_controls_and_shows_nothing_else() -> None:
    opening = new_code_cell("wb = open_workbook()")
    notebook = new_notebook(
        cells=[new_markdown_cell("# Why?"), opening, shown(text_html="A"), CONTROL],
        metadata={"kernelspec": {"name": "python3", "display_name": "P", "language": "python"}},
    )
    live = live_notebook(notebook)
    nbformat.validate(live)
    assert [cell.source for cell in live.cells] == ["wb = open_workbook()", "wb.what_if()"]
    assert not any(cell.outputs for cell in live.cells)
    assert live.metadata.kernelspec.language == "python"
