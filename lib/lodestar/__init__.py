"""Lodestar: how customer-centric do you need to be, and how do you align the business at that level?"""

__version__ = "0.1.0"
