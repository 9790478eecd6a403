"""diff as typed. Oracle: exit status, JSON, and two runs published by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lodestar.provenance import PublishedRun
from tests.cli.test_help import run as typed
from tests.support.clients import small_client
from tests.support.published import publish
from tests.support.review import html, notebook

Runs = tuple[PublishedRun, PublishedRun]


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    """Publish the same notebook with another word, the later run last."""
    client = small_client(tmp_path)
    books = (json.dumps(notebook(("a", "1", [html(f"<p>{x} of 100</p>")]))) for x in (61, 64))
    first, second = (publish(client, **{"00_a": book.encode()}) for book in books)
    return first, second


def _typed(runs: Runs, *arguments: str) -> tuple[int, str, str]:
    root = str(runs[0].folder.parents[3])
    done = typed("diff", "small", *arguments, "--data-root", root, "--no-why")
    return done.returncode, done.stdout, done.stderr


def test_the_last_two_runs_are_compared_and_named(runs: Runs) -> None:
    status, out, err = _typed(runs)
    assert (status, err) == (0, "")
    assert runs[0].hash[:12] in out
    assert runs[1].hash[:12] in out
    assert "00_a: one cell" in out


def test_json_stands_alone_and_exit_code_tells(runs: Runs) -> None:
    status, out, _ = _typed(runs, "--json", "--exit-code")
    document = json.loads(out)
    assert (status, document["differs"]) == (3, True)
    (cell,) = document["notebooks"][0]["cells"]
    assert cell["text"] == [{"before": "61 of 100", "after": "64 of 100"}]
    assert document["before"]["run"] == runs[0].hash


def test_a_run_against_itself_is_no_difference(runs: Runs) -> None:
    status, out, _ = _typed(runs, "2026-Q4", runs[1].hash[:8], "--exit-code")
    assert status == 0
    assert "Nothing differs." in out


def test_a_page_is_written_and_said(runs: Runs, tmp_path: Path) -> None:
    page = tmp_path / "diff.html"
    status, out, _ = _typed(runs, "--html", str(page))
    assert status == 0
    assert str(page) in out
    assert "64" in page.read_text(encoding="utf-8")


def test_what_does_not_exist_ends_with_status_2_and_says_what_does(runs: Runs) -> None:
    status, out, err = _typed(runs, "2031-Q1")
    assert (status, out) == (2, "")
    assert "2026-Q4" in err
    assert "Traceback" not in err
