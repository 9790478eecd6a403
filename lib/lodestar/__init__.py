"""Lodestar: how customer-centric you need to be, and how to align the business at that level."""

__version__ = "0.1.0"
