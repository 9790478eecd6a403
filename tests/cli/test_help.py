"""The command explains itself, is light to start, and never shows a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lodestar.cli import app

HEAVY = (
    *("altair", "ipykernel", "jsonschema", "nbformat", "numpy", "pandas", "papermill", "rich"),
    *("scipy", "vl_convert", "voila"),
)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from lodestar.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_help_lists_every_command_without_heavy_imports() -> None:
    code = (
        "import sys\nfrom lodestar.cli import app\ntry:\n    app(['--help'])\n"
        "except SystemExit:\n    pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")
    for command in app.registered_commands:
        name = command.name or command.callback.__name__
        assert name in done.stdout


@pytest.mark.parametrize("group", [[], ["access"]])
def test_no_command_is_told_by_half_a_sentence(group: list[str]) -> None:
    """Oracle: typer ends a summary that is too long for the list with three dots."""
    shown = CliRunner().invoke(app, [*group, "--help"], terminal_width=78).output
    listed = shown.partition("Commands:\n")[2].splitlines()
    assert listed
    assert [line for line in listed if not line.endswith(".") or line.endswith("...")] == []


def test_version_is_printed() -> None:
    assert CliRunner().invoke(app, ["--version"]).output.startswith("lodestar ")


@pytest.mark.parametrize("command", ["check", "run", "results", "lab"])
def test_an_unknown_client_ends_with_two_and_no_traceback(command: str, tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    done = run(command, "dmeo", "--data-root", str(tmp_path))
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert "dmeo" in done.stderr


def test_check_json_is_alone_on_standard_output(tmp_path: Path) -> None:
    done = run("check", "nobody", "--json", "--data-root", str(tmp_path))
    assert done.returncode == 2
    document = json.loads(done.stdout)
    assert document["ok"] is False
    assert {"code", "file", "row", "column", "value", "message", "remedy"} == set(
        document["problems"][0]
    )


def test_run_without_a_client_says_what_to_type() -> None:
    done = run("run")
    assert done.returncode == 2
    assert "lodestar run demo" in done.stderr
