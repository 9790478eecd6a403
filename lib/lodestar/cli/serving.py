"""The verb that serves dashboards: here, on a network, behind a proxy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from lodestar.cli.options import DataRoot, Period
from lodestar.errors import InputError, Problem

__all__ = ["Grouped", "serve"]

REACH, PROXY, IDENTITY = "Reached by others", "Behind a proxy", "Signing in"
LIVE = "Live what-ifs (each also as an environment variable)"

Certificate = Annotated[
    Path | None,
    typer.Option(help="Certificate chain (PEM): speak https.", rich_help_panel=REACH),
]
Key = Annotated[Path | None, typer.Option(help="Its private key (PEM).", rich_help_panel=REACH)]


def _live(name: str, least: int, most: int, words: str) -> Any:
    """Return an option that limits live what-ifs, and its environment variable."""
    return typer.Option(
        min=least,
        max=most,
        help=words,
        envvar=f"LODESTAR_LIVE_{name}",
        rich_help_panel=LIVE,
    )


class Grouped(TyperCommand):
    """A command whose help lists its options under headings."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options, those without a heading first."""
        groups: dict[str, list[Any]] = {"": []}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                heading = getattr(parameter, "rich_help_panel", None) or ""
                groups.setdefault(heading, []).append(record)
        for heading, records in groups.items():
            with formatter.section(heading or "Options"):
                formatter.write_dl(records)


def serve(
    clients: Annotated[
        list[str] | None, typer.Argument(help="Clients; default: all that ran.")
    ] = None,
    period: Period = "",
    data_root: DataRoot = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0: any free one.")] = 8866,
    open_browser: Annotated[
        bool, typer.Option("--open", help="Open the link in a browser.")
    ] = False,
    bind: Annotated[
        str,
        typer.Option(
            help="Address of this machine to listen on; others need https.", rich_help_panel=REACH
        ),
    ] = "127.0.0.1",
    certificate: Certificate = None,
    key: Key = None,
    public_url: Annotated[
        str,
        typer.Option(
            help="What visitors type, e.g. https://board.example; no other name is answered.",
            rich_help_panel=PROXY,
        ),
    ] = "",
    base_url: Annotated[
        str,
        typer.Option(help="Path that every page is below, e.g. /lodestar/.", rich_help_panel=PROXY),
    ] = "",
    trusted_proxy: Annotated[
        list[str] | None,
        typer.Option(
            help="Address or network of a proxy, e.g. 10.0.0.2; its word on who came counts.",
            rich_help_panel=PROXY,
        ),
    ] = None,
    oidc: Annotated[
        Path | None,
        typer.Option(
            help="YAML file of your organisation's own sign-in (OpenID Connect).",
            rich_help_panel=IDENTITY,
        ),
    ] = None,
    hub: Annotated[
        bool,
        typer.Option(
            "--hub",
            help="Started by a JupyterHub, which says who comes: templates/jupyterhub.",
            rich_help_panel=IDENTITY,
        ),
    ] = False,
    live_copies: Annotated[
        int,
        _live("COPIES", 1, 1000, "Open at once, of all clients."),
    ] = 24,
    live_per_client: Annotated[
        int,
        _live("PER_CLIENT", 1, 1000, "Open at once, of one client."),
    ] = 16,
    live_memory: Annotated[
        int,
        _live(
            "MEMORY",
            256,
            65536,
            "Megabytes of one client's; beyond it none opens, at twice it all end.",
        ),
    ] = 1536,
    live_idle: Annotated[
        int,
        _live(
            "IDLE", 1, 1440, "Minutes without a touch until one ends; at most 5 while others wait."
        ),
    ] = 30,
) -> None:
    """Serve published dashboards here, to people who sign in.

    Who may sign in is kept by `lodestar access`; while nobody is, each client gets a link.

    Example: lodestar serve demo
    """
    from lodestar.serve import serve as serve_dashboards
    from lodestar.serve.address import checked_address
    from lodestar.serve.live.limits import checked_limits

    proxies = tuple(trusted_proxy or ())
    pair = _pair(certificate, key)
    address = checked_address(bind, port, base_url, public_url, proxies, pair is not None)
    limits = checked_limits(live_copies, live_per_client, live_memory, live_idle)
    serve_dashboards(
        clients or [],
        period,
        data_root,
        open_browser=open_browser,
        address=address,
        certificate=pair,
        oidc=oidc,
        hub=hub,
        limits=limits,
    )


def _pair(certificate: Path | None, key: Path | None) -> tuple[Path, Path] | None:
    """Return both files of TLS or none.

    Raises
    ------
    InputError
        There is one without the other.
    """
    if certificate and key:
        return certificate, key
    if certificate or key:
        problem = Problem(
            code="half-a-certificate",
            file="--certificate",
            message="A certificate works with its private key only.",
            remedy="Give both --certificate and --key.",
        )
        raise InputError([problem])
    return None
