"""Published runs on object storage: sent up whole, fetched whole, never half of one."""

from typing import TYPE_CHECKING

from lodestar.lazy import on_first_use

if TYPE_CHECKING:
    from lodestar.storage.fetching import Pulled, pull
    from lodestar.storage.sending import Pushed, push

__all__ = ["Pulled", "Pushed", "pull", "push"]

# Asking for help needs neither fsspec nor the runs.
__getattr__ = on_first_use(
    __name__,
    {
        "lodestar.storage.fetching": ("Pulled", "pull"),
        "lodestar.storage.sending": ("Pushed", "push"),
    },
)
