"""The disclosure audit: what an outsider could learn of few persons from everything published."""

from lodestar.audit.check import audit, audit_folder
from lodestar.audit.model import Audit, Bound, Leak, Place

__all__ = ["Audit", "Bound", "Leak", "Place", "audit", "audit_folder"]
