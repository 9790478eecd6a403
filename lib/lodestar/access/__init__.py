"""Who may see which client: people, links, sessions, and a record of who did what."""

from typing import TYPE_CHECKING

from lodestar.lazy import on_first_use

if TYPE_CHECKING:
    from lodestar.access.model import (
        GUEST,
        HOST,
        ROLES,
        Limits,
        Look,
        Person,
        Refused,
        Role,
        Session,
        Visit,
    )
    from lodestar.access.passwords import Passwords
    from lodestar.access.store import FOLDER, Access

__all__ = [
    "FOLDER",
    "GUEST",
    "HOST",
    "ROLES",
    "Access",
    "Limits",
    "Look",
    "Passwords",
    "Person",
    "Refused",
    "Role",
    "Session",
    "Visit",
]

__getattr__ = on_first_use(
    __name__,
    {
        "lodestar.access.model": (
            "GUEST",
            "HOST",
            "ROLES",
            "Limits",
            "Look",
            "Person",
            "Refused",
            "Role",
            "Session",
            "Visit",
        ),
        "lodestar.access.passwords": ("Passwords",),
        "lodestar.access.store": ("FOLDER", "Access"),
    },
)
