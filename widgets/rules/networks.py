"""Owns the networks that an address lies in, by the lengths in which providers hand them out."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final, Literal

Width = Literal["/24", "/48", "/56"]

_VERSIONS: Final = {"/24": 4, "/48": 6, "/56": 6}


def network_of(address: str, width: Width) -> str | None:
    """The network of that width: /24 of an IPv4 address, /56 or /48 of an IPv6 one. `address` is an address or a
    network. None where it is of the other version, or where no address is known."""
    try:
        one = ip_address(address.partition("/")[0])
    except ValueError:
        return None
    if isinstance(one, IPv6Address) and one.ipv4_mapped:
        one = one.ipv4_mapped
    if one.version != _VERSIONS[width]:
        return None
    return str(ip_network(f"{one}{width}", strict=False))
