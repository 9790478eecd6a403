"""Limits of live what-ifs as options of the command. Oracle: the numbers given, counted out."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from lodestar.cli import app
from lodestar.errors import InputError
from lodestar.serve.live.limits import MEGABYTE, Limits, checked_limits


def test_nothing_asked_for_is_what_is_usual() -> None:
    assert checked_limits(24, 16, 1536, 30) == Limits()


def test_what_is_asked_for_holds() -> None:
    """Two copies, so one session has no more; one minute, so it is as short while others wait."""
    made = checked_limits(3, 2, 300, 1)
    assert (made.copies, made.per_client, made.per_session) == (3, 2, 2)
    assert (made.client_bytes, made.sleep, made.rest) == (300 * MEGABYTE, 60.0, 60.0)


@pytest.mark.parametrize(
    ("asked", "option"), [((2, 3, 1536, 30), "--live-copies"), ((24, 16, 900, 30), "--live-memory")]
)
def test_limits_that_contradict_are_refused(asked: tuple[int, ...], option: str) -> None:
    with pytest.raises(InputError) as error:
        checked_limits(*asked)
    (problem,) = error.value.problems
    assert problem.file == option


@pytest.mark.parametrize(
    ("option", "number"),
    [("copies", "0"), ("per-client", "1001"), ("memory", "8"), ("idle", "0"), ("idle", "x")],
)
def test_numbers_out_of_bounds_end_the_command(option: str, number: str, tmp_path: Path) -> None:
    """Given as an option and, as a Hub gives it, in the environment."""
    name = f"LODESTAR_LIVE_{option.upper().replace('-', '_')}"
    root = ["serve", "--data-root", str(tmp_path)]
    for more, environment in (([f"--live-{option}", number], {}), ([], {name: number})):
        done = CliRunner().invoke(app, [*root, *more], env=environment)
        assert done.exit_code == 2
        assert f"--live-{option}" in done.output
