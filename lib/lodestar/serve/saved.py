"""Read an executed notebook as blocks: prose, cards, and the place of the live control."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, Literal

import nbformat
from markupsafe import Markup

from lodestar.serve.downloads import offered
from lodestar.serve.drawing import drawn_in

__all__ = ["Block", "heading", "live_notebook", "read_blocks"]

WIDGET = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One piece of a page.

    Parameters
    ----------
    kind : str
        ``prose`` (a markdown cell), ``card`` (HTML a cell showed) or ``control`` (a live control's
        place; its HTML is empty).
    html : str
        Ready to be placed; what clients wrote was escaped when the notebook was executed.
    """

    kind: Literal["prose", "card", "control"]
    html: Markup


def read_blocks(notebook: Any, stem: str = "") -> list[Block]:
    """Return a page's blocks in order.

    Parameters
    ----------
    notebook : NotebookNode
        Executed by ``lodestar run``.
    stem : str
        The page's own name, below which its charts and tables can be taken away; empty offers
        none.

    Notes
    -----
    Only HTML is shown: what Python would print of an object is for terminals. The small style
    sheet a card brings for other programs gives way to the page's own. A control that is nothing
    but a sentence (its tables are missing) is shown as that sentence.
    """
    states = notebook.metadata.get("widgets", {}).get(STATE, {}).get("state", {})
    blocks, numbers = [], count(1)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            blocks.append(Block("prose", _prose(cell.source)))
        elif cell.cell_type == "code":
            for output in cell.outputs:
                blocks += _shown(output, states, stem, numbers)
    return blocks


def heading(notebook: Any) -> str:
    """Return the notebook's title: its first heading, else empty."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            return str(cell.source).splitlines()[0].removeprefix("# ").strip()
    return ""


def live_notebook(notebook: Any) -> Any:
    """Return the part of a notebook that makes its live control, without outputs.

    Parameters
    ----------
    notebook : NotebookNode
        Executed by ``lodestar run``.

    Returns
    -------
    NotebookNode
        The cells that show nothing (parameters, opening) and those that show a control: the
        reviewed page already has the rest, and a kernel need not compute it again.
    """
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "code" and (not cell.outputs or _controls(cell)):
            kept = {"id": cell.id, "metadata": dict(cell.metadata)}
            cells.append(nbformat.v4.new_code_cell(cell.source, **kept))
    spec = dict(notebook.metadata.get("kernelspec", {}))
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec})


def _control(model: Any) -> Block:
    """Return the place of a live control, or the sentence that stands instead of one."""
    if model.get("model_name") != "HTMLModel":
        return Block("control", Markup())
    said = Markup(model["state"]["value"])
    return Block("card", Markup('<section class="ls-card ls-absent">{}</section>').format(said))


def _prose(source: str) -> Markup:
    """Return our own words, written as markdown in a workbook, as HTML."""
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    return Markup(MarkdownWithMath(renderer=renderer).render(source))


def _controls(cell: Any) -> bool:
    return any(WIDGET in output.get("data", {}) for output in cell.outputs)


def _shown(output: Any, states: Any, stem: str, numbers: Iterator[int]) -> list[Block]:
    data = output.get("data", {})
    if WIDGET in data:
        return [_control(states.get(data[WIDGET]["model_id"], {}))]
    if "text/html" in data:
        html = _STYLE.sub("", data["text/html"])
        html = offered(html, stem) if stem else html
        return [Block("card", Markup(drawn_in(html, numbers)))]
    return []
