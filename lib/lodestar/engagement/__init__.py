"""A client's engagement: settings, framework and typed tables, read and checked in one pass."""

from lodestar.engagement.collector import Report
from lodestar.engagement.load import check, load, load_settings

__all__ = ["Report", "check", "load", "load_settings"]
