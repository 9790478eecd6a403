"""Inclusion and the value chain: advocacy, decisions, needs, ripple, indicators, workforce."""

from lodestar.assess.inclusion.section import assess

__all__ = ["assess"]
