"""What the fork server does before the first fork, so that no kernel has to do it again."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from pkgutil import walk_packages

__all__ = ["LIBRARIES", "warm_up"]

LIBRARIES = (
    "numpy",
    "scipy",
    "pandas",
    "altair",
    "vl_convert",
    "ipywidgets",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "tornado.platform.asyncio",
    "sqlite3",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.string",
    "lodestar.kernels.extension",
)
"""What workbooks and a kernel's own start import.

The converter of charts is imported but not used: it starts threads, which a fork loses.
"""

PACKAGES = ("stats", "confidentiality", "assess", "findings", "charts", "workbook")
"""Parts of Lodestar that a walk uses, every module of them sooner or later.

Not the controls: they make widgets as they are imported, whose ids must come from the notebook.
"""


def warm_up() -> None:
    """Import what notebooks use, make one specification of a chart, and freeze it all.

    Notes
    -----
    Frozen objects are passed over by the garbage collector, which would otherwise write to their
    memory and so copy it into every kernel. Only libraries are loaded, never a client's material:
    what is in memory here every kernel can read.
    """
    from lodestar.schema.quick_start import import_jsonschema

    import_jsonschema()
    for name in LIBRARIES:
        import_module(name)
    for part in PACKAGES:
        package = import_module(f"lodestar.{part}")
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    _warm_charts()
    _forget_warnings()
    gc.collect()
    gc.freeze()


def _warm_charts() -> None:
    from lodestar.charts.warm import warm_charts

    warm_charts()


def _forget_warnings() -> None:
    """Let a warning that was given here be given again in a kernel."""
    for module in list(sys.modules.values()):
        names = getattr(module, "__dict__", None)
        if isinstance(names, dict):
            names.pop("__warningregistry__", None)
