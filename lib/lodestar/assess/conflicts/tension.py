"""What a conflict sets against what: unit and unit, unit and customer, customer and finance."""

from __future__ import annotations

from lodestar.assess.conflicts.model import Conflict
from lodestar.assess.conflicts.register import CUSTOMERS, Register

__all__ = ["NO_TENSION", "TENSIONS", "tension"]

TENSIONS = ("unit-unit", "unit-customer", "customer-financial")

NO_TENSION = "It sets no unit against another, against customers or customers against finance."


def tension(register: Register, conflict: Conflict) -> str | None:
    """Return the class of a conflict after Peppers (2015), or None where it is of none.

    Parameters
    ----------
    register : Register
        Kinds of metrics and beneficiaries of outcomes.
    conflict : Conflict
        Any kind.

    Returns
    -------
    str or None
        ``customer-financial``: one end is about customers (a metric of kind customer, an outcome
        for customers or partners), the other about money (a metric of kind financial, an outcome
        for the owner). Else ``unit-customer``: one end is about customers, the other is not, or
        any measure or rule lowers an outcome for customers or partners.
        Else ``unit-unit``: two metrics of different functions. None for two metrics of one
        function that are not about customers and money, and for an outcome for employees or
        society.
    """
    ends = [_about(register, name) for name in (conflict.a, conflict.b)]
    if sorted(ends) == ["customer", "money"]:
        return "customer-financial"
    if ends.count("customer") == 1 or conflict.kind in ("customer", "policy"):
        return "unit-customer"
    return "unit-unit" if conflict.kind not in ("within", "outcome") else None


def _about(register: Register, name: str) -> str:
    """Whom an end is about: customer, money or anything else."""
    place = register.at(name)
    group, kind = register.group[place], register.kind[place]
    if group == "outcome":
        return "customer" if kind in CUSTOMERS else "money" if kind == "owner" else "other"
    if group == "metric":
        return {"customer": "customer", "financial": "money"}.get(kind, "other")
    return "other"
