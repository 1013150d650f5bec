"""Which network addresses may be connected to: public ones, and no way round."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address

_NAT64 = tuple(IPv6Network(network) for network in ("64:ff9b::/96", "64:ff9b:1::/48"))
_METADATA = (ip_network("169.254.169.254"), ip_network("fd00:ec2::254"), ip_network("168.63.129.16"))
"""Where clouds keep a machine's credentials; the last is a public address."""


_OTHER_PORTS = frozenset((
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
    111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
    540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
    6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
))  # fmt: skip
"""Where other protocols than HTTP are spoken, which a request could be mistaken for (WHATWG, Fetch, "bad port")."""


def speaks_another_protocol(port: int | None) -> bool:
    """Whether a port belongs to mail, shells, files or chat, and no page is there."""
    return port in _OTHER_PORTS


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
