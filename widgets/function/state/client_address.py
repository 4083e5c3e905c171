"""Owns the client's address: taken from the connection or a trusted proxy, used for limits alone, never
kept."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from starlette.requests import Request

PROXY_SECRET_HEADER = "x-gatherwell-proxy"  # noqa: S105  (the name of a header)
_UNKNOWN = "unknown"


class Addresses:
    """Reads addresses under the rule that a forwarding header counts only when a trusted proxy wrote it."""

    def __init__(self, trusted: Sequence[str], header: str, proxy_secret: str | None) -> None:
        self._trusted: list[IPv4Network | IPv6Network] = [ip_network(network) for network in trusted]
        self._header = header.lower()
        self._proxy_secret = proxy_secret

    def of(self, request: Request) -> str:
        """An IPv4 address or an IPv6 /64 network (one household's), or `unknown`."""
        peer = _parse(request.client.host if request.client else "")
        if self._vouched(request, peer):
            forwarded = ",".join(request.headers.getlist(self._header)).split(",")
            for text in reversed(forwarded):
                hop = _parse(text)
                if hop is None:
                    break
                peer = hop
                if not self._is_trusted(hop):
                    break
        return _network(peer)

    def _vouched(self, request: Request, peer: IPv4Address | IPv6Address | None) -> bool:
        sent = request.headers.get(PROXY_SECRET_HEADER)
        if self._proxy_secret and sent is not None:
            return hmac.compare_digest(sent.encode("utf-8", "replace"), self._proxy_secret.encode())
        return self._is_trusted(peer)

    def _is_trusted(self, address: IPv4Address | IPv6Address | None) -> bool:
        return address is not None and any(address in network for network in self._trusted)


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1 or text.count(":") > 7 or (text.count(":") == 8):
        text = text.rpartition(":")[0]  # address:port, as CloudFront-Viewer-Address writes it
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


def _network(address: IPv4Address | IPv6Address | None) -> str:
    if address is None:
        return _UNKNOWN
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False))
    return str(address)
