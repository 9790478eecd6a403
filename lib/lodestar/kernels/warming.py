"""What the fork server does before the first fork, so that no kernel has to do it again."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pkgutil import walk_packages

__all__ = ["LIBRARIES", "warm_up"]

COMPUTING = ("numpy", "scipy", "pandas")
"""What results are computed with."""

LIBRARIES = (
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
"""What else workbooks and a kernel's own start import.

The converter of charts is imported but not used: it starts threads, which a fork loses.
"""

RESULTS, PAGES = ("stats", "confidentiality", "assess", "findings"), ("charts", "workbook")
"""Parts of Lodestar that results and, besides, pages use; every module of them sooner or later.

Not the controls: they make widgets as they are imported, whose ids must come from the notebook.
"""


def warm_up(between: Callable[[], None] = lambda: None) -> None:
    """Import what notebooks use, make one specification of a chart, and freeze it all.

    Parameters
    ----------
    between : callable
        Called once results can be computed, and again between one step and the next.

    Notes
    -----
    Frozen objects are passed over by the garbage collector, which would otherwise write to their
    memory and so copy it into every kernel. Only libraries are loaded, never a client's material:
    what is in memory here every kernel can read.
    """
    from lodestar.schema.quick_start import import_jsonschema

    _import(COMPUTING, RESULTS)
    gc.freeze()
    between()
    import_jsonschema()
    for name in LIBRARIES:
        import_module(name)
        between()
    _import((), PAGES)
    _warm_charts()
    _forget_warnings()
    gc.collect()
    gc.freeze()


def _import(libraries: Iterable[str], packages: Iterable[str]) -> None:
    """Import libraries, and every module of packages of ours."""
    for name in libraries:
        import_module(name)
    for part in packages:
        package = import_module(f"lodestar.{part}")
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)


def _warm_charts() -> None:
    from lodestar.charts.warm import warm_charts

    warm_charts()


def _forget_warnings() -> None:
    """Let a warning that was given here be given again in a kernel."""
    for module in list(sys.modules.values()):
        names = getattr(module, "__dict__", None)
        if isinstance(names, dict):
            names.pop("__warningregistry__", None)
