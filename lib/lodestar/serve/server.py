"""Serve published dashboards on this machine and print the links that open them."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path

from lodestar.engagement.places import client_folder, client_names, data_folder
from lodestar.errors import InputError, Problem
from lodestar.provenance import published_periods
from lodestar.schema import resources
from lodestar.schema.quick_start import import_jsonschema

__all__ = ["serve"]


def serve(
    clients: str | Sequence[str] = (),
    period: str = "",
    data_root: str | Path | None = None,
    port: int = 0,
    open_browser: bool = False,
    tell: Callable[[str], None] | None = None,
) -> None:
    """Serve dashboards on loopback until interrupted; each client gets a one-time link.

    Parameters
    ----------
    clients : str or sequence of str
        Whose dashboards; empty means every client with a published run.
    period : str
        Only this period; empty means all that are published.
    data_root : str or Path, optional
        Folder of clients.
    port : int
        Wanted port; 0, or one that is taken, means any free one.
    open_browser : bool
        Open the first link in a browser.
    tell : callable, optional
        Gets each line for the person who runs the server; printed by default.

    Raises
    ------
    InputError
        There is no such client, or none has a published run.
    """
    say = tell or _say
    root = data_folder(data_root)
    names = _clients([clients] if isinstance(clients, str) else list(clients), root)
    import_jsonschema()
    from lodestar.serve.app import LodestarVoila
    from lodestar.serve.site import Site

    template = resources.templates() / "voila" / "lodestar"

    def ready(server: LodestarVoila) -> None:
        for name in names:
            link = server.link(name)
            say(f"{name}: {link}")
            if open_browser and name == names[0]:
                webbrowser.open(link)
        say("Each link opens once. Press Ctrl-C to stop.")

    site = Site(template, names, period, root)
    app = LodestarVoila(site, root.resolve(), port, ready, say)
    app.initialize()
    app.start()


def _clients(asked: list[str], root: Path) -> list[str]:
    """Return whom to serve; a client without a run is served a page that says what to do."""
    for name in asked:
        client_folder(name, root)
    names = asked or [name for name in client_names(root) if published_periods(name, root)]
    if not names:
        raise InputError([_nobody()])
    return names


def _nobody() -> Problem:
    return Problem(
        code="no-run",
        file="runs",
        message="No client has a published run.",
        remedy="Run one first, e.g. `lodestar run demo`.",
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
