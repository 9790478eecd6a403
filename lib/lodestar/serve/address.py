"""How the server is reached: where it listens, under which name, behind whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from lodestar.errors import InputError, Problem

__all__ = ["LOOPBACK", "Address", "Network", "checked_address"]

LOOPBACK = "127.0.0.1"
Network = IPv4Network | IPv6Network
_BASE = re.compile(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*")
_NAME = re.compile(r"[A-Za-z0-9.-]+|[0-9a-f:]+", re.ASCII)
_USUAL = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Address:
    """Where a server listens and what it is called.

    Parameters
    ----------
    bind : str
        Address of this machine to listen on.
    port : int
        Port; 0 until one is taken.
    base : str
        Path that every page is below; begins and ends with ``/``.
    public : str
        Scheme, name and port that visitors use, when a proxy or a name stands in front.
    encrypted : bool
        This server itself speaks TLS.
    trusted : tuple of network
        Proxies whose word on who came, and how, counts.
    """

    bind: str = LOOPBACK
    port: int = 0
    base: str = "/"
    public: str = ""
    encrypted: bool = False
    trusted: tuple[Network, ...] = ()

    @property
    def secure(self) -> bool:
        """Tell whether visitors come by https."""
        return self.public.startswith("https:") if self.public else self.encrypted

    @property
    def origin(self) -> str:
        """Return scheme, name and port of links to this server."""
        scheme = "https" if self.secure else "http"
        return self.public or f"{scheme}://{_bracketed(self.bind)}:{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """Return the names and ports this server answers to.

        Examples
        --------
        >>> sorted(Address(port=8866).hosts)
        ['127.0.0.1:8866', 'localhost:8866']
        >>> sorted(Address(public="https://board.example").hosts)
        ['board.example', 'board.example:443']
        """
        if self.public:
            parts = urlsplit(self.public)
            usual = _USUAL[parts.scheme]
            name = _bracketed(parts.hostname or "")
            port = parts.port or usual
            return frozenset({f"{name}:{port}"} | ({name} if port == usual else set()))
        names = {_bracketed(self.bind)} | ({"localhost"} if _loopback(self.bind) else set())
        return frozenset(f"{name}:{self.port}" for name in names)

    @property
    def cookie(self) -> str:
        """Return the name of the session's cookie; servers on other ports have their own."""
        return f"{'__Host-' if self.secure else ''}lodestar-{self.port}"

    def url(self, path: str) -> str:
        """Return the whole address of a path below the base."""
        return f"{self.origin}{self.base}{path}"


def checked_address(
    bind: str = LOOPBACK,
    port: int = 0,
    base: str = "",
    public: str = "",
    trusted: tuple[str, ...] = (),
    encrypted: bool = False,
) -> Address:
    """Return an address from what a person asked for.

    Raises
    ------
    InputError
        Everything that is wrong or would send passwords in the clear, each with its remedy.
    """
    problems: list[Problem] = []
    parts = urlsplit(public)
    if public and not _public(public):
        problems.append(_wrong("--public-url", public, "Write it as https://board.example."))
    base = base or (parts.path if public else "") or "/"
    base = f"/{base.strip('/')}/" if base.strip("/") else "/"
    if not _BASE.fullmatch(base):
        problems.append(_wrong("--base-url", base, "Write it as /lodestar/."))
    networks = tuple(_network(text, problems) for text in trusted)
    if not _ip(bind):
        problems.append(_wrong("--bind", bind, "Give an address of this machine, as 192.0.2.7."))
    elif not (_loopback(bind) or encrypted or (public.startswith("https:") and trusted)):
        problems.append(_in_the_clear(bind))
    if problems:
        raise InputError(problems)
    named = f"{parts.scheme}://{parts.netloc.lower()}" if public else ""
    kept = tuple(network for network in networks if network)
    return Address(bind, port, base, named, encrypted, kept)


def _public(public: str) -> bool:
    try:
        parts = urlsplit(public)
        plain = not (parts.query or parts.fragment or parts.username)
        named = _NAME.fullmatch(parts.hostname or "")
        return parts.scheme in _USUAL and bool(named) and plain and parts.port != 0
    except ValueError:
        return False


def _network(text: str, problems: list[Problem]) -> Network | None:
    try:
        return ip_network(text)
    except ValueError:
        remedy = "Name the proxy's address or network, as 127.0.0.1 or 10.0.0.0/24."
        problems.append(_wrong("--trusted-proxy", text, remedy))
        return None


def _ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _loopback(bind: str) -> bool:
    return ip_address(bind).is_loopback


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name else name


def _wrong(option: str, value: str, remedy: str) -> Problem:
    return Problem(
        code="bad-option",
        file=option,
        value=value,
        message="This cannot be used as an address.",
        remedy=remedy,
    )


def _in_the_clear(bind: str) -> Problem:
    return Problem(
        code="no-encryption",
        file="--bind",
        value=bind,
        message="Others on the network could read passwords and pages on their way.",
        remedy="Give --certificate and --key; or keep to this machine and let a proxy with https "
        "stand in front: --public-url https://… and --trusted-proxy with the proxy's address.",
    )
