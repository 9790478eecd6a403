"""The one gate through which every aggregate of answers given in confidence passes."""

from lodestar.confidentiality.complement import complementary
from lodestar.confidentiality.gate import Gate
from lodestar.confidentiality.overlaps import hide_overlaps

__all__ = ["Gate", "complementary", "hide_overlaps"]
