"""The framework as data: ladder, dimensions, capabilities, items, factors, target profiles."""

from lodestar.framework.load import available, load_framework

__all__ = ["available", "load_framework"]
