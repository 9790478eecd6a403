"""Verbs that send published runs to object storage and fetch them: push, pull."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lodestar.cli.options import Client, DataRoot, Json
from lodestar.cli.report import print_json, print_lines
from lodestar.errors import FaultError
from lodestar.schema.letters import visible

__all__ = ["pull", "push"]


def push(
    client: Client,
    url: Annotated[str, typer.Argument(help="Where to, e.g. s3://bucket/lodestar.")],
    period: Annotated[str, typer.Option(help="Only this period; default: all published.")] = "",
    data_root: DataRoot = None,
    json: Json = False,
) -> None:
    """Send published runs and reviews to object storage, no inputs.

    Example: lodestar push demo s3://bucket/lodestar
    """
    from lodestar.storage import push as send

    sent = send(client, url, period, data_root)
    if json:
        print_json(asdict(sent))
        return
    size = f"{sent.bytes / 1e6:.1f} MB"
    what = f"{sent.files} files, {size} sent" if sent.files else "nothing to send"
    print_lines([f"{client}: {', '.join(sorted(sent.runs))} at {url}; {what}."])


def pull(
    url: Annotated[str, typer.Argument(help="Where from, e.g. s3://bucket/lodestar.")],
    clients: Annotated[
        list[str] | None, typer.Argument(help="Clients; default: all that are there.")
    ] = None,
    every: Annotated[
        int, typer.Option(min=0, help="Seconds until the next look; 0: look once.")
    ] = 0,
    data_root: DataRoot = None,
    json: Json = False,
) -> None:
    """Fetch published runs and reviews from object storage.

    Example: lodestar pull s3://bucket/lodestar --every 60
    """
    _look(clients or [], url, data_root, json)
    while every:
        time.sleep(every)
        try:
            _look(clients or [], url, data_root, json, quiet=True)
        except FaultError as error:
            # One look that fails is no reason to stop looking.
            print_lines([visible(str(error))])


def _look(
    clients: list[str], url: str, data_root: Path | None, as_json: bool, quiet: bool = False
) -> None:
    """Fetch once and say what was new."""
    from lodestar.storage import pull as fetch

    done = fetch(url, tuple(clients), data_root)
    news = [one for one in done if one.fetched or not quiet]
    if as_json:
        print_json([asdict(one) for one in news])
        return
    for one in news:
        new = ", ".join(f"{period} ({run[:8]})" for period, run in sorted(one.fetched.items()))
        gone = f" No longer named there, kept here: {', '.join(one.gone)}." if one.gone else ""
        print_lines([f"{one.client}: {f'fetched {new}' if new else 'nothing new'}.{gone}"])
