"""Serve published dashboards and print the links that open them."""

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
from lodestar.serve.address import Address
from lodestar.serve.live.limits import Limits

__all__ = ["serve"]


def serve(
    clients: str | Sequence[str] = (),
    period: str = "",
    data_root: str | Path | None = None,
    port: int = 0,
    open_browser: bool = False,
    tell: Callable[[str], None] | None = None,
    address: Address | None = None,
    certificate: tuple[Path, Path] | None = None,
    oidc: Path | None = None,
    hub: bool = False,
    limits: Limits | None = None,
) -> None:
    """Serve dashboards until interrupted.

    Parameters
    ----------
    clients : str or sequence of str
        Whose dashboards; empty means every client, also those without a published run yet.
    period : str
        Only this period; empty means all that are published.
    data_root : str or Path, optional
        Folder of clients; people and sessions are kept in its ``.access``.
    port : int
        Wanted port; 0, or one that is taken, means any free one.
    open_browser : bool
        Open the first link in a browser.
    tell : callable, optional
        Gets each line for the person who runs the server; printed by default.
    address : Address, optional
        How the server is reached; by default on this machine alone.
    certificate : tuple of Path, optional
        Files of a certificate chain and its key: the server itself speaks https.
    oidc : Path, optional
        File that describes the organisation's own sign-in (OpenID Connect).
    hub : bool
        A JupyterHub started this: it says where to listen, and who comes.
    limits : Limits, optional
        What live what-ifs may take of the machine.

    Raises
    ------
    InputError
        There is no such client, none has a published run, or a file cannot be used.

    Notes
    -----
    Without people in the access store each client gets a one-time link, and so does whoever runs
    the server, to all of them. With people, or an organisation's sign-in, no such link is printed.
    """
    root = data_folder(data_root)
    names = _clients([clients] if isinstance(clients, str) else list(clients), root)
    import_jsonschema()
    from lodestar.serve.hub import hub_address
    from lodestar.serve.running import Server
    from lodestar.serve.site import Site

    where = hub_address() if hub else address or Address(port=port)
    template = resources.templates() / "voila" / "lodestar"
    site = Site(template, names, period, root, where.base)
    server = Server(site, root.resolve(), where, tell or _say, certificate, oidc, hub, limits)
    server.run(webbrowser.open if open_browser else None)


def _clients(asked: list[str], root: Path) -> list[str]:
    """Return whom to serve; a client without a run is served a page that says what to do."""
    for name in asked:
        client_folder(name, root)
    if asked:
        return asked
    names = client_names(root)
    published = [name for name in names if published_periods(name, root)]
    if not published:
        raise InputError([_nobody()])
    return [*published, *(name for name in names if name not in published)]


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
