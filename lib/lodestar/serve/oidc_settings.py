"""The file that describes an organisation's own sign-in (OpenID Connect)."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lodestar.errors import InputError, Problem

__all__ = ["SECRET", "Settings", "read_settings", "safe_url"]

SECRET = "LODESTAR_OIDC_SECRET"
"""Environment variable that holds the client's secret, where no file does."""

_KNOWN = ("issuer", "client_id", "client_secret_file", "label", "certificate_authority")
_REMEDY = (
    "Write issuer, client_id and, with a file that only you can read, client_secret_file; "
    f"or give the secret in the environment as {SECRET}."
)


@dataclass(frozen=True)
class Settings:
    """What the provider knows this server by.

    Parameters
    ----------
    issuer : str
        The provider's address; its metadata are found below it.
    client_id, secret : str
        What it gave out for this server.
    label : str
        What its sign-in is called on the page.
    authority : str
        File of the certificates to trust, where the system's are not meant; empty otherwise.
    """

    issuer: str
    client_id: str
    secret: str
    label: str
    authority: str = ""


def read_settings(file: Path) -> Settings:
    """Return the settings of a file.

    Raises
    ------
    InputError
        Everything that is missing, unknown or open to others, with its remedy.
    """
    written = _written(file)
    odd = written.keys() - {*_KNOWN}
    problems = [_problem(file, f"'{name}' is not known here.") for name in odd]
    texts = {name: str(written.get(name) or "") for name in _KNOWN}
    problems += [_problem(file, f"'{n}' is missing.") for n in _KNOWN[:2] if not texts[n]]
    if texts["issuer"] and not safe_url(texts["issuer"]):
        problems.append(_problem(file, "'issuer' is not an address that begins with https."))
    secret = _secret(file, texts["client_secret_file"], problems)
    if problems:
        raise InputError(sorted(problems, key=str))
    issuer = texts["issuer"]
    label = texts["label"] or urlsplit(issuer).hostname or "your organisation"
    return Settings(issuer, texts["client_id"], secret, label, texts["certificate_authority"])


def safe_url(url: str) -> bool:
    """Tell whether an address is encrypted, or stays on this machine.

    Examples
    --------
    >>> safe_url("https://login.example"), safe_url("http://127.0.0.1:8000/realm")
    (True, True)
    >>> safe_url("http://login.example"), safe_url("ftp://x"), safe_url("https:///x")
    (False, False, False)
    """
    try:
        parts = urlsplit(url)
        local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and local))


def _written(file: Path) -> dict[str, Any]:
    import yaml

    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = getattr(error, "strerror", None) or "it is no YAML"
        raise InputError([_problem(file, f"The file cannot be read ({reason}).")]) from None
    return found if isinstance(found, dict) else {}


def _secret(file: Path, named: str, problems: list[Problem]) -> str:
    if not named:
        secret = os.environ.get(SECRET, "")
        problems += [] if secret else [_problem(file, "There is no client secret.")]
        return secret
    path = file.parent / named
    try:
        secret, mode = path.read_text(encoding="utf-8").strip(), path.stat().st_mode
    except (OSError, UnicodeDecodeError):
        problems.append(_problem(file, f"'{named}' cannot be read."))
        return ""
    if mode & 0o077 and sys.platform != "win32":
        remedy = f"Let only yourself read it: `chmod 600 {path.name}`."
        problems.append(_problem(file, f"'{named}' can be read by others.", remedy))
    return secret


def _problem(file: Path, message: str, remedy: str = _REMEDY) -> Problem:
    return Problem(code="oidc", file=file.name, message=message, remedy=remedy)
