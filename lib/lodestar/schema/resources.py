"""Where the shipped files are: a checkout's own win, else those inside the installed package."""

from __future__ import annotations

from pathlib import Path

from lodestar.errors import FaultError

__all__ = ["checkout", "client_data", "templates", "workbooks"]

_PACKAGE = Path(__file__).resolve().parents[1]
_SHIPPED = _PACKAGE / "_shipped"
_PROJECT = 'name = "lodestar-workbook"'


def checkout() -> Path | None:
    """Return the checkout in use: the package's own, else the one around the working directory.

    Returns
    -------
    Path or None
        The folder that holds ``pyproject.toml``, ``templates`` and ``workbooks``; None when the
        package is installed and nobody works inside a checkout.
    """
    here = Path.cwd()
    candidates = [_PACKAGE.parents[1], here, *here.parents]
    return next((folder for folder in candidates if _is_checkout(folder)), None)


def templates() -> Path:
    """Return the folder of frameworks, dashboard template, intake and deliverables."""
    return _shipped("templates")


def workbooks() -> Path:
    """Return the folder of the notebooks, outputs stripped."""
    return _shipped("workbooks")


def client_data() -> Path:
    """Return the folder of the sample clients."""
    return _shipped("client_data")


def _shipped(name: str) -> Path:
    """Return the folder of this name, from the checkout or from the wheel."""
    root = checkout()
    folder = (root or _SHIPPED) / name
    if not folder.is_dir():
        raise FaultError(f"The folder '{name}' is missing; install lodestar-workbook again.")
    return folder


def _is_checkout(folder: Path) -> bool:
    """Tell whether the folder is a checkout of this project."""
    project = folder / "pyproject.toml"
    return (
        (folder / "templates").is_dir()
        and (folder / "workbooks").is_dir()
        and project.is_file()
        and _PROJECT in project.read_text(encoding="utf-8", errors="replace")
    )
