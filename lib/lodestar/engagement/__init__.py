"""A client's engagement: settings, framework and typed tables, read and checked in one pass."""

from typing import TYPE_CHECKING

from lodestar.lazy import on_first_use

if TYPE_CHECKING:
    from lodestar.engagement.collector import Report
    from lodestar.engagement.loading import check, load, load_settings

__all__ = ["Report", "check", "load", "load_settings"]

__getattr__ = on_first_use(
    __name__,
    {
        "lodestar.engagement.collector": ("Report",),
        "lodestar.engagement.loading": ("check", "load", "load_settings"),
    },
)
