"""Dashboards: reviewed pages without a kernel, live what-ifs by Voila, each client apart."""

from typing import TYPE_CHECKING

from lodestar.lazy import on_first_use

if TYPE_CHECKING:
    from lodestar.serve.server import serve

__all__ = ["serve"]

# Opening JupyterLab needs none of the server.
__getattr__ = on_first_use(__name__, {"lodestar.serve.server": ("serve",)})
