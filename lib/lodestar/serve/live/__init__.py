"""Live what-ifs: each client's in a process of its own, reached through the front alone."""

from typing import TYPE_CHECKING

from lodestar.lazy import on_first_use

if TYPE_CHECKING:
    from lodestar.serve.live.admission import Busy
    from lodestar.serve.live.limits import Limits
    from lodestar.serve.live.routes import live_handlers
    from lodestar.serve.live.upstream import Upstream
    from lodestar.serve.live.upstreams import Upstreams

__all__ = ["Busy", "Limits", "Upstream", "Upstreams", "live_handlers"]

# The live processes import from here too, and need nothing of the front's.
__getattr__ = on_first_use(
    __name__,
    {
        "lodestar.serve.live.admission": ("Busy",),
        "lodestar.serve.live.limits": ("Limits",),
        "lodestar.serve.live.routes": ("live_handlers",),
        "lodestar.serve.live.upstream": ("Upstream",),
        "lodestar.serve.live.upstreams": ("Upstreams",),
    },
)
