"""A notebook in lines: equal for equal meaning, and every meaningful change in one line or two."""

from __future__ import annotations

import json

import nbformat
from hypothesis import given
from hypothesis import strategies as st

from lodestar.review.notebook_text import notebook_lines, readable
from tests.support.cards import card_notebook

values = st.floats(0, 5).map(lambda x: round(x, 3))


def _lines(**changes):
    return list(notebook_lines(card_notebook(**changes)))


@given(values, st.integers(1, 9), st.integers(1, 9))
def test_executions_of_the_same_give_the_same_lines(value, one, other):
    assert _lines(value=value, count=one) == _lines(value=value, count=other)


@given(values, values)
def test_a_changed_value_changes_its_own_lines_only(one, other):
    """Law: the chart's row and the table's row differ, nothing else."""
    pairs = zip(_lines(value=one), _lines(value=other), strict=True)
    differ = [pair for pair in pairs if pair[0] != pair[1]]
    assert len(differ) == (0 if one == other else 2)


def test_no_picture_is_in_the_lines():
    assert not any("base64" in line or len(line) > 200 for line in _lines())


@given(values)
def test_a_readable_notebook_is_valid_and_says_the_same(value):
    notebook = card_notebook(value)
    made = readable(notebook)
    nbformat.validate(nbformat.from_dict(json.loads(json.dumps(made))))
    shown = made["cells"][1]["source"].splitlines()
    assert set(shown) <= set(notebook_lines(notebook))
    assert [cell["id"] for cell in made["cells"]] == ["show", "show-shows"]
    assert readable(card_notebook(value, count=2)) == made


def test_stored_controls_are_told_by_their_labels():
    state = {"description": "Chosen level", "value": 4.0, "min": 1, "max": 5, "_view_name": "x"}
    stored = {"state": {"1": {"model_name": "FloatSliderModel", "state": state}}}
    notebook = card_notebook()
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": stored}
    assert list(notebook_lines(notebook))[-1] == 'Chosen level: {"max": 5, "min": 1, "value": 4.0}'
    assert readable(notebook)["cells"][-1]["cell_type"] == "raw"
