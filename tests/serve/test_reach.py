"""Where a server listens, who came through which proxy, how often. Oracle: RFC 7239, a model."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.errors import InputError
from lodestar.serve.address import Address, checked_address
from lodestar.serve.arrival import Arrival, arrived, within
from lodestar.serve.limits import Allowance

TRUSTED = (ip_network("10.0.0.0/24"), ip_network("2001:db8::/64"))
PROXY = Arrival("10.0.0.2", "inner:8866", "http")
ADDRESSES = st.ip_addresses().map(str)
OUTSIDE = ADDRESSES.filter(lambda one: not within(one, TRUSTED))
JUNK = st.text(st.characters(codec="latin-1"), max_size=30)


@pytest.mark.parametrize("bind", ["0.0.0.0", "::", "192.0.2.7", "::ffff:192.0.2.7"])
def test_others_are_reached_encrypted_or_not_at_all(bind: str) -> None:
    with pytest.raises(InputError, match="--certificate and --key"):
        checked_address(bind)
    with pytest.raises(InputError, match="no-encryption"):
        checked_address(bind, public="https://board.example")
    with pytest.raises(InputError, match="no-encryption"):
        checked_address(bind, public="http://board.example", trusted=("10.0.0.2",))
    assert checked_address(bind, encrypted=True).secure
    proxied = checked_address(bind, public="https://board.example", trusted=("10.0.0.2",))
    assert proxied.secure


@pytest.mark.parametrize(
    ("option", "given"),
    [
        ("public", "board.example"),
        ("public", "ftp://board.example"),
        ("public", "https://board.example?x=1"),
        ("public", "https://a@board.example"),
        ("public", "https://board.example:0"),
        ("public", "https://board.example:99999"),
        ("public", "https://bo ard.example"),
        ("base", "/a/../b/"),
        ("base", "/a//b/"),
        ("base", "/a b/"),
        ("base", "/%61/"),
        ("bind", "localhost"),
        ("bind", "evil.example"),
        ("trusted", ("10.0.0.1/24",)),
        ("trusted", ("proxy",)),
    ],
)
def test_what_is_no_address_is_told(option: str, given: str) -> None:
    with pytest.raises(InputError, match="cannot be used"):
        checked_address(**{option: given})  # type: ignore[arg-type]


def test_a_path_in_the_public_address_is_the_base() -> None:
    address = checked_address(public="https://Board.Example/pages", port=8866)
    assert address.base == "/pages/"
    assert address.url("enter?key=x") == "https://board.example/pages/enter?key=x"
    assert address.hosts == {"board.example", "board.example:443"}
    assert address.cookie == "__Host-lodestar-8866"
    assert checked_address(base="lodestar").base == "/lodestar/"
    assert Address(port=1).cookie == "lodestar-1"
    assert checked_address(public="https://board.example:8443").hosts == {"board.example:8443"}


@given(OUTSIDE, st.dictionaries(st.sampled_from(["X-Forwarded-For", "Forwarded"]), JUNK))
def test_nobody_else_is_believed(address: str, headers: dict[str, str]) -> None:
    direct = Arrival(address, "inner:8866", "http")
    assert arrived(direct, headers, TRUSTED) == direct


@given(st.lists(ADDRESSES | JUNK.filter(lambda t: "," not in t), max_size=4), OUTSIDE)
def test_what_a_visitor_wrote_before_does_not_count(forged: list[str], visitor: str) -> None:
    """A proxy appends the address that it sees: whatever stands before came from the visitor."""
    said = {"X-Forwarded-For": ", ".join([*forged, visitor]), "X-Forwarded-Proto": "https"}
    found = arrived(PROXY, said, TRUSTED)
    assert (found.address, found.scheme, found.proxied) == (visitor, "https", True)


@given(OUTSIDE)
def test_two_trusted_proxies_in_a_row_are_seen_through(visitor: str) -> None:
    said = {"X-Forwarded-For": f"{visitor}, 10.0.0.9"}
    assert arrived(PROXY, said, TRUSTED).address == visitor


def test_both_kinds_of_header_and_every_way_to_write_an_address() -> None:
    forwarded = 'for="[2001:db8:1::7]:4711";proto=https;host=Board.Example'
    found = arrived(PROXY, {"Forwarded": forwarded}, TRUSTED)
    assert found == Arrival("2001:db8:1::7", "board.example", "https", True)
    both = {"Forwarded": "for=192.0.2.1", "X-Forwarded-For": "192.0.2.2:80"}
    assert arrived(PROXY, both, TRUSTED).address == "192.0.2.2"
    assert arrived(PROXY, {"Forwarded": "for=_hidden"}, TRUSTED).address == "10.0.0.2"
    assert arrived(PROXY, {"X-Forwarded-Proto": "gopher"}, TRUSTED).scheme == ""


@given(st.lists(st.tuples(st.integers(0, 2), st.floats(0, 20)), max_size=60))
def test_no_more_than_allowed_in_any_stretch(steps: list[tuple[int, float]]) -> None:
    """Of any stretch of a minute at most twice the count is allowed, and each place has its own."""
    now = [0.0]
    allowance = Allowance(5, 60, lambda: now[0])
    allowed: list[tuple[int, float]] = []
    for place, pause in steps:
        now[0] += pause
        wait = allowance.wait(f"192.0.2.{place}")
        assert 0 <= wait <= 60 / 5
        if wait == 0:
            allowed.append((place, now[0]))
    for place, begun in allowed:
        stretch = [at for where, at in allowed if where == place and begun <= at < begun + 60]
        assert len(stretch) <= 10


def test_one_network_of_ipv6_is_one_visitor() -> None:
    allowance = Allowance(1, 60, lambda: 0.0)
    assert allowance.wait("2001:db8::1") == 0
    assert allowance.wait("2001:db8::2") > 0
    assert allowance.wait("2001:db8:0:1::2") == 0
