"""Verbs that bring material in: new, intake, import, check."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from lodestar.cli.report import print_json, print_lines, print_problems
from lodestar.errors import InputError, LodestarError, Problem

__all__ = ["check", "import_raw", "new", "workbook"]


def new(client: str, name: str, data_root: Path | None) -> None:
    """Make a client's folder."""
    from lodestar.engagement.intake import new_client
    from lodestar.engagement.places import data_folder

    made = new_client(data_folder(data_root), client, name or client)
    print_lines(
        [
            f"Made {made}. Next: edit engagement.yml,",
            f"then `lodestar intake {client}` and `lodestar check {client}`.",
        ]
    )


def workbook(client: str, output: Path | None, data_root: Path | None) -> None:
    """Write an empty intake workbook for a client's framework and functions."""
    from lodestar.engagement import load_settings
    from lodestar.engagement.intake import write_intake

    settings, framework = load_settings(client, data_root)
    path = _free(output or Path("intake.xlsx"))
    write_intake(path, framework, settings)
    print_lines(
        [
            f"Wrote {path}. Fill the sheets you have and save it as",
            "inputs/<period>/intake.xlsx in the client's folder, e.g. inputs/2026-Q4/intake.xlsx;",
            f"then run `lodestar check {client}`.",
        ]
    )


def _free(path: Path) -> Path:
    """Return where a new workbook may go; one that stands there may be filled already."""
    if path.exists():
        remedy = "Move it away, or name another file with --output."
        raise InputError([Problem("file-exists", str(path), "There is a file already.", remedy)])
    if not path.absolute().parent.is_dir():
        remedy = "Make it, or name a file in another with --output."
        raise InputError([Problem("no-folder", str(path), "Its folder is not there.", remedy)])
    return path


def import_raw(client: str, mapping: Path | None, data_root: Path | None) -> None:
    """Turn raw files into input tables."""
    from lodestar.engagement.importing import import_client

    report = import_client(client, mapping, data_root)
    print_lines(f"{table}: {rows:,} rows" for table, rows in sorted(report.items()))
    print_lines(["What was left out, and why, is in left_out.csv beside the mapping."])


def check(client: str, period: str, data_root: Path | None, as_json: bool) -> None:
    """Check all inputs in one pass; exit 2 when there is a problem."""
    from lodestar.engagement import check as check_inputs

    begun = time.time()
    report = check_inputs(client, period, data_root)
    _keep(client, data_root, begun, report.problems)
    if as_json:
        print_json(report.as_dict())
    elif report.problems:
        print_problems(report.problems)
    else:
        print_lines([f"{client}: no problems, {len(report.notices)} notices."])
        print_lines(f"  {notice.place()}: {notice.message}" for notice in report.notices)
    if report.problems:
        sys.exit(2)


def _keep(client: str, data_root: Path | None, begun: float, problems: Sequence[Problem]) -> None:
    """Keep for consultants what a check came to; a client that is not there keeps nothing."""
    from lodestar.engagement.places import client_folder
    from lodestar.provenance.attempts import keep_attempt

    with contextlib.suppress(LodestarError):
        status = "refused" if problems else "clean"
        keep_attempt(client_folder(client, data_root), "check", status, begun, problems)
