"""Import jsonschema without the grammars nobody here uses; they cost every process two seconds."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

__all__ = ["import_jsonschema"]

_GRAMMARS = "rfc3987_syntax"


def import_jsonschema() -> ModuleType:
    """Return jsonschema, imported so that its checks of international addresses stay unbuilt.

    Returns
    -------
    module
        The ordinary package; only the formats ``iri`` and ``iri-reference`` go unchecked, which
        no schema of ours, Altair's or Jupyter's uses.

    Notes
    -----
    jsonschema compiles the grammars of ``rfc3987_syntax`` when it is imported, if it can import
    that package. Whatever pulls jsonschema in (Altair, papermill, Voila) is quick after this call.
    The package itself stays importable for everybody else.
    """
    hidden = _GRAMMARS not in sys.modules
    if hidden:
        sys.modules[_GRAMMARS] = None  # type: ignore[assignment]
    try:
        return import_module("jsonschema")
    finally:
        if hidden:
            del sys.modules[_GRAMMARS]
