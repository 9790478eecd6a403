"""An audit in words: what gets out, where it stands, who could be exposed."""

from __future__ import annotations

from lodestar.audit.model import Audit

__all__ = ["audit_lines"]

KINDS = {
    "shown": "Shown for too few",
    "follows": "Follows from what is shown",
    "narrow": "Nearly follows from what is shown",
    "figure": "Hidden in the results, shown elsewhere",
    "named": "Names a person",
    "quoted": "Quotes a person",
}
_SHOWN = 3


def audit_lines(found: Audit) -> list[str]:
    """Return an audit as lines for a terminal.

    Parameters
    ----------
    found : Audit
        As :func:`lodestar.audit.audit` returns it.

    Returns
    -------
    list of str
        The verdict first, then each leak; never a value that somebody gave.
    """
    periods = ", ".join(found.periods)
    looked = f"{found.client}: {found.files} files of {periods}; {found.figures} figures about "
    looked += f"people are shown, {found.hidden} are hidden."
    lines = [looked]
    for leak in found.leaks:
        lines += [f"{KINDS[leak.kind]}: {leak.what}.", f"  Who: {leak.who}."]
        lines += [f"  Where: {place}" for place in leak.where[:_SHOWN]]
        if len(leak.where) > _SHOWN:
            lines.append(f"  and {len(leak.where) - _SHOWN} more places (--json lists them).")
        lines.append(f"  {leak.remedy}")
    if found.unexplained:
        lines += ["Numbers beside hidden groups that no result explains; look at them:"]
        lines += [f"  {place}" for place in found.unexplained]
    lines += _narrowest(found)
    lines += _replaced(found)
    count = len(found.leaks)
    lines.append(
        f"{count} {'leaks' if count > 1 else 'leak'}."
        if count
        else "Nothing about too few persons gets out."
    )
    return lines


def _replaced(found: Audit) -> list[str]:
    """Say which replaced runs somebody may have seen too, and which cannot be compared."""
    lines = []
    if found.replaced:
        many = f"{len(found.replaced)} replaced runs that are still kept"
        one = "a replaced run that is still kept"
        lines.append(f"Compared with {many if len(found.replaced) > 1 else one}.")
    if found.lost:
        named = ", ".join(found.lost)
        lines.append(f"Not compared, since what they were made from is no longer kept: {named}.")
    return lines


def _narrowest(found: Audit) -> list[str]:
    """Say how close an outsider comes to the hidden mean that is bounded best."""
    if not found.narrowest:
        return []
    closest = found.narrowest[0]
    return [
        "The hidden mean that an outsider can narrow down most stays open over "
        f"{closest.share:.0%} of the range of answers: {closest.measure} of {closest.name}, "
        f"{closest.place}."
    ]
