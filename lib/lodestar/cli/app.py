"""The command's verbs, each one sentence of help with an example."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lodestar.cli import access, auditing, intake, reviewing, running, serving, showing, storing
from lodestar.cli.options import Client, DataRoot, Json, Period

__all__ = ["app"]

app = typer.Typer(
    name="lodestar",
    help="How customer-centric do you need to be, and how do you align the business at that level?",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(access.app, name="access")


def _version(asked: bool) -> None:
    if asked:
        from lodestar import __version__

        typer.echo(f"lodestar {__version__}")
        raise typer.Exit


@app.callback()
def lodestar(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """How customer-centric do you need to be, and how do you align the business at that level?"""


@app.command()
def new(
    client: Client,
    name: Annotated[str, typer.Option(help="The client's name as pages show it.")] = "",
    data_root: DataRoot = None,
) -> None:
    """Make a client's folder with a commented engagement.yml.

    Example: lodestar new acme --name Acme
    """
    intake.new(client, name, data_root)


@app.command(name="intake")
def intake_workbook(
    client: Client,
    output: Annotated[
        Path | None, typer.Option(help="File to write; default: intake.xlsx here.")
    ] = None,
    data_root: DataRoot = None,
) -> None:
    """Write an empty intake.xlsx, one explained sheet a table.

    Example: lodestar intake acme
    """
    intake.workbook(client, output, data_root)


@app.command(name="import")
def import_(
    client: Client,
    mapping: Annotated[
        Path | None, typer.Option(help="Mapping file; default: the client's source/mapping.yml.")
    ] = None,
    data_root: DataRoot = None,
) -> None:
    """Turn raw files into input tables by a mapping file.

    Example: lodestar import airport-passengers
    """
    intake.import_raw(client, mapping, data_root)


@app.command()
def check(
    client: Client, period: Period = "", data_root: DataRoot = None, json: Json = False
) -> None:
    """Check all inputs in one pass and say how to mend each problem.

    Example: lodestar check demo
    """
    intake.check(client, period, data_root, json)


@app.command()
def run(
    clients: Annotated[list[str] | None, typer.Argument(help="Clients, e.g. demo.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every client in the data root.")] = False,
    period: Period = "",
    data_root: DataRoot = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1, help="Notebooks executed at once; default: one a core, 0.5 GB of memory each."
        ),
    ] = None,
    scheduler: Annotated[
        str, typer.Option(help="Dask cluster: its address, or `local` for one on this machine.")
    ] = "",
    force: Annotated[bool, typer.Option(help="Execute even when nothing changed.")] = False,
    json: Json = False,
) -> None:
    """Execute every workbook for a client and publish the run.

    Example: lodestar run demo
    """
    running.run(clients or [], every, period, data_root, jobs, scheduler, force, json)


@app.command()
def prune(
    client: Client,
    keep: Annotated[int, typer.Option(min=1, help="Runs of each period to keep.")] = 10,
    forget_inputs: Annotated[
        bool, typer.Option("--forget-inputs", help="Also remove copies of inputs no longer here.")
    ] = False,
    data_root: DataRoot = None,
) -> None:
    """Remove old runs, and kept copies of inputs that no run names.

    Example: lodestar prune demo --keep 3
    """
    running.prune(client, keep, forget_inputs, data_root)


@app.command()
def results(
    client: Client,
    pointer: Annotated[str, typer.Option(help="Part of it, e.g. /level/present.")] = "",
    period: Period = "",
    data_root: DataRoot = None,
) -> None:
    """Print results.json or a part of it.

    Example: lodestar results demo --pointer /level/present
    """
    showing.results(client, pointer, period, data_root)


@app.command()
def lab(client: Client, period: Period = "", data_root: DataRoot = None) -> None:
    """Open JupyterLab on a client's workbooks, ready to run.

    Example: lodestar lab demo
    """
    running.lab(client, period, data_root)


app.command(cls=serving.Grouped)(serving.serve)


app.command()(storing.push)
app.command()(storing.pull)


@app.command()
def diff(
    client: Client,
    before: Annotated[
        str, typer.Argument(help="Period, run or git revision; default: the run before.")
    ] = "",
    after: Annotated[
        str, typer.Argument(help="Period, run or git revision; default: the current run.")
    ] = "",
    period: Period = "",
    data_root: DataRoot = None,
    json: Json = False,
    html: Annotated[Path | None, typer.Option(help="Write it as one page to this file.")] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with status 3 when anything differs.")
    ] = False,
    pointer: Annotated[
        list[str] | None, typer.Option(help="Say why this number moved, e.g. /alignment/index.")
    ] = None,
    why: Annotated[
        bool, typer.Option(help="Split movements into data, framework and code.")
    ] = True,
    web: Annotated[
        bool, typer.Option("--web", help="Show the notebooks side by side in a browser.")
    ] = False,
    browser: Annotated[bool, typer.Option(help="With --web: open it, not only its link.")] = True,
) -> None:
    """Show what moved between two runs, why, and what else differs.

    Example: lodestar diff demo 2026-Q2 2026-Q4
    """
    sides = client, before, after, period, data_root
    if web:
        reviewing.diff_web(*sides, browser)
    else:
        reviewing.diff(*sides, json, html, exit_code, pointer or [], why)


@app.command()
def verify(
    client: Client, period: Period = "", data_root: DataRoot = None, json: Json = False
) -> None:
    """Execute a published run again aside and compare every byte.

    Example: lodestar verify demo
    """
    reviewing.verify(client, period, data_root, json)


@app.command()
def audit(client: Client, data_root: DataRoot = None, json: Json = False) -> None:
    """Look for what an outsider could learn of few persons.

    Example: lodestar audit demo
    """
    auditing.audit(client, data_root, json)


@app.command()
def sign(
    client: Client,
    reviewer: Annotated[str, typer.Option(help="Who signs, by name.")] = "",
    note: Annotated[str, typer.Option(help="What you looked at and what to watch.")] = "",
    checklist: Annotated[
        Path | None, typer.Option(help="YAML file of answers, one 'item: yes' a line.")
    ] = None,
    answer: Annotated[
        list[str] | None, typer.Option(help="An answer, e.g. harm='n/a: nothing planned'.")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="Print the reviews and stop.")] = False,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take back your signature; the note says why.")
    ] = False,
    period: Period = "",
    data_root: DataRoot = None,
    json: Json = False,
) -> None:
    """Sign the published run as its reviewer, by a checklist.

    Example: lodestar sign demo --reviewer "Ana Ruiz" --note "Ledger reconciled."
    """
    if listing:
        reviewing.listed(client, period, data_root, json)
    elif withdraw:
        reviewing.withdraw(client, reviewer, note, period, data_root, json)
    else:
        said = answer or []
        reviewing.sign(client, reviewer, note, checklist, said, period, data_root, json)


@app.command(name="setup-git")
def setup_git(
    everywhere: Annotated[
        bool, typer.Option("--global", help="For every repository of yours, not one.")
    ] = False,
    repo: Annotated[
        Path, typer.Option(help="A folder in the repository; default: this one.")
    ] = Path(),
    undo: Annotated[bool, typer.Option("--undo", help="Restore what stood before.")] = False,
) -> None:
    """Let git show words, tables and charts' data of notebooks.

    Example: lodestar setup-git --repo .
    """
    reviewing.setup_git(None if everywhere else repo, undo)


@app.command()
def frameworks(
    framework: Annotated[str, typer.Argument(help="One to describe; default: list them.")] = "",
    json: Json = False,
) -> None:
    """List the assessment frameworks, or describe one.

    Example: lodestar frameworks customer-alignment
    """
    showing.frameworks(framework, json)
