"""Ripple, overlap, leading indicators. Oracles: planted lags, limits by hand, all simple paths."""

from __future__ import annotations

import itertools
import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.assess.inclusion.lead_time import lead_time
from lodestar.assess.inclusion.leading import indicator_points, indicator_states, lead_months
from lodestar.assess.inclusion.ripple import chain_nodes, mission_overlap, monthly_series, ripple
from lodestar.schema.tables import conform

AS_OF = date(2026, 12, 31)


def indicator(
    name: str,
    values: list[float],
    node: str | None = None,
    better: str = "up",
    end: str = "2026-12",
) -> pd.DataFrame:
    months = pd.period_range(end=end, periods=len(values), freq="M").to_timestamp("M").normalize()
    return pd.DataFrame(
        {
            "indicator": name,
            "name": name,
            "node": node,
            "date": months,
            "value": values,
            "better": better,
        }
    )


def indicators(*parts: pd.DataFrame) -> pd.DataFrame:
    return conform("indicators", pd.concat(parts, ignore_index=True))


def chain(*links: tuple[str, str]) -> pd.DataFrame:
    return conform(
        "value_chain",
        pd.DataFrame([(*link, "work") for link in links], columns=["source", "target", "offer"]),
    )


def planted(months: int = 72, lag: int = 2, sign: int = 1) -> tuple[list[float], list[float]]:
    rng = np.random.default_rng(5)
    first = rng.normal(size=months)
    second = sign * np.roll(first, lag) + rng.normal(scale=0.2, size=months)
    second[:lag] = rng.normal(size=lag)
    return list(50 + first), list(20 + second)


def test_a_planted_ripple_is_found_downstream_only() -> None:
    x, y = planted()
    found = ripple(
        chain(("us", "them")), indicators(indicator("x", x, "us"), indicator("y", y, "them")), AS_OF
    )
    down = found[found["direction"] == "downstream"].iloc[0]
    assert (down["leader"], down["follower"], down["lag"]) == ("x", "y", 2)
    assert down["verdict"] == "together"
    up = found[found["direction"] == "upstream"].iloc[0]
    assert up["verdict"] == "not found"


def test_less_is_better_turns_the_sign() -> None:
    """Waiting (less is better) rises with satisfaction (more is better): they run against."""
    x, y = planted()
    table = indicators(indicator("x", x, "us", "down"), indicator("y", y, "them"))
    found = ripple(chain(("us", "them")), table, AS_OF)
    assert found["verdict"].tolist()[0] == "against"


def test_short_series_say_so() -> None:
    x, y = planted(20)
    table = indicators(indicator("x", x, "us"), indicator("y", y, "them"))
    found = ripple(chain(("us", "them")), table, AS_OF)
    assert found["verdict"].unique().tolist() == ["too short"]
    assert found["n"].tolist() == [19, 19]
    assert found["q"].isna().all()


def test_noise_ripples_rarely() -> None:
    """60 pairs of unrelated series: Benjamini–Hochberg leaves at most a few."""
    rng = np.random.default_rng(8)
    parts, links = [], []
    for k in range(30):
        for side in ("a", "b"):
            walk = np.cumsum(rng.normal(size=60)) * 0.5 + rng.normal(size=60)
            parts.append(indicator(f"{side}{k:02d}", list(walk), f"{side}{k:02d}"))
        links.append((f"a{k:02d}", f"b{k:02d}"))
    found = ripple(chain(*links), indicators(*parts), AS_OF)
    assert len(found) == 60
    assert found["verdict"].isin(["together", "against"]).sum() <= 3


def test_months_average_and_gaps_stay_open() -> None:
    table = indicators(indicator("x", [1.0, 2.0], "us", "down", "2026-03"))
    later = table.tail(1).assign(date=pd.Timestamp("2026-06-10"), value=5.0)
    again = later.assign(date=pd.Timestamp("2026-06-20"), value=7.0)
    future = later.assign(date=pd.Timestamp("2027-01-20"))
    series = monthly_series(pd.concat([table, later, again, future]), AS_OF)["x"]
    assert series.index.astype("str").tolist() == [
        "2026-02",
        "2026-03",
        "2026-04",
        "2026-05",
        "2026-06",
    ]
    assert series.tolist()[:2] == [-1, -2]
    assert series.isna().tolist() == [False, False, True, True, False]
    assert series.iloc[-1] == -6


def test_no_chain_and_no_indicators() -> None:
    assert ripple(chain().head(0), indicators(indicator("x", [1.0])), AS_OF).empty


def nodes(**themes: str) -> pd.DataFrame:
    rows = [{"node": n, "name": n, "kind": "us", "themes": t} for n, t in themes.items()]
    return conform("nodes", pd.DataFrame(rows))


def test_overlap_by_hand() -> None:
    """2 themes in common of 4; none known on one side is missing, not zero."""
    table = nodes(us="care; Cost ;time", them="cost;care;peace", other="")
    found = mission_overlap(chain(("us", "them"), ("us", "other")), table).set_index("target")
    assert found.loc["them", "overlap"] == pytest.approx(0.5)
    assert found.loc["them", "common"] == ["care", "cost"]
    assert math.isnan(found.loc["other", "overlap"])


words = st.frozensets(st.sampled_from("abcdef"), max_size=6)


@given(words, words)
def test_overlap_is_symmetric_and_a_share(first: frozenset, second: frozenset) -> None:
    table = nodes(us=";".join(sorted(first)), them=";".join(sorted(second)))
    there = mission_overlap(chain(("us", "them")), table)["overlap"].iloc[0]
    back = mission_overlap(chain(("them", "us")), table)["overlap"].iloc[0]
    if not first or not second:
        assert math.isnan(there)
        return
    assert there == back
    assert 0 <= there <= 1
    assert (there == 1) == (first == second)


def test_stages_follow_the_kind() -> None:
    rows = [
        ("c", "customer"),
        ("s", "supplier"),
        ("u", "us"),
        ("t", "customers-customer"),
        ("x", "us"),
    ]
    table = conform("nodes", pd.DataFrame(rows, columns=["node", "kind"]).assign(name="N"))
    found = chain_nodes(chain(("s", "u"), ("u", "c"), ("c", "t")), table)
    assert found["node"].tolist() == ["s", "u", "c", "t"]


def changes(rows: list[tuple[str, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["date", "node"])
    return conform("changes", frame.assign(text="Said so"))


def test_limits_by_hand() -> None:
    """Values 10, 12, 11, 13: mean 11.5, mean moving range 5/3, limits 11.5 ± 2.66 · 5/3."""
    table = indicators(indicator("x", [10, 12, 11, 13]))
    points = indicator_points(table, changes([]), AS_OF)
    assert points["centre"].unique().tolist() == pytest.approx([11.5])
    assert points["upper"].iloc[0] == pytest.approx(11.5 + 2.66 * 5 / 3)
    state = indicator_states(table, points).iloc[0]
    assert (state["state"], state["points"], state["firm"]) == ("steady", 4, False)


@pytest.mark.parametrize(("better", "state"), [("up", "better"), ("down", "worse")])
def test_a_point_outside_is_told_by_which_way_is_better(better: str, state: str) -> None:
    table = indicators(indicator("x", [10.0, 11] * 8 + [30], "n1", better))
    points = indicator_points(table, changes([]), AS_OF)
    assert points["outside"].tolist() == [False] * 16 + [True]
    assert indicator_states(table, points)["state"].tolist() == [state]


@pytest.mark.parametrize("node", ["n1", "x"])
def test_a_declared_change_restarts_the_baseline(node: str) -> None:
    """Told for the indicator's node or for itself; told for another node, it does not."""
    table = indicators(indicator("x", [10.0, 11] * 6 + [30, 31] * 6, "n1"))
    day = str(table["date"].iloc[12].date())
    restarted = indicator_points(table, changes([(day, node)]), AS_OF)
    assert not restarted["signal"].any()
    assert restarted["baseline"].tolist() == [0] * 12 + [1] * 12
    assert indicator_states(table, restarted)["points"].tolist() == [12]
    assert indicator_points(table, changes([(day, "n2")]), AS_OF)["signal"].any()


def test_targets_are_met_on_the_better_side() -> None:
    table = indicators(indicator("x", [3.0, 4.0], better="down").assign(target=5.0))
    states = indicator_states(table, indicator_points(table, changes([]), AS_OF))
    assert states["on_target"].tolist() == [True]


def links(rows: list[tuple[str, str, float | None]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["source", "target", "lag"])
    return conform("links", frame.assign(sign="+", strength=0.5, evidence="stated"))


def outcomes(*ids: str) -> pd.DataFrame:
    return conform(
        "outcomes", pd.DataFrame({"outcome": ids, "name": ids, "beneficiary": "customer"})
    )


def test_lead_is_the_shortest_known_way() -> None:
    table = links([("a", "b", 2), ("b", "o", 3), ("a", "o", None), ("a", "c", 1), ("c", "b", 0.5)])
    found = lead_months(table, outcomes("o", "p"), "a")
    assert found["outcome"].tolist() == ["o"]
    assert found["months"].tolist() == [4.5]
    assert found["path"].tolist() == [["a", "c", "b", "o"]]
    assert lead_months(table, outcomes("o"), "o")["months"].tolist() == [0]
    assert math.isnan(lead_months(links([("a", "o", None)]), outcomes("o"), "a")["months"].iloc[0])
    assert lead_months(table, outcomes("o"), "zz").empty


edges = st.dictionaries(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")).filter(
        lambda edge: edge[0] != edge[1]
    ),
    st.one_of(st.none(), st.integers(0, 6)),
    max_size=16,
)


@given(edges)
def test_lead_agrees_with_all_simple_paths(drawn: dict[tuple[str, str], int | None]) -> None:
    rows = [(a, b, lag) for (a, b), lag in drawn.items()]
    best: tuple[int, float] | None = None
    for size in range(5):
        for middle in itertools.permutations("bcdegh", size):
            hops = list(itertools.pairwise(("a", *middle, "f")))
            if all(hop in drawn for hop in hops):
                lags = [drawn[hop] for hop in hops]
                found = (sum(x is None for x in lags), float(sum(x or 0 for x in lags)))
                best = found if best is None else min(best, found)
    shown = lead_months(links(rows), outcomes("f"), "a")
    if best is None:
        assert shown.empty
        return
    expected = best[1] if best[0] == 0 else math.nan
    assert shown["months"].tolist() == pytest.approx([expected], nan_ok=True)
    path = shown["path"].iloc[0]
    assert len(set(path)) == len(path), "a way round in circles is never the best"


def test_lead_time_by_hand() -> None:
    """Finished work took 31 and 59 days; customers take part in one of two design decisions."""
    activities = conform(
        "activities",
        pd.DataFrame(
            {
                "activity": ["a", "b", "c"],
                "started": ["2026-01-01", "2026-01-01", "2026-01-01"],
                "ended": ["2026-02-01", "2026-03-01", "2026-12-01"],
                "status": ["finished", "finished", "abandoned"],
            }
        ),
    )
    decisions = conform(
        "decisions",
        pd.DataFrame(
            [
                ("d1", "2026-01-01", "design", "customer;sales", "customer"),
                ("d2", "2026-01-01", "design", "customer", "sales"),
                ("d3", "2026-01-01", "design", "sales", "customer"),
                ("d4", "2026-01-01", "strategy", "customer", "customer"),
            ],
            columns=["decision", "date", "kind", "affected", "included"],
        ),
    )
    found = lead_time(activities, decisions, AS_OF)
    assert found.median * 30.436875 == pytest.approx(45)
    assert (found.finished, found.affecting, found.including) == (2, 2, 1)
