"""Charts that follow a slider: any state is drawn as if it were the first."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.charts.alignment import part_chart, part_marks
from lodestar.charts.conflicts import roof, severity_bars
from lodestar.charts.level import (
    ladder_chart,
    ladder_marks,
    ladder_words,
    target_chart,
    target_marks,
    target_words,
)
from lodestar.charts.live import Live
from lodestar.charts.render import chart_svg, specification

KINDS = ("required", "chosen", "present", "experienced")
LEVEL = st.floats(1, 5).map(lambda x: round(x, 3))
Draw = Callable[[pd.DataFrame], alt.TopLevelMixin]


def ladder_of(values: list[float], known: list[bool], reviewed: list[float]) -> pd.DataFrame:
    frame = pd.DataFrame({"kind": KINDS, "estimate": values, "reviewed": reviewed})
    frame["low"], frame["high"] = frame["estimate"] - 0.3, frame["estimate"] + 0.3
    frame.loc[frame["kind"] == "chosen", ["low", "high"]] = np.nan
    return ladder_marks(frame.assign(estimate=frame["estimate"].where(known)))


def targets_of(values: list[float], known: list[bool], reviewed: list[float]) -> pd.DataFrame:
    frame = pd.DataFrame({"label": list("ABCD"), "estimate": [2.0, np.nan, 3.0, 4.9]})
    frame["low"], frame["high"] = frame["estimate"] - 0.2, [2.2, np.nan, np.nan, 5.0]
    return target_marks(frame.assign(target=values, reviewed=pd.Series(reviewed).where(known)))


def parts_of(values: list[float], known: list[bool], reviewed: list[float]) -> pd.DataFrame:
    share = np.sort(np.array(values)[known or [True]])[::-1]
    names = list("ABCD")[: len(share)]
    return part_marks(pd.DataFrame({"name": names, "share": share / share.sum(), "text": names}))


def severities_of(values: list[float], known: list[bool], reviewed: list[float]) -> pd.DataFrame:
    frame = pd.DataFrame({"label": list("ABCD"), "severity": np.sort(values)[::-1] / 5})
    frame["evidence"] = np.where(known, "measured", "assumed")
    return frame.assign(text=[f"was {was}" for was in reviewed], threshold=reviewed[0] / 5)


def cells_of(values: list[float], known: list[bool], reviewed: list[float]) -> pd.DataFrame:
    frame = pd.DataFrame(
        {"row": list("AABB"), "column": list("CDCD"), "share": np.array(values) - 1}
    )
    return frame.assign(share=frame["share"] / 4, text=reviewed, count=np.where(known, "1", ""))


CHARTS: dict[str, tuple[Draw, Callable[..., pd.DataFrame]]] = {
    "ladder": (ladder_chart, ladder_of),
    "targets": (target_chart, targets_of),
    "parts": (part_chart, parts_of),
    "severities": (lambda rows: severity_bars(rows, rows["threshold"][0], ""), severities_of),
    "roof": (lambda rows: roof(rows, ["A", "B"], ["C", "D"], ""), cells_of),
}
STATE = st.tuples(
    st.lists(LEVEL, min_size=4, max_size=4),
    st.lists(st.booleans(), min_size=4, max_size=4).filter(any),
    st.lists(LEVEL, min_size=4, max_size=4),
)


def picture(html: str) -> str:
    found = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', html)
    assert found
    return base64.b64decode(found[1]).decode()


def elements(svg: str) -> list[str]:
    """Everything drawn, with its place in the plot, but for the plots' empty backgrounds."""
    drawn = re.findall(r"<(?:path|line|text|rect)\b[^>]*>[^<]*", svg)
    return sorted(one for one in drawn if "background" not in one and "foreground" not in one)


def source(html: str) -> dict[str, Any]:
    found = re.search(r'class="ls-spec">(.*?)</script>', html, re.S)
    assert found
    spec: dict[str, Any] = json.loads(found[1])
    return spec


@pytest.mark.parametrize("name", CHARTS)
@settings(max_examples=6)
@given(states=st.lists(STATE, min_size=2, max_size=3))
def test_any_state_after_any_other_is_drawn_as_if_it_were_the_first(
    name: str, states: list[tuple[Any, ...]]
) -> None:
    """Oracle: the same chart drawn whole by the converter, all marks, axes and words."""
    draw, rows_of = CHARTS[name]
    live = Live(draw, margin=44)
    for state in states:
        rows = rows_of(*state)
        html = live.html(rows, "Said.")
        assert elements(picture(html)) == elements(chart_svg(draw(rows)))
        whole = specification(draw(rows))
        assert list(source(html)["datasets"].values()) == list(whole["datasets"].values())
        layers = {k: v for k, v in whole.items() if k not in ("data", "datasets", "description")}
        assert {k: source(html)[k] for k in layers} == json.loads(json.dumps(layers))
        assert 'alt="Said."' in html


def test_the_plot_stays_where_it_is_when_words_pass_its_end() -> None:
    live = Live(ladder_chart, margin=44)
    sizes = set()
    for level in (2.0, 5.0):
        svg = picture(live.html(ladder_of([level] * 4, [True] * 4, [2.0] * 4), "x"))
        sizes.add(re.search(r'viewBox="[^"]*"', svg)[0])  # type: ignore[index]
    assert len(sizes) == 1


def test_the_same_rows_are_not_drawn_again() -> None:
    drawn = []
    live = Live(lambda rows: drawn.append(1) or ladder_chart(rows))  # type: ignore[func-returns-value]
    rows = ladder_of([2.0] * 4, [True] * 4, [2.0] * 4)
    assert live.html(rows, "x") is live.html(rows.copy(), "x")
    assert drawn == [1]


def test_words_of_moving_charts_say_levels_targets_and_what_was_reviewed() -> None:
    rows = ladder_of([3.6, 4.0, 2.4, 2.0], [True] * 4, [3.2, 4.0, 2.4, 2.0])
    assert "Required 3.6, from 3.3 to 3.9, reviewed 3.2. Chosen 4." in ladder_words(rows)
    said = target_words(targets_of([3.0] * 4, [True] * 4, [3.0, 2.0, 3.0, 3.0]))
    assert "A: 2.0, target 3.0. B: not known, target 3.0, reviewed 2.0." in said
