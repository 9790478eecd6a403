"""Who came and how: by the connection, or by the word of a proxy that is trusted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address

from lodestar.serve.address import Network

__all__ = ["Arrival", "arrived", "within"]

_PAIR = re.compile(r'([a-z]+)=("[^"]*"|[^;,\s]*)', re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Arrival:
    """The visitor's address, and the host and scheme asked for; "" for a scheme not told."""

    address: str
    host: str
    scheme: str
    proxied: bool = False


def arrived(direct: Arrival, headers: Mapping[str, str], trusted: tuple[Network, ...]) -> Arrival:
    """Return who came, seen through trusted proxies.

    Parameters
    ----------
    direct : Arrival
        What the connection itself says.
    headers : mapping
        Headers of the request.
    trusted : tuple of network
        Where proxies are; from anybody else what is forwarded counts for nothing.

    Notes
    -----
    The visitor is the last address that is no trusted proxy: whatever stands before it could have
    been written by the visitor. ``Forwarded`` is read only where there is none of the
    ``X-Forwarded-`` kind: a proxy that writes one kind passes the other on as it came.

    Examples
    --------
    >>> from ipaddress import ip_network
    >>> direct = Arrival("10.0.0.2", "inner:8866", "http")
    >>> sent = {"X-Forwarded-For": "1.1.1.1, 198.51.100.7", "X-Forwarded-Proto": "https"}
    >>> arrived(direct, sent, (ip_network("10.0.0.0/24"),))
    Arrival(address='198.51.100.7', host='inner:8866', scheme='https', proxied=True)
    >>> arrived(direct, sent, ()) == direct
    True
    """
    if not within(direct.address, trusted):
        return direct
    kinds = {name: headers.get(f"X-Forwarded-{name}", "") for name in ("For", "Proto", "Host")}
    said = kinds if any(kinds.values()) else _forwarded(headers.get("Forwarded", ""))
    scheme, host = _last(said["Proto"]).lower(), _last(said["Host"]).lower()
    return replace(
        direct,
        address=_visitor(direct.address, said["For"], trusted),
        host=host or direct.host,
        scheme=scheme if scheme in ("http", "https") else "",
        proxied=True,
    )


def within(address: str, networks: tuple[Network, ...]) -> bool:
    """Tell whether an address lies in any of some networks.

    Examples
    --------
    >>> from ipaddress import ip_network
    >>> [within(one, (ip_network("10.0.0.0/8"),)) for one in ("10.1.1.1", "::ffff:10.1.1.1", "")]
    [True, True, False]
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    plain = getattr(found, "ipv4_mapped", None) or found
    return any(plain in network for network in networks)


def _visitor(direct: str, said: str, trusted: tuple[Network, ...]) -> str:
    found = direct
    for text in reversed([part.strip() for part in said.split(",") if part.strip()]):
        address = _address(text)
        if not address:
            break
        found = address
        if not within(address, trusted):
            break
    return found


def _last(text: str) -> str:
    return text.rsplit(",", 1)[-1].strip()


def _forwarded(text: str) -> dict[str, str]:
    """Return what RFC 7239's header says, in the shape of the older headers."""
    said: dict[str, list[str]] = {"for": [], "proto": [], "host": []}
    for name, value in _PAIR.findall(text):
        said.get(name.lower(), []).append(value.strip('"'))
    return {name.capitalize(): ", ".join(values) for name, values in said.items()}


def _address(text: str) -> str:
    """Return an address without a port around it; empty when it is none."""
    bare = text[1:].partition("]")[0] if text.startswith("[") else text
    bare = bare.partition(":")[0] if bare.count(":") == 1 else bare
    try:
        return str(ip_address(bare))
    except ValueError:
        return ""
