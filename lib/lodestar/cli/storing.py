"""Verbs that send published runs to object storage and fetch them: push, pull."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path

from lodestar.cli.report import print_json, print_lines
from lodestar.errors import FaultError
from lodestar.schema.letters import visible

__all__ = ["pull", "push"]


def push(client: str, url: str, period: str, data_root: Path | None, as_json: bool) -> None:
    """Send a client's published runs, and say what was sent."""
    from lodestar.storage import push as send

    sent = send(client, url, period, data_root)
    if as_json:
        print_json(asdict(sent))
        return
    what = (
        f"{sent.files} files, {sent.bytes / 1e6:.1f} MB sent" if sent.files else "nothing to send"
    )
    print_lines([f"{client}: {', '.join(sorted(sent.runs))} at {url}; {what}."])


def pull(clients: list[str], url: str, every: int, data_root: Path | None, as_json: bool) -> None:
    """Fetch published runs, once or again and again; a pass that fails is told and tried anew."""
    _pass(clients, url, data_root, as_json)
    while every:
        time.sleep(every)
        try:
            _pass(clients, url, data_root, as_json, quiet=True)
        except FaultError as error:
            print_lines([visible(str(error))])


def _pass(
    clients: list[str], url: str, data_root: Path | None, as_json: bool, quiet: bool = False
) -> None:
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
