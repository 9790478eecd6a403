"""Where clients' folders are: the data root, a client's folder, its periods."""

from __future__ import annotations

import os
import re
from pathlib import Path

from lodestar.errors import InputError, Problem
from lodestar.schema import resources
from lodestar.schema.nearest import meant

__all__ = ["client_folder", "client_names", "data_folder", "existing_folder", "plain_name"]

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def data_folder(data_root: str | Path | None = None) -> Path:
    """Return the folder of clients.

    Parameters
    ----------
    data_root : str or Path, optional
        The folder; else ``$LODESTAR_DATA``, else ``client_data`` in the working directory, else
        the samples of the checkout or the package.
    """
    named = data_root or os.environ.get("LODESTAR_DATA") or ""
    if str(named):
        return Path(named).expanduser()
    here = Path("client_data")
    return here if here.is_dir() else resources.client_data()


def existing_folder(data_root: str | Path | None = None) -> Path:
    """Return the folder of clients.

    Raises
    ------
    InputError
        There is no such folder.
    """
    root = data_folder(data_root)
    if not root.is_dir():
        raise InputError([_no_root(root)])
    return root


def client_names(data_root: str | Path | None = None) -> list[str]:
    """Return the clients of the data root: folders with an ``engagement.yml``, sorted."""
    root = data_folder(data_root)
    if not root.is_dir():
        return []
    names = (path.parent.name for path in root.glob("*/engagement.yml"))
    return sorted(name for name in names if plain_name(name))


def client_folder(client: str, data_root: str | Path | None = None) -> Path:
    """Return a client's folder.

    Raises
    ------
    InputError
        The name is no plain folder name, or there is no such folder: the remedy names those near.
    """
    if not plain_name(client):
        raise InputError([_not_plain(client)])
    root = existing_folder(data_root)
    folder = root / client
    if not folder.is_dir():
        raise InputError([_unknown(client, client_names(root))])
    return folder.resolve()


def plain_name(name: str) -> bool:
    """Tell whether a name is a plain folder name, which no path can hide in.

    Examples
    --------
    >>> plain_name("acme-2"), plain_name("../acme"), plain_name("a..b")
    (True, False, False)
    """
    return bool(_PLAIN.fullmatch(name)) and ".." not in name


def _not_plain(client: str) -> Problem:
    return Problem(
        code="client-name",
        file=client,
        value=client,
        message="This is not the plain name of a client's folder.",
        remedy="Use letters, digits, '-', '_' and '.', such as 'acme-2026'.",
    )


def _no_root(root: Path) -> Problem:
    return Problem(
        code="unknown-data-root",
        file=root.name,
        value=str(root),
        message="The folder of clients does not exist.",
        remedy="Name an existing folder with --data-root or LODESTAR_DATA.",
    )


def _unknown(client: str, names: list[str]) -> Problem:
    return Problem(
        code="unknown-client",
        file=client,
        value=client,
        message="There is no client of this name.",
        remedy=meant(client, names, f"Make it with `lodestar new {client}`."),
    )
