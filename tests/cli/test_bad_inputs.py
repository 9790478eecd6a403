"""The law of bad inputs: each fault is told with its code, place and remedy, all in one pass.

Oracle: the `expected.json` of each folder in tests/bad_inputs, written by hand beside its files;
and the contract: status 2, JSON alone on standard output, no traceback, the run left untouched.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from lodestar.cli.app import app
from lodestar.provenance.attempts import kept_attempts
from tests.support.cases import BAD, client_root, expected, names

PLACE = ("code", "file", "row", "column")


def _published(root: Path) -> dict[str, bytes]:
    """Everything in the client's runs; what consultants are told of attempts lies beside them."""
    runs = root / "acme" / "runs"
    files = {p.relative_to(runs).as_posix(): p for p in runs.rglob("*") if p.is_file()}
    assert {name for name in files if name.startswith(".")} <= {".log/attempts.json"}
    return {name: p.read_bytes() for name, p in files.items() if not name.startswith(".")}


def _publish(root: Path) -> None:
    """Put a run where an earlier one would stand."""
    run = root / "acme" / "runs" / "2026-Q4"
    run.mkdir(parents=True)
    (run / "results.json").write_text('{"schema_version": 1}')
    (run / "02_level.ipynb").write_text("{}")


def _check_words(problem: dict[str, Any], want: dict[str, Any]) -> None:
    assert want["remedy"] in problem["remedy"]
    assert problem["value"] == want.get("value", problem["value"])
    assert problem["message"].endswith(".")
    assert problem["remedy"].endswith((".", "?"))


@pytest.mark.parametrize("name", names(BAD))
def test_every_fault_is_told_with_place_and_remedy(name: str, tmp_path: Path) -> None:
    wanted = expected(BAD / name)
    root = client_root(BAD / name, tmp_path)
    _publish(root)
    before = _published(root)
    asked = ["--period", wanted["period"]] if "period" in wanted else []
    result = CliRunner().invoke(app, ["check", "acme", "--data-root", str(root), "--json", *asked])
    report = json.loads(result.stdout)
    told = {tuple(problem[key] for key in PLACE): problem for problem in report["problems"]}
    due = {tuple(problem[key] for key in PLACE): problem for problem in wanted["problems"]}
    assert sorted(told, key=repr) == sorted(due, key=repr)
    assert len(told) == len(report["problems"]), "a fault is told twice"
    for place, want in due.items():
        _check_words(told[place], want)
    assert (result.exit_code, report["ok"], result.stderr) == (2, False, "")
    assert isinstance(result.exception, SystemExit)
    assert _published(root) == before
    (kept,) = kept_attempts(root / "acme")
    assert (kept.verb, kept.status, kept.number) == ("check", "refused", len(due))


@pytest.mark.parametrize("name", names(BAD)[::15])
def test_run_refuses_with_status_2_and_leaves_the_published_run(name: str, tmp_path: Path) -> None:
    wanted = expected(BAD / name)
    root = client_root(BAD / name, tmp_path)
    _publish(root)
    before = _published(root)
    asked = ["--period", wanted["period"]] if "period" in wanted else []
    result = CliRunner().invoke(app, ["run", "acme", "--data-root", str(root), *asked])
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.stderr
    for problem in wanted["problems"][:10]:
        assert problem["remedy"] in result.stderr
    assert _published(root) == before


def test_check_passes_a_sound_client(tmp_path: Path) -> None:
    case = tmp_path / "case"
    case.mkdir()
    (case / "expected.json").write_text("{}")
    root = client_root(case, tmp_path / "data")
    result = CliRunner().invoke(app, ["check", "acme", "--data-root", str(root), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["problems"] == []


def test_there_are_at_least_sixty_cases() -> None:
    assert len(names(BAD)) >= 60
