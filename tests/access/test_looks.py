"""Who looked when, and the visit before. Oracle: a list of looks and an independent loop."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.access import Session, Visit
from tests.support.access import Clock, opened

ANA = Session("ana", "client", ("demo",), "", True)
GUEST = Session("guest", "client", ("demo",), "", True)
LOOK = st.tuples(
    st.sampled_from([0, 60, 1799, 1800, 9000, 90_000]),
    st.sampled_from(["2026-Q3", "2026-Q4"]),
    st.sampled_from(["run a", "run b"]),
    st.sampled_from(["00_summary", "02_level"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LOOK, max_size=12), st.sampled_from([0, 1799, 1800, 90_000]))
def test_the_visit_before_is_the_one_before_the_last_long_pause(
    walked: list[tuple[int, str, str, str]], pause: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        store = opened(Path(folder), clock)
        visits: list[list[tuple[float, str, str]]] = []
        for wait, period, run, page in walked:
            clock.now += wait
            if not visits or wait >= 1800:
                visits.append([])
            visits[-1].append((clock.now, period, run))
            store.looked(ANA, "demo", period, run, page)
        clock.now += pause
        if visits and pause < 1800:
            visits.pop()
        seen = [look for visit in visits for look in visit]
        expected = Visit(seen[-1][0], {p: r for _, p, r in seen}) if seen else None
        assert store.last_visit(ANA, "demo") == expected
        assert store.last_visit(ANA, "acme") is None
        assert [look.at for look in store.looks("demo")] == sorted(
            (look.at for look in store.looks("demo")), reverse=True
        )
        assert {(x.period, x.run, x.page) for x in store.looks("demo")} == {x[1:] for x in walked}
        store.close()


def test_looks_are_of_one_client_and_guests_have_no_visit_before(tmp_path: Path) -> None:
    clock = Clock()
    store = opened(tmp_path, clock)
    store.looked(GUEST, "demo", "2026-Q4", "run a", "02_level")
    store.looked(ANA, "acme", "2026-Q4", "run b", "02_level")
    clock.now += 7200
    assert [look.person for look in store.looks("demo")] == ["guest"]
    assert store.last_visit(GUEST, "demo") is None
