"""What came of a batch, in words. Oracle: the words a consultant needs, written down here."""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.cli.batch import client_line, summary

NOTHING: dict[str, Any] = {
    "client": "acme",
    "cause": "",
    "failures": [],
    "problems": [],
    "stands": [],
    "log": None,
}


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (
            {"status": "unchanged", "period": "2026-Q4", "folder": "/data/acme/run"},
            "acme 2026-Q4: unchanged, /data/acme/run",
        ),
        (
            {
                "status": "published",
                "period": "2026-Q4",
                "folder": "/data/acme/run",
                "executed": ["02_level"],
            },
            "acme 2026-Q4: published, 1 workbook executed, /data/acme/run",
        ),
        (
            {"status": "refused", "problems": [{}, {}], "stands": ["2026-Q3", "2026-Q4"]},
            "acme: refused, 2 problems in the input; nothing was published. "
            "The earlier runs of 2026-Q3, 2026-Q4 stand.",
        ),
        (
            {"status": "failed", "cause": "Another run of 'acme' is under way."},
            "acme: failed: Another run of 'acme' is under way; nothing was published. "
            "There is no earlier run.",
        ),
        (
            {
                "status": "failed",
                "failures": [
                    {"workbook": "02_level", "cell": "need", "number": 5, "cause": "it hangs"},
                    {"workbook": "results.json", "cell": "", "number": None, "cause": "KeyError"},
                ],
                "log": "/data/acme/runs/.log/2026-Q4.txt",
            },
            "acme: failed, 2 workbooks stopped; nothing was published. There is no earlier run.\n"
            "  02_level, cell 5 (need): it hangs\n"
            "  results.json: KeyError\n"
            "  Log: /data/acme/runs/.log/2026-Q4.txt",
        ),
    ],
)
def test_a_client_is_told_with_what_stands(outcome: dict[str, Any], line: str) -> None:
    assert client_line({**NOTHING, **outcome}) == line


def test_the_summary_counts_every_client_once() -> None:
    statuses = ["published"] * 3 + ["unchanged", "refused", "failed", "stopped"]
    assert summary([{"status": status} for status in statuses]) == (
        "7 clients: 3 published, 1 unchanged, 1 refused, 1 failed, 1 stopped."
    )
