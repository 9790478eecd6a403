"""The verbs about who may see which client, each one sentence of help with an example."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lodestar.cli import admitting
from lodestar.cli.options import Client, DataRoot, Json

__all__ = ["app"]

app = typer.Typer(
    help="Say who may sign in and see which client.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Name = Annotated[str, typer.Argument(help="E-mail address or plain login.")]
Clients = Annotated[str | None, typer.Option(help="Whom they may see, e.g. demo,acme.")]
Hours = Annotated[float, typer.Option(min=0.1, max=8760, help="How long the link opens.")]
Site = Annotated[str, typer.Option(help="Address of the running server, as a browser reaches it.")]
Output = Annotated[Path | None, typer.Option(help="New file for the link, readable by you alone.")]


@app.command()
def add(
    name: Name,
    role: Annotated[str, typer.Option(help="consultant, reviewer or client.")] = "client",
    clients: Clients = None,
    ends: Annotated[str, typer.Option(help="Last day of access, e.g. 2027-03-31.")] = "never",
    data_root: DataRoot = None,
) -> None:
    """Add a person, who then needs a link or a password.

    Consultants and reviewers see every client unless --clients names some.

    Example: lodestar access add ana@example.com --clients demo --ends 2027-03-31
    """
    admitting.add(name, role, clients, ends, data_root)


@app.command()
def change(
    name: Name,
    role: Annotated[str | None, typer.Option(help="consultant, reviewer or client.")] = None,
    clients: Clients = None,
    data_root: DataRoot = None,
) -> None:
    """Give a person another role or other clients, at once.

    Example: lodestar access change ana@example.com --clients demo,acme
    """
    admitting.change(name, role, clients, data_root)


@app.command(name="list")
def list_(data_root: DataRoot = None, json: Json = False) -> None:
    """List who may see which client, until when and how they sign in.

    Example: lodestar access list
    """
    admitting.listed(data_root, json)


@app.command()
def revoke(
    name: Name,
    undo: Annotated[bool, typer.Option("--undo", help="Give access back.")] = False,
    data_root: DataRoot = None,
) -> None:
    """Take a person's access away at once.

    Example: lodestar access revoke ana@example.com
    """
    admitting.revoke(name, undo, data_root)


@app.command()
def expire(
    name: Name,
    ends: Annotated[str, typer.Argument(help="Last day of access, e.g. 2027-03-31, or never.")],
    data_root: DataRoot = None,
) -> None:
    """Set the last day of a person's access.

    Example: lodestar access expire ana@example.com 2027-03-31
    """
    admitting.expire(name, ends, data_root)


@app.command()
def link(
    name: Name,
    hours: Hours = 72,
    reusable: Annotated[
        bool, typer.Option("--reusable", help="Open until it ends, not once.")
    ] = False,
    site: Site = admitting.HERE,
    output: Output = None,
    data_root: DataRoot = None,
) -> None:
    """Print a link that signs a person in, or write it to a file.

    Example: lodestar access link ana@example.com --hours 24 --output ana.link
    """
    admitting.link(name, hours, not reusable, site, output, data_root)


@app.command()
def password(
    name: Name,
    password_file: Annotated[
        Path | None, typer.Option(help="File to read it from; default: asked, or piped in.")
    ] = None,
    data_root: DataRoot = None,
) -> None:
    """Set a person's password; what they have open ends.

    Example: lodestar access password ana@example.com
    """
    admitting.password(name, password_file, data_root)


@app.command(name="sign-out")
def sign_out(name: Name, data_root: DataRoot = None) -> None:
    """End a person's sessions and links; they may sign in again.

    Example: lodestar access sign-out ana@example.com
    """
    admitting.sign_out(name, data_root)


@app.command()
def looks(client: Client, data_root: DataRoot = None, json: Json = False) -> None:
    """List who looked at a client's pages, when, and at which run.

    Example: lodestar access looks demo
    """
    admitting.looks(client, data_root, json)
