"""The verb that looks for what an outsider could learn of few persons."""

from __future__ import annotations

import sys
from pathlib import Path

from lodestar.cli.report import print_json, print_lines

__all__ = ["audit"]


def audit(client: str, data_root: Path | None, as_json: bool) -> None:
    """Audit everything a client has published; 3 when something gets out."""
    from rich.console import Console

    from lodestar.audit import audit as audit_client
    from lodestar.audit.words import audit_lines

    with Console(stderr=True).status(f"{client}: reading everything that is published"):
        found = audit_client(client, data_root)
    if as_json:
        print_json(found.as_dict())
    else:
        print_lines(audit_lines(found))
    sys.exit(3 if found.leaks else 0)
