"""Who sees what differently: agreement within groups, gaps between them, blind spots."""

from lodestar.assess.perspectives.section import assess, views

__all__ = ["assess", "views"]
