"""Copies of charts by our function: what Altair's own makes, sharing nothing that it does not.

Oracle: Altair's function, taken before ours is put in its place.
"""

from __future__ import annotations

import inspect
from typing import Any

import altair as alt
import pandas as pd
import pytest
from altair.utils import schemapi

from lodestar.charts.copies import _GENERATED, quick_copies

ALTAIRS = schemapi._deep_copy
ROWS = pd.DataFrame({"name": ["a", "b", "a"], "value": [1.0, 2.0, 4.0], "half": [0, 1, 1]})


def _bars() -> Any:
    picked = alt.selection_point(fields=["name"], name="picked")
    base = alt.Chart(ROWS).encode(
        x=alt.X("value:Q", scale=alt.Scale(domain=[0, 5]), axis=alt.Axis(values=[0, 5])),
        y=alt.Y("name:N", sort=["b", "a"]),
        color=alt.when(picked).then(alt.value("#000")).otherwise(alt.value("#ccc")),
        tooltip=[alt.Tooltip("value:Q", format=".1f"), alt.Tooltip("name:N")],
    )
    return alt.layer(base.mark_bar().add_params(picked), base.mark_text(dx=4))


CHARTS = {
    "one": lambda: alt.Chart(ROWS).mark_point(shape="cross").encode(x="value:Q"),
    "layers": _bars,
    "side by side": lambda: alt.hconcat(_bars(), alt.Chart(ROWS).mark_tick().encode(x="half:Q")),
    "panels": lambda: alt.Chart(ROWS).mark_bar().encode(y="value:Q").facet(column="half:N"),
    "rows in place": lambda: alt.Chart(alt.Data(values=[{"x": 1}, {"x": 2}])).mark_rule(),
}


def _shared(part: Any, found: dict[int, Any]) -> dict[int, Any]:
    """Collect the parts of a chart that could be changed in place."""
    if isinstance(part, schemapi.SchemaBase):
        for one in (*part._args, *part._kwds.values()):
            _shared(one, found)
        found[id(part)] = part
    elif isinstance(part, (list, dict)):
        for one in part.values() if isinstance(part, dict) else part:
            _shared(one, found)
        found[id(part)] = part
    return found


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("by_ref", [set(), {"data"}, {"encoding", "axis"}])
def test_a_copy_is_altairs(name: str, by_ref: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    chart = CHARTS[name]()
    monkeypatch.setattr(schemapi, "_deep_copy", ALTAIRS)
    own = ALTAIRS(chart, by_ref)
    quick_copies()
    quick = schemapi._deep_copy(chart, by_ref)
    assert type(quick) is type(own)
    assert quick.to_dict() == own.to_dict() == chart.to_dict()
    parts = _shared(chart, {})
    assert parts.keys() & _shared(quick, {}).keys() == parts.keys() & _shared(own, {}).keys()


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_made_of_quick_copies_is_the_same(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schemapi, "_deep_copy", ALTAIRS)
    before = CHARTS[name]().to_dict()
    quick_copies()
    assert CHARTS[name]().to_dict() == before


def _generated() -> list[type[Any]]:
    kinds = list(schemapi._subclasses(schemapi.SchemaBase))
    own = [kind for kind in kinds if kind.__module__.startswith(_GENERATED)]
    return [kind for kind in own if kind._schema is not None]


def test_what_is_copied_without_its_constructor_holds_what_that_was_given() -> None:
    """Oracle: the constructor itself, of every class that Altair makes from the schema."""
    assert len(_generated()) > 500
    for kind in _generated():
        accepts = inspect.signature(kind).parameters.values()
        named = {one.name: one.name for one in accepts if one.kind is one.POSITIONAL_OR_KEYWORD}
        with schemapi.debug_mode(False):
            assert kind(**named)._kwds == named, kind
            if any(one.kind is one.VAR_POSITIONAL for one in accepts):
                assert (kind("one")._args, kind("one")._kwds) == (("one",), {}), kind
