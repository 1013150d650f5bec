"""Which network addresses may be connected to: public ones, and no way round."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address

_NAT64 = tuple(IPv6Network(network) for network in ("64:ff9b::/96", "64:ff9b:1::/48"))
_METADATA = (ip_network("169.254.169.254"), ip_network("fd00:ec2::254"), ip_network("168.63.129.16"))
"""Where clouds keep a machine's credentials; the last is a public address."""


def refusal(address: Address) -> str:
    """What is wrong with connecting to an address, in a word or two; "" for a public one."""
    for inner in _carried(address):
        if why := refusal(inner):
            return f"{why} ({inner})"
    if _carried(address):
        return ""
    if any(address in network for network in _METADATA):
        return "a cloud's metadata service"
    if address.is_unspecified:
        return "unspecified"
    if address.is_loopback:
        return "loopback"
    if address.is_link_local:
        return "link-local"
    if address.is_multicast:
        return "multicast"
    is_site_local = isinstance(address, IPv6Address) and address.is_site_local
    return "" if address.is_global and not address.is_reserved and not is_site_local else "private"


def _carried(address: Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses that an IPv6 one is a wrapping of: packets to it end there."""
    if isinstance(address, IPv4Address):
        return ()
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address.teredo:
        return address.teredo
    if address.sixtofour:
        return (address.sixtofour,)
    return (IPv4Address(int(address) & 0xFFFFFFFF),) if any(address in network for network in _NAT64) else ()
