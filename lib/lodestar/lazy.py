"""Names a package offers without importing the modules they live in before somebody asks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

__all__ = ["on_first_use"]


def on_first_use(package: str, homes: Mapping[str, tuple[str, ...]]) -> Callable[[str], Any]:
    """Return a package's ``__getattr__`` that imports a name's module when it is asked for.

    Parameters
    ----------
    package : str
        ``__name__`` of the package.
    homes : mapping
        Module: the names that live in it. No name may be that of a module of the package, for
        importing that module would put it in the name's place.

    Notes
    -----
    An unchanged ``lodestar run`` only hashes files; importing pandas would take most of its time.
    """
    places = {name: module for module, names in homes.items() for name in names}

    def found(name: str) -> Any:
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(places[name]), name)
        setattr(sys.modules[package], name, value)
        return value

    return found
