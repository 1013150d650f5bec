"""Public addresses are let through; whatever leads to a machine or a network of one's own is not."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.sources.http.addresses import refusal


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.0.3", "loopback"),
        ("::1", "loopback"),
        ("0.0.0.0", "unspecified"),
        ("::", "unspecified"),
        ("10.1.2.3", "private"),
        ("172.31.0.1", "private"),
        ("192.168.0.1", "private"),
        ("100.64.0.1", "private"),
        ("192.0.2.7", "private"),
        ("198.18.0.1", "private"),
        ("255.255.255.255", "private"),
        ("240.0.0.1", "private"),
        ("fc00::1", "private"),
        ("fec0::1", "private"),
        ("::127.0.0.1", "private"),
        ("169.254.1.1", "link-local"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("224.0.0.1", "multicast"),
        ("239.1.1.1", "multicast"),
        ("ff02::1", "multicast"),
        ("169.254.169.254", "a cloud's metadata service"),
        ("168.63.129.16", "a cloud's metadata service"),
        ("fd00:ec2::254", "a cloud's metadata service"),
        ("::ffff:127.0.0.1", "loopback (127.0.0.1)"),
        ("::ffff:169.254.169.254", "a cloud's metadata service (169.254.169.254)"),
        ("64:ff9b::10.0.0.1", "private (10.0.0.1)"),
        ("64:ff9b:1::10.0.0.1", "private (10.0.0.1)"),
        ("2002:7f00:1::", "loopback (127.0.0.1)"),
        ("8.8.8.8", ""),
        ("2606:4700::1111", ""),
        ("::ffff:8.8.8.8", ""),
        ("64:ff9b::8.8.8.8", ""),
    ],
)
def test_an_address_is_refused_with_the_reason(address: str, why: str) -> None:
    assert refusal(ip_address(address)) == why


_WRAPPINGS = ("::ffff:0:0/96", "64:ff9b::/96")


@given(st.ip_addresses(v=4), st.sampled_from(_WRAPPINGS))
def test_an_address_counts_the_same_however_it_is_wrapped(address: IPv4Address, network: str) -> None:
    wrapped = IPv6Address(int(ip_network(network).network_address) | int(address))
    assert bool(refusal(wrapped)) == bool(refusal(address))
