"""Arguments and options that many verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["Client", "DataRoot", "Json", "Period"]

Client = Annotated[str, typer.Argument(help="Folder of the client in the data root, e.g. demo.")]
Period = Annotated[str, typer.Option(help="Period, e.g. 2026-Q4; default: the latest.")]
DataRoot = Annotated[
    Path | None,
    typer.Option(help="Folder of clients; default: $LODESTAR_DATA, else client_data."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
