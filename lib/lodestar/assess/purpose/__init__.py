"""Purpose and focus: effort, drift, how long work lives, and where revenue comes from."""

from lodestar.assess.purpose.section import assess

__all__ = ["assess"]
