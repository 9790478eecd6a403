"""The benchmarks can be listed and their rows print as tables; none is run here."""

from __future__ import annotations

from tests.benchmarks.__main__ import benchmarks
from tests.benchmarks.harness import compared, markdown


def test_every_benchmark_says_what_it_measures() -> None:
    found = benchmarks()
    assert {"start", "walk"} <= set(found)
    assert all(module.ABOUT.endswith(".") and callable(module.run) for module in found.values())


def test_rows_print_as_tables_and_other_columns_begin_a_new_one() -> None:
    rows = [compared("ours", 0.5, "theirs", 5.0), {"raters": "8"}, {"raters": "15"}]
    assert markdown(rows).split("\n") == [
        "| what | time | peer in the same run | ratio |",
        "| --- | --- | --- | --- |",
        "| ours | 0.50 s | theirs, 5.00 s | 10 |",
        "",
        "| raters |",
        "| --- |",
        "| 8 |",
        "| 15 |",
    ]
