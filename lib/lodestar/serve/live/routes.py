"""What is there below the addresses of live what-ifs; whatever is not listed is not there."""

from __future__ import annotations

from typing import Any

from lodestar.serve.live.channels import Channels
from lodestar.serve.live.proxy import KernelProxy, ShutdownProxy, WhatIfHandler
from lodestar.serve.live.statics import FrontEndHandler
from lodestar.serve.live.upstreams import Upstreams
from lodestar.serve.site import Site

__all__ = ["live_handlers"]

_NAME = r"([^/]+)"
_KERNEL = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_FILES = r"static/front-end-[0-9a-f]+\.js|(?:static|labextensions|templates/lab/static)/.+"


def live_handlers(site: Site, upstreams: Upstreams, base: str = "/") -> list[Any]:
    """Return the rules of live what-ifs, for the front to put behind its gate.

    Parameters
    ----------
    site : Site
        The pages; whose runs may be opened.
    upstreams : Upstreams
        The live processes.
    base : str
        Path that every page is below; begins and ends with ``/``.
    """
    given: dict[str, Any] = {"site": site, "upstreams": upstreams}
    client = f"{base}c/{_NAME}"
    live = f"{client}/live"
    return [
        (rf"{client}/{_NAME}/{_NAME}/what-if", WhatIfHandler, given),
        (rf"{live}/api/kernels/{_KERNEL}", KernelProxy, given),
        (rf"{live}/api/kernels/{_KERNEL}/channels", Channels, given),
        (rf"{live}/voila/api/shutdown/{_KERNEL}", ShutdownProxy, given),
        (rf"{live}/voila/({_FILES})", FrontEndHandler, {"front_end": upstreams.front_end}),
    ]
