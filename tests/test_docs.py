"""Documents name what exists: every command, workbook, client and make target."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from lodestar import __version__
from lodestar.cli import app
from lodestar.workbook.pages import PAGES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "templates" / "operations" / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COMMANDS = sorted(
    command.name or command.callback.__name__.rstrip("_") for command in app.registered_commands
)


@pytest.mark.parametrize("command", COMMANDS)
def test_readme_shows_every_command(command: str) -> None:
    assert f"lodestar {command}" in README


def test_every_command_has_help_and_an_example() -> None:
    for command in app.registered_commands:
        assert "Example: lodestar" in (command.callback.__doc__ or ""), command.callback


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_readme_tells_the_walk(page: object) -> None:
    assert page.stem in README
    assert page.question in README


def test_readme_commands_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)`", README + CONTRIBUTING)) <= targets
    named = set(re.findall(r"\blodestar ([a-z-]+)", README.replace("lodestar.", "")))
    assert set(COMMANDS) <= named


def _typed(text: str) -> list[list[str]]:
    """Return each command that a text shows, without its comment."""
    lines = re.findall(r"(?:^|`|ExecStart=\S*/)lodestar ([^`\n]*)", text, re.MULTILINE)
    return [line.split("  ")[0].split("#")[0].rstrip(" &").split() for line in lines]


def test_operations_types_commands_and_options_that_exist() -> None:
    command = typer.main.get_command(app)
    shown = [*_typed(OPERATIONS)]
    for name in ("nginx.conf", "lodestar.service"):
        shown += _typed((ROOT / "templates" / "operations" / name).read_text(encoding="utf-8"))
    assert len(shown) > 8
    for words in shown:
        found = command
        while words and words[0] in getattr(found, "commands", {}):
            found = found.commands[words.pop(0)]
        assert found is not command
        known = {option for parameter in found.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known, words


def test_operations_points_at_files_that_exist() -> None:
    for link in re.findall(r"\]\(([^)]+)\)", OPERATIONS):
        assert (ROOT / "templates" / "operations" / link).exists(), link


def test_contributing_points_at_places_that_exist() -> None:
    places = re.findall(r"`((?:lib|tests|templates|workbooks)/[^`*<>,N ]*)`", CONTRIBUTING)
    assert len(places) > 20
    assert not [place for place in places if not (ROOT / place).exists()]


def test_changelog_leads_with_this_version() -> None:
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest
    assert newest.group(1) == __version__
