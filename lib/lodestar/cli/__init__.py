"""The ``lodestar`` command: it parses and prints; the package does the work."""

from lodestar.cli.app import app
from lodestar.cli.main import main

__all__ = ["app", "main"]
