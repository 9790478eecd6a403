"""What people are told about the kernels of their run."""

from __future__ import annotations

import logging

__all__ = ["ordinary_kernels", "say_once"]

_LOG = logging.getLogger("lodestar.kernels")
_SAID: set[str] = set()


def ordinary_kernels(reason: str) -> str:
    """Return the sentence that says why kernels are not forked from a warm one.

    Parameters
    ----------
    reason : str
        A clause, e.g. ``this system cannot fork them safely``.

    Examples
    --------
    >>> ordinary_kernels("LODESTAR_KERNELS=ordinary asks for it")
    'Each kernel starts anew: LODESTAR_KERNELS=ordinary asks for it. Same results, but slower.'
    """
    return f"Each kernel starts anew: {reason}. Same results, but slower."


def say_once(sentence: str) -> None:
    """Log a sentence, once in this process."""
    if sentence not in _SAID:
        _SAID.add(sentence)
        _LOG.warning(sentence)
