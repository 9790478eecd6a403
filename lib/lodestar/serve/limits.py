"""How much is taken from anybody: bytes, seconds, attempts, connections."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Any

from lodestar.serve.verdict import MOST_BYTES

__all__ = ["CONNECTION_LIMITS", "Allowance", "network"]

CONNECTION_LIMITS: dict[str, Any] = {
    # Seconds for the head of a request, also while a connection that is kept open is silent.
    "idle_connection_timeout": 30.0,
    "body_timeout": 20.0,
    "max_header_size": 16 * 1024,
    "max_body_size": 16 * MOST_BYTES,
    "max_buffer_size": 1024 * 1024,
}
"""What tornado's server is told. Longer bodies than a form's are read up to its limit and refused;
beyond that the connection ends.
"""


class Allowance:
    """So many attempts in so many seconds from one network.

    Parameters
    ----------
    count : int
        Attempts that may come at once; they grow back evenly.
    seconds : float
        Time in which all of them grow back.
    clock : callable
        Seconds that only grow.

    Examples
    --------
    >>> now = [0.0]
    >>> few = Allowance(2, 60, lambda: now[0])
    >>> [few.wait("192.0.2.7") for _ in range(3)]
    [0.0, 0.0, 30.0]
    >>> now[0] = 30.0
    >>> few.wait("192.0.2.7")
    0.0
    """

    MOST = 10_000

    def __init__(
        self, count: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.count, self.seconds, self._clock = count, seconds, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """Count an attempt; return 0, or the seconds until the next one is allowed."""
        place, now = network(address), self._clock()
        left, since = self._left.pop(place, (float(self.count), now))
        left = min(self.count, left + (now - since) * self.count / self.seconds)
        allowed = left >= 1
        self._left[place] = (left - 1 if allowed else left, now)
        while len(self._left) > self.MOST:
            self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) * self.seconds / self.count


def network(address: str) -> str:
    """Return what counts as one visitor: an IPv4 address, or 64 bits of an IPv6 one.

    Examples
    --------
    >>> network("192.0.2.7"), network("2001:db8:0:1:2:3:4:5"), network("")
    ('192.0.2.7', '2001:db8:0:1::', '')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if found.version == 4:
        return address
    return str(ip_network((found, 64), strict=False).network_address)
